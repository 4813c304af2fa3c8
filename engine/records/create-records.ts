/** Puts the use cases of records together. */
import { inLanguage } from '../language/in-language.ts'
import type { Model } from '../model/model.ts'
import type { Caller, RecordChange, Records } from './records.ts'
import { createDescribeCache, describeGlobal } from '../query/describe.ts'
import type { Gate } from '../query/resolve.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { createFindByKey } from './find-by-key.ts'
import { formFacts } from './forms/form-facts.ts'
import { searchLookup } from './forms/search-lookup.ts'
import { sampleValue } from './formulas/sample-value.ts'
import { createQueryRecords } from './query-records.ts'
import type { RecordContext, RecordParts } from './record-parts.ts'
import { recordTables } from './record-tables.ts'
import { createRemoveRecord } from './remove-record.ts'
import { createRestoreRecords } from './restore-records.ts'
import { createRetrieveRecord } from './retrieve-record.ts'
import { createSaveRecords } from './save-records.ts'
import { gateOf, keyField, notFound, requireObject } from './targets.ts'
import { createUpsertRecord } from './upsert-record.ts'

export async function createRecords(
  parts: RecordParts & { readonly reportError: (error: unknown) => void },
): Promise<Records> {
  await ensureTables(parts.storage, recordTables)
  const listeners = new Set<(change: RecordChange) => void>()
  const emit = (changes: readonly RecordChange[]): void => {
    for (const change of changes)
      for (const listener of listeners) tell(listener, change, parts.reportError)
  }
  const context: RecordContext = { ...parts, emit }
  const retrieve = createRetrieveRecord(context)
  const querying = createQueryRecords(context)
  const saving = createSaveRecords(context)
  const remove = createRemoveRecord(context)
  const { undelete, purge } = createRestoreRecords(context)
  const findByKey = createFindByKey(context)
  const upsert = createUpsertRecord({ context, saving, findByKey })
  const current = (): Model => parts.models.current()

  return {
    ...describing(current),
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
    create: (caller, ...[object, body, options]) =>
      saving.create(caller, { object, body }, options),
    update: (caller, ...[object, id, body, options]) =>
      saving.update(caller, { object, id, body }, options),
    upsert: (caller, ...[object, field, value, body]) =>
      upsert(caller, { object, field, value, body }),
    remove: (caller, ...[object, id, options]) => remove(caller, { object, id }, options),
    undelete,
    purge,
    query: (caller, soql, options = {}) => querying.query(caller, soql, options),
    lookUp: (caller, search) => searchLookup({ context, retrieve, querying }, caller, search),
    formFacts: (caller, name) => {
      const model = inLanguage(current(), caller.language)
      return formFacts({ context, caller, model, object: requireObject(model, name, caller) })
    },
    queryMore: (caller, locator) => querying.queryMore(caller, locator),
    createMany: (caller, ...[object, bodies, { allOrNone }]) =>
      saving.createMany(caller, { object, bodies, allOrNone }),
    sampleFormula: (caller, sample) => sampleValue(context, caller, sample),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What the model says of itself to the caller. */
function describing(current: () => Model): Pick<Records, 'globalDescribe' | 'describe'> {
  const describeText = createDescribeCache()
  return {
    globalDescribe: (caller) =>
      JSON.stringify(describeGlobal(readingGate(current(), caller), caller.apiVersion)),
    describe: (caller, name) => {
      const gate = readingGate(current(), caller)
      return describeText(gate, requireObject(gate.model, name, caller), caller.apiVersion)
    },
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
