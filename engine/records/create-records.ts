/** Puts the use cases of records together. */
import { inLanguage } from '../language/in-language.ts'
import type { Model } from '../model/model.ts'
import { Refusal } from '../base/refusal.ts'
import type { Caller, RecordBody, RecordChange, Records } from './records.ts'
import { describeColumns } from '../query/describe-columns.ts'
import { parseQuery } from '../query/soql/parse-query.ts'
import { createDescribeCache, describeGlobal } from '../query/describe.ts'
import type { Gate } from '../query/resolve.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { storageWithin } from '../storage/storage-within.ts'
import { createFindByKey, createFindByKeys } from './find-by-key.ts'
import { createSearchRecords } from './search/search-records.ts'
import { parseSosl } from '../query/search/parse-sosl.ts'
import { explainQuery } from './explain-query.ts'
import { listShares } from './list-shares.ts'
import { explainSharing } from './explain-sharing.ts'
import { formFacts } from './forms/form-facts.ts'
import { searchLookup } from './forms/search-lookup.ts'
import { sampleValue } from './formulas/sample-value.ts'
import { linkByKey, mayLinkByKey } from './link-by-key.ts'
import { createQueryCursors, type QueryCursors } from './query-cursors.ts'
import { createQueryRecords } from './query-records.ts'
import type { RecordContext, RecordParts } from './record-parts.ts'
import { recordTables } from './record-tables.ts'
import { createRemoveMany } from './remove-many.ts'
import { createRemoveRecord } from './remove-record.ts'
import { createRestoreRecords } from './restore-records.ts'
import { createRetrieveRecord } from './retrieve-record.ts'
import { createRowHints, type RowHints } from './row-hints.ts'
import { createRowRights } from './row-rights.ts'
import { createSaveMany } from './save-many.ts'
import { createSaveRecords, type SaveRecords } from './save-records.ts'
import { gateOf, keyField, notFound, requireObject } from './targets.ts'
import { createTogether } from './together.ts'
import { createUpsertRecord } from './upsert-record.ts'
import { logViews, type Reading } from './view-log.ts'
import { createWriteGroups, type WriteGroups } from './write-groups.ts'

