/** The search of a lookup: the caller's query, within what the filter of the lookup allows for the record as it stands in the form. */
import { fullAccess } from '../../access/full-access.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { RawValue } from '../../formula/environment.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { groupObject } from '../../model/people-lookup.ts'
import { idColumn } from '../../query/compile-write.ts'
import { shapeProblem } from '../../query/field-shape.ts'
import { planLookupFilter, type ReadSource } from '../../query/plan-lookup-filter.ts'
import type { PlanReadOptions } from '../../query/plan-read.ts'
import { findField, resolveField, resolveObject, type Gate } from '../../query/resolve.ts'
import { parseQuery } from '../../query/soql/parse-query.ts'
import type { Query } from '../../query/soql/query.ts'
import { isQueueFor } from '../../query/rows/queue-owner.ts'
import { sql } from '../../sql/sql.ts'
import { formulaNeeds, type RecordNeeds } from '../formulas/formula-needs.ts'
import { readerOf, type FormulaRow } from '../formulas/formula-row.ts'
import { formulaRow, loadParents, loadRows, readBeside } from '../formulas/load-rows.ts'
import { knownOf, loadGlobals, surroundingsOf } from '../formulas/surroundings.ts'
import type { QueryRecords } from '../query-records.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller, LookupSearch, QueryPage, RecordBody } from '../records.ts'
import type { RetrieveRecord } from '../retrieve-record.ts'
import { withSearched } from '../search/search-object.ts'
import { filteredLookups, sourcePaths, type FilteredLookup } from '../rules/filtered-lookups.ts'
import { gateOf, requireObject } from '../targets.ts'

export interface SearchParts {
  readonly context: RecordContext
  readonly retrieve: RetrieveRecord
  readonly querying: QueryRecords
}

export async function searchLookup(
  parts: SearchParts,
  caller: Caller,
  search: LookupSearch,
): Promise<QueryPage> {
  const model = parts.context.models.current()
  const gate = gateOf(model, caller)
  const object = requireObject(model, search.object, caller)
  const field = resolveField(gate, object, search.field)
  const query = parseQuery(search.soql)
  checkQuery(gate, field, query)
  const lookup = filteredLookups(model, object).find((one) => one.field === field)
  const isFree = lookup === undefined || (search.all && lookup.filter.isOptional)
  const { words = '' } = search
  const read = isFree
    ? undefined
    : await sourceReader(parts, caller, { gate, object, lookup, search })
  const filtered = read && lookup && withinFilter(model, lookup, read)
  const filter = bothWithin(filtered, amongQueues(object, field, query))
  if (words.trim() === '') {
    return parts.querying.queryWithin(caller, query, { ...(filter && { within: filter }) })
  }
  const target = resolveObject(gate, query.from)
  return withSearched(parts.context, { gate, object: target, q: words }, (found) => {
    const within = bothWithin(found.within, filter)
    return parts.querying.queryWithin(caller, query, { ...found, ...(within && { within }) })
  })
}

type Within = PlanReadOptions['within']

function bothWithin(one: Within, other: Within): Within {
  if (one === undefined || other === undefined) return one ?? other
  return (place) => ({ kind: 'and', items: [one(place), other(place)] })
}

/** Of all groups, queues for these records alone can own them. */
function amongQueues(object: ObjectModel, field: FieldModel, query: Query): Within {
  const isOfGroups = query.from.toLowerCase() === groupObject.toLowerCase()
  if (field !== object.ownerField || !isOfGroups) return undefined
  return ({ tables }) => ({
    kind: 'expression',
    expression: () => isQueueFor(tables.model, object, sql`${tables.root.alias}.${idColumn}`),
  })
}

function checkQuery(gate: Gate, field: FieldModel, query: Query): void {
  const target = resolveObject(gate, query.from)
  if (field.reference?.targets.includes(target.name) !== true) {
    const message = `${field.name} does not lead to ${target.name}.`
    throw refuse('INVALID_ARGUMENT', message, { fields: [field.name] })
  }
  if (query.select.some((item) => item.kind === 'children')) {
    throw refuse('MALFORMED_QUERY', 'The search of a lookup gives no lists of children.')
  }
  if (query.limit === undefined || query.limit > limits.bulkRecordsMax) {
    throw refuse(
      'LIMIT_EXCEEDED',
      `The search of a lookup needs a LIMIT of at most ${limits.bulkRecordsMax} (bulkRecordsMax).`,
    )
  }
}

function withinFilter(
  model: Model,
  { filter }: FilteredLookup,
  read: ReadSource,
): PlanReadOptions['within'] {
  // The filter asks for what its author chose; the caller's own rights decide on the query beside it.
  const gate = { model, access: fullAccess(model) }
  return (place) => planLookupFilter({ ...place, gate, query: { text: '' } }, filter, read)
}

interface SourceInput {
  readonly gate: Gate
  readonly object: ObjectModel
  readonly lookup: FilteredLookup
  readonly search: LookupSearch
}

/** Values of the record that holds the lookup: those of the form before those that are stored. */
async function sourceReader(
  { context, retrieve }: SearchParts,
  caller: Caller,
  { gate, object, lookup, search }: SourceInput,
): Promise<ReadSource> {
  const { model } = gate
  const reader = readBeside(context.storage)
  const needs = formulaNeeds(model, object, { paths: sourcePaths(lookup) })
  const given = givenValues({ gate, object, context }, search.values)
  const { id } = search
  let stored: FormulaRow | undefined
  if (id !== undefined) {
    await retrieve(caller, object, { id, fields: ['Id'] })
    const own: RecordNeeds = { ...needs.record, parents: new Map() }
    stored = (await loadRows(reader, { model, needs: own, ids: [id] })).get(id)
  }
  const value = (field: FieldModel): RawValue =>
    given.has(field) ? given.get(field) : (stored?.value(field) ?? null)
  const parents = await loadParents(reader, { model, needs: needs.record }, [value])
  const { userId } = caller
  const globals = await loadGlobals(reader, { model, needs, userIds: [userId] })
  const known = { now: context.clock.now(), ...knownOf(globals, userId) }
  return readerOf(formulaRow(object, value, parents), surroundingsOf(model, caller, known))
}

/** Half-typed values are part of a form: what is none yet counts as empty. */
function givenValues(
  {
    gate,
    object,
    context,
  }: { readonly gate: Gate; readonly object: ObjectModel; readonly context: RecordContext },
  body: RecordBody,
): ReadonlyMap<FieldModel, RawValue> {
  const values = new Map<FieldModel, RawValue>()
  for (const [name, value] of body) {
    const field = findField(gate, object, name)
    if (field === undefined || !field.columns.has('')) continue
    values.set(field, storedForm(field, value, context))
  }
  return values
}

function storedForm(field: FieldModel, value: unknown, context: RecordContext): RawValue {
  const isValue = shapeProblem(field, value) === undefined
  // The shape was just checked against the type's own schema.
  const typed = isValue ? (value as Parameters<typeof field.type.toColumns>[0]) : null
  const isFine = typed === null || field.type.check?.(typed, field.options) === undefined
  if (!isFine) return null
  return field.type.toColumns(typed, field.options, context.services)[''] ?? null
}
