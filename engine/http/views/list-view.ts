/** List views as the screens use them: columns, and the filter as the condition of a query. */
import type { ListView, ListViewFilter } from '../../../metadata/types.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { groupObject } from '../../model/people-lookup.ts'
import { scoreFieldOf } from '../../model/rules/scoring-rules.ts'
import { labelOfAll, labelOfScope } from '../../query/describe.ts'
import { ownScopes } from '../../query/plan-scope.ts'
import type { Gate } from '../../query/resolve.ts'
import { soqlText } from '../../records/answer-rows.ts'
import { columnNames, visibleField } from './visible-field.ts'

export interface ListViewView {
  readonly name: string
  readonly label: string
  readonly columns: readonly string[]
  readonly where: string | null
  /** As in USING SCOPE; null where it is everybody's records. */
  readonly scope: string | null
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
}

/** Views whose filter the user may not know of are left out; there is always one to open. */
export function listViews(gate: Gate, object: ObjectModel): readonly ListViewView[] {
  const views = (object.declaration.listViews ?? []).flatMap((view) => oneView(gate, object, view))
  const all = views.some(isOfAll) ? views : [...views, everything(gate, object)]
  const hasQueues = ownScopes(gate, object).includes(queueScope)
  const isListed = all.some((view) => view.scope === queueScope)
  return hasQueues && !isListed ? [...all, ofQueues(gate, object, all)] : all
}

function isOfAll(view: ListViewView): boolean {
  return view.where === null && view.scope === null
}

const queueScope = 'my_queues'

/** What waits in the queues that the user is a member of, with the columns of the first view. */
function ofQueues(gate: Gate, object: ObjectModel, views: readonly ListViewView[]): ListViewView {
  const columns = views[0]?.columns ?? [object.nameField.name]
  const owner = object.ownerField?.name ?? ''
  return {
    name: 'MyQueues',
    label: labelOfScope(gate, object, queueScope),
    columns: columns.includes(owner) ? columns : [...columns, owner],
    where: null,
    scope: queueScope,
    orderBy: [...byScore(gate, object), { field: 'CreatedDate', direction: 'asc' }],
  }
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
      scope: scopeOf(gate, object, view),
      orderBy: [
        ...byScore(gate, object).filter(({ field }) => columns.includes(field)),
        { field: object.nameField.name, direction: 'asc' },
      ],
    },
  ]
}

/** What scores highest comes first where people look at the score. */
function byScore(gate: Gate, object: ObjectModel): ListViewView['orderBy'] {
  const score = scoreFieldOf(gate.model, object.name)
  const isShown = score !== undefined && visibleField(gate, object, score.name) !== undefined
  return isShown ? [{ field: score.name, direction: 'desc' }] : []
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
    scope: null,
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
  const queue = queueCondition(gate, object, view)
  if (queue === '' || combined === '') return queue + combined
  return `${queue} AND (${combined})`
}

const scopes: ReadonlyMap<string, string> = new Map([
  ['Mine', 'mine'],
  ['AssignedToMe', 'mine'],
  ['MineAndMyGroups', 'mine_and_my_groups'],
  ['Queue', 'my_queues'],
  ['Delegated', 'delegated'],
  ['Team', 'team'],
  ['SalesTeam', 'team'],
])

/** A view of one queue says so by its condition, to whoever sees the records. */
function scopeOf(
  gate: Gate,
  object: ObjectModel,
  { filterScope = 'Everything', queue }: ListView,
): string | null {
  const scope = queue === undefined ? scopes.get(filterScope) : undefined
  const known = ownScopes(gate, object)
  if (scope === undefined || known.length === 0) return null
  return [scope, 'mine'].find((one) => known.includes(one)) ?? null
}

function queueCondition(gate: Gate, object: ObjectModel, { queue }: ListView): string {
  const owner = object.ownerField
  const hasQueues = ownScopes(gate, object).includes(queueScope)
  if (queue === undefined || owner === undefined || !hasQueues) return ''
  if (!gate.access.mayObject(groupObject, 'read')) return ''
  return `${owner.name} IN (SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = ${soqlText(queue)})`
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
