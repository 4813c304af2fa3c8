/** Values of standard picklists as rows: what programs ask to learn which status is closed, converted or won. */
import { componentId } from '../../model/component-id.ts'
import { findField, type Gate } from '../resolve.ts'
import type { ColumnType, VirtualObject, VirtualRow, VirtualValue } from './virtual-object.ts'

type Value = NonNullable<ReturnType<typeof valuesOf>>[number]

interface Mark {
  readonly type: ColumnType
  of(value: Value): VirtualValue
}

interface Place {
  readonly name: string
  /** The field that has the values: whoever may not read it knows nothing of them. */
  readonly field: readonly [object: string, field: string]
  readonly marks: Readonly<Record<string, Mark>>
}

const closed: Mark = { type: 'boolean', of: (value) => value.closed === true }
const won: Mark = { type: 'boolean', of: (value) => value.won === true }
const converted: Mark = { type: 'boolean', of: (value) => value.converted === true }
const isHigh: Mark = { type: 'boolean', of: (value) => value.highPriority === true }
const active: Mark = { type: 'boolean', of: (value) => value.isActive !== false }
const probability: Mark = { type: 'int', of: (value) => value.probability ?? null }
const description: Mark = { type: 'string', of: (value) => value.description ?? null }

/** What is closed is forecast as won or left out; everything else is open unless the value says more. */
function forecastOf(value: Value): string {
  if (value.closed !== true) return value.forecastCategory ?? 'Pipeline'
  return value.won === true ? 'Closed' : 'Omitted'
}
const forecast: Mark = { type: 'string', of: forecastOf }

const places: readonly Place[] = [
  { name: 'CaseStatus', field: ['Case', 'Status'], marks: { IsClosed: closed } },
  { name: 'LeadStatus', field: ['Lead', 'Status'], marks: { IsConverted: converted } },
  {
    name: 'OpportunityStage',
    field: ['Opportunity', 'StageName'],
    marks: {
      IsActive: active,
      IsClosed: closed,
      IsWon: won,
      DefaultProbability: probability,
      ForecastCategory: forecast,
      ForecastCategoryName: forecast,
      Description: description,
    },
  },
  { name: 'TaskPriority', field: ['Task', 'Priority'], marks: { IsHighPriority: isHigh } },
  { name: 'TaskStatus', field: ['Task', 'Status'], marks: { IsClosed: closed } },
]

export const picklistObjects: readonly VirtualObject[] = places.map((place) => ({
  name: place.name,
  label: place.name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
  keyPrefix: '01J',
  permission: undefined,
  isThere: (gate) => mayKnow(gate, place) && valuesOf(gate, place.name) !== undefined,
  columns: new Map<string, ColumnType>([
    ['Id', 'id'],
    ['ApiName', 'string'],
    ['MasterLabel', 'string'],
    ['SortOrder', 'int'],
    ['IsDefault', 'boolean'],
    ...Object.entries(place.marks).map(([name, { type }]) => [name, type] as const),
  ]),
  parents: new Map(),
  rows: (gate) =>
    (valuesOf(gate, place.name) ?? []).map((value, index) => row(place, value, index)),
}))

function mayKnow(gate: Gate, { field: [name, field] }: Place): boolean {
  const object = gate.model.object(name)
  if (object === undefined || !gate.access.mayObject(object.name, 'read')) return false
  return findField(gate, object, field) !== undefined
}

function valuesOf(gate: Gate, name: string) {
  return gate.model.component('StandardValueSet', name)?.body.standardValue
}

function row({ name, marks }: Place, value: Value, index: number): VirtualRow {
  return new Map<string, VirtualValue>([
    ['Id', componentId(name, value.fullName)],
    ['ApiName', value.fullName],
    // What is asked for by this name goes into fields and actions, which take the value as it is stored.
    ['MasterLabel', value.fullName],
    ['SortOrder', index + 1],
    ['IsDefault', value.default === true],
    ...Object.entries(marks).map(([mark, { of }]) => [mark, of(value)] as const),
  ])
}
