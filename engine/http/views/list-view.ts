/** List views as the screens use them: columns, and the filter as the condition of a query. */
import type { ListView, ListViewFilter } from '../../../metadata/types.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { labelOfAll } from '../../query/describe.ts'
import type { Gate } from '../../query/resolve.ts'
import { soqlText } from '../../auth/rows.ts'
import { columnNames, visibleField } from './visible-field.ts'

export interface ListViewView {
  readonly name: string
  readonly label: string
  readonly columns: readonly string[]
  readonly where: string | null
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
}

/** Views whose filter the user may not know of are left out; there is always one to open. */
export function listViews(gate: Gate, object: ObjectModel): readonly ListViewView[] {
  const views = (object.declaration.listViews ?? []).flatMap((view) => oneView(gate, object, view))
  return views.some((view) => view.where === null) ? views : [...views, everything(gate, object)]
}

function oneView(gate: Gate, object: ObjectModel, view: ListView): readonly ListViewView[] {
  const where = condition(gate, object, view)
  if (where === undefined) return []
  const columns = columnNames(gate, object, view.columns ?? [])
  return [
    {
      name: view.fullName,
      label: view.label ?? view.fullName,
      columns: columns.length > 0 ? columns : [object.nameField.name],
      where: where === '' ? null : where,
      orderBy: [{ field: object.nameField.name, direction: 'asc' }],
    },
  ]
}

const columnsOfEverythingMax = 6

function everything(gate: Gate, object: ObjectModel): ListViewView {
  const compact = object.declaration.compactLayouts?.[0]?.fields ?? []
  const own = object.fields.filter((field) => !field.system && field.compound === undefined)
  const names = compact.length > 0 ? compact : own.map((field) => field.name)
  return {
    name: 'Everything',
    label: labelOfAll(gate, object),
    columns: columnNames(gate, object, [object.nameField.name, ...names]).slice(
      0,
      columnsOfEverythingMax,
    ),
    where: null,
    orderBy: [{ field: object.nameField.name, direction: 'asc' }],
  }
}

/** '' when the view shows everything; undefined when it cannot be shown to this user. */
function condition(gate: Gate, object: ObjectModel, view: ListView): string | undefined {
  const filters = (view.filters ?? []).map((filter) => filterCondition(gate, object, filter))
  if (filters.some((text) => text === undefined)) return undefined
  const texts = filters.map((text) => text ?? '')
  const combined =
    view.booleanFilter === undefined ? texts.join(' AND ') : combine(view.booleanFilter, texts)
  if (combined === undefined) return undefined
  const scope = scopeCondition(gate, object, view)
  if (scope === '' || combined === '') return scope + combined
  return `${scope} AND (${combined})`
}

const ownScopes: ReadonlySet<string> = new Set(['Mine', 'AssignedToMe', 'MineAndMyGroups'])

function scopeCondition(gate: Gate, object: ObjectModel, view: ListView): string {
  const isOwn = ownScopes.has(view.filterScope ?? 'Everything')
  const owner = object.ownerField
  return isOwn && owner !== undefined ? `${owner.name} = ${soqlText(gate.access.userId)}` : ''
}

const combination = /^[\d\s()]*$/

/** `1 AND (2 OR 3)` with the conditions in place of their numbers. */
function combine(pattern: string, texts: readonly string[]): string | undefined {
  const words = pattern.replace(/\b(?:AND|OR|NOT)\b/gi, ' ')
  if (!combination.test(words)) return undefined
  let complete = true
  const combined = pattern.replace(/\d+/g, (number) => {
    const text = texts[Number(number) - 1]
    if (text === undefined) complete = false
    return `(${text ?? ''})`
  })
  return complete ? combined : undefined
}

type Comparison = (field: string, values: readonly string[], raw: string) => string

/** Several values of an "equals" are alternatives, as people write them. */
const comparisons: Readonly<Record<ListViewFilter['operation'], Comparison>> = {
  equals: (field, values) =>
    values.length > 1 ? `${field} IN (${values.join(', ')})` : `${field} = ${values[0] ?? 'null'}`,
  notEqual: (field, values) =>
    values.length > 1
      ? `${field} NOT IN (${values.join(', ')})`
      : `${field} != ${values[0] ?? 'null'}`,
  lessThan: (field, values) => `${field} < ${values[0] ?? 'null'}`,
  greaterThan: (field, values) => `${field} > ${values[0] ?? 'null'}`,
  lessOrEqual: (field, values) => `${field} <= ${values[0] ?? 'null'}`,
  greaterOrEqual: (field, values) => `${field} >= ${values[0] ?? 'null'}`,
  contains: (field, _values, raw) => `${field} LIKE '%${likeText(raw)}%'`,
  notContain: (field, _values, raw) => `(NOT ${field} LIKE '%${likeText(raw)}%')`,
  startsWith: (field, _values, raw) => `${field} LIKE '${likeText(raw)}%'`,
  includes: (field, values) => `${field} INCLUDES (${values.join(', ')})`,
  excludes: (field, values) => `${field} EXCLUDES (${values.join(', ')})`,
  within: (field, values) => `${field} = ${values[0] ?? 'null'}`,
}

function filterCondition(
  gate: Gate,
  object: ObjectModel,
  filter: ListViewFilter,
): string | undefined {
  const field = visibleField(gate, object, filter.field)
  if (field === undefined) return undefined
  const raw = filter.value ?? ''
  const values = raw === '' ? [] : splitValues(field, raw).map((value) => literal(field, value))
  return comparisons[filter.operation](field.name, values, raw)
}

/** The inside of a LIKE literal that stands for just this text. */
function likeText(text: string): string {
  return soqlText(text)
    .slice(1, -1)
    .replace(/[%_]/g, (char) => `\\${char}`)
}

function splitValues(field: FieldModel, raw: string): readonly string[] {
  // A comma within a number or a text is no separator; picklists and texts list alternatives.
  return field.values.length > 0 ? raw.split(',').map((value) => value.trim()) : [raw]
}

/** Types of describe whose values stand in a query without quotes. */
const bareTypes: ReadonlySet<string> = new Set([
  'boolean',
  'int',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'time',
])

const bareValue = /^[\w.:+-]+$/

function literal(field: FieldModel, value: string): string {
  const { type } = field.type.describe(field.options)
  if (type === 'boolean') return /^(?:1|true)$/i.test(value) ? 'TRUE' : 'FALSE'
  return bareTypes.has(type) && bareValue.test(value) ? value : soqlText(value)
}