export async function createRecords(
  parts: RecordParts & { readonly reportError: (error: unknown) => void },
): Promise<Records> {
  await ensureTables(parts.storage, recordTables)
  const listeners = new Set<(change: RecordChange) => void>()
  const emit = (changes: readonly RecordChange[]): void => {
    for (const change of changes)
      for (const listener of listeners) tell(listener, change, parts.reportError)
  }
  const useCasesOf = (other: RecordContext): Records => useCases(other, shared)
  const context: RecordContext = { ...parts, emit, useCasesOf }
  const shared: Shared = {
    groups: createWriteGroups(context),
    cursors: createQueryCursors(() => parts.ids('01g')),
    hints: createRowHints(context),
    onChange: (listener: (change: RecordChange) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return useCases(context, shared)
}

/** What the use cases of a database share with those within one of its units of work. */
interface Shared extends Pick<Records, 'onChange'> {
  readonly groups: WriteGroups
  readonly cursors: QueryCursors
  readonly hints: RowHints
}

function useCases(context: RecordContext, shared: Shared): Records {
  const retrieve = createRetrieveRecord(context)
  const querying = createQueryRecords(context, shared)
  const saving = createSaveRecords(context, shared.groups)
  const findByKey = createFindByKey(context)
  const upsert = createUpsertRecord({ context, saving, findByKey })
  const current = (): Model => context.models.current()
  const linked = linkingOne(context)
  const rights = createRowRights(context)

  return {
    ...describing(current),
    ...removing(context),
    ...savingMany(context, saving),
    ...logViews(context, reading({ context, querying, retrieve, findByKey })),
    create: async (caller, ...[object, body, options]) =>
      saving.create(caller, { object, body: await linked(caller, object, body) }, options),
    update: async (caller, ...[object, id, body, options]) =>
      saving.update(caller, { object, id, body: await linked(caller, object, body) }, options),
    upsert: async (caller, ...[object, field, value, body]) =>
      upsert(caller, { object, field, value, body: await linked(caller, object, body) }),
    formFacts: (caller, name) => {
      const model = inLanguage(current(), caller.language)
      return formFacts({ context, caller, model, object: requireObject(model, name, caller) })
    },
    explain: (caller, soql) => explainQuery(context, caller, soql),
    together: createTogether(context),
    within: (tx, model) => {
      const storage = storageWithin(context.storage, tx)
      return context.useCasesOf({
        ...context,
        storage,
        within: true,
        models: { current: () => model },
      })
    },
    sees: (caller, ...[name, id]) => {
      const model = current()
      const object = model.object(name)
      if (object === undefined || !caller.access.mayObject(object.name, 'read')) return false
      if (caller.access.rows(object, 'read') === undefined) return true
      return rights.find(caller, { model, object, id }, ['read']).then((one) => one !== undefined)
    },
    listShares: (caller, id) => {
      const query: Records['query'] = (by, soql) => querying.query(by, soql, {})
      return listShares(context, { query, rights }, { caller, id })
    },
    explainSharing: (caller, subject, id) => explainSharing(context, { caller, subject, id }),
    sampleFormula: (caller, sample) => sampleValue(context, caller, sample),
    onChange: shared.onChange,
  }
}

/** What gives records to callers. */
function reading(parts: {
  readonly context: RecordContext
  readonly querying: ReturnType<typeof createQueryRecords>
  readonly retrieve: ReturnType<typeof createRetrieveRecord>
  readonly findByKey: ReturnType<typeof createFindByKey>
}): Reading {
  const { context, querying, retrieve, findByKey } = parts
  const searching = createSearchRecords(context, querying)
  const current = (): Model => context.models.current()
  return {
    retrieve: async (caller, ...[name, id, fields]) => {
      const object = requireObject(current(), name, caller)
      return retrieve(caller, object, { id, fields })
    },
    retrieveByExternalId: async (caller, ...[name, field, value, fields]) => {
      const model = current()
      const object = requireObject(model, name, caller)
      const key = keyField(gateOf(model, caller), object, field)
      const id = await findByKey(caller, object, { field: key, value })
      if (id === undefined) throw notFound(value)
      return retrieve(caller, object, { id, fields })
    },
    query: (caller, soql, options = {}) => querying.query(caller, soql, options),
    queryMore: (caller, locator) => querying.queryMore(caller, locator),
    lookUp: (caller, search) => searchLookup({ context, retrieve, querying }, caller, search),
    search: (caller, sosl) => searching.search(caller, parseSosl(sosl)),
    searchBy: (caller, search) => searching.searchBy(caller, search),
  }
}

type LinkOne = (caller: Caller, name: string, body: RecordBody) => RecordBody | Promise<RecordBody>

/** A body with ids in place of keys of what it refers to; as it is where there are none. */
function linkingOne(context: RecordContext): LinkOne {
  const findByKeys = createFindByKeys(context)
  return (caller, name, body) => {
    const model = context.models.current()
    const object = model.object(name)
    if (object === undefined || !mayLinkByKey(object, body)) return body
    const readable = requireObject(model, name, caller)
    return linkByKey(findByKeys, caller, { model, object: readable, bodies: [body] }).then(
      ([one = body]) => {
        if (one instanceof Refusal) throw one
        return one
      },
    )
  }
}

function removing(
  context: RecordContext,
): Pick<Records, 'remove' | 'removeMany' | 'undelete' | 'purge'> {
  const remove = createRemoveRecord(context)
  const removeMany = createRemoveMany(context)
  const { undelete, purge } = createRestoreRecords(context)
  return {
    remove: (caller, ...[object, id, options]) => remove(caller, { object, id }, options),
    removeMany: (caller, ...[object, ids]) => removeMany(caller, { object, ids }),
    undelete,
    purge,
  }
}

function savingMany(
  context: RecordContext,
  saving: SaveRecords,
): Pick<Records, 'createMany' | 'updateMany' | 'upsertMany' | 'findMany'> {
  const findByKeys = createFindByKeys(context)
  const many = createSaveMany({ context, saving, findByKeys })
  return {
    findMany: async (caller, ...[name, fieldName, values]) => {
      const model = context.models.current()
      const object = requireObject(model, name, caller)
      const field = keyField(gateOf(model, caller), object, fieldName)
      const found = await findByKeys(caller, object, { field, values })
      return found.map((one) => (one instanceof Refusal ? one : one.id))
    },
    createMany: (caller, ...[object, bodies, { allOrNone }]) =>
      many.saveMany(caller, { object, items: bodies.map((body) => ({ body })), allOrNone }),
    updateMany: (caller, ...[object, items, { allOrNone }]) =>
      many.saveMany(caller, { object, items, allOrNone }),
    upsertMany: (caller, ...[object, bodies, { field, allOrNone }]) =>
      many.upsertMany(caller, { object, field, bodies, allOrNone }),
  }
}

/** What the model says of itself to the caller. */
function describing(
  current: () => Model,
): Pick<Records, 'globalDescribe' | 'describe' | 'describeColumns'> {
  const describeText = createDescribeCache()
  return {
    globalDescribe: (caller) =>
      JSON.stringify(describeGlobal(readingGate(current(), caller), caller.apiVersion)),
    describe: (caller, name) => {
      const gate = readingGate(current(), caller)
      return describeText(gate, requireObject(gate.model, name, caller), caller.apiVersion)
    },
    describeColumns: (caller, soql) =>
      JSON.stringify(describeColumns(readingGate(current(), caller), parseQuery(soql))),
  }
}

/** For what the caller reads of the model itself: its labels are in the caller's language. */
function readingGate(model: Model, caller: Caller): Gate {
  return gateOf(inLanguage(model, caller.language), caller)
}

/** A listener that fails is a bug of its own; the save it hears of has been committed. */
function tell(
  listener: (change: RecordChange) => void,
  change: RecordChange,
  reportError: (error: unknown) => void,
): void {
  try {
    listener(change)
  } catch (error) {
    reportError(error)
  }
}
