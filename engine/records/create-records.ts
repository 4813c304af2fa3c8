/** Puts the use cases of records together. */
import { refuse, Refusal } from '../base/refusal.ts'
import type { RecordChange, Records, Caller, RecordBody } from './records.ts'
import { createDescribeCache, describeGlobal } from '../query/describe.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { createFindByKey } from './find-by-key.ts'
import { createQueryRecords } from './query-records.ts'
import type { RecordContext, RecordParts } from './record-parts.ts'
import { recordTables } from './record-tables.ts'
import { createRemoveRecords } from './remove-records.ts'
import { createRetrieveRecord } from './retrieve-record.ts'
import { createSaveRecords } from './save-records.ts'
import { gateOf, notFound, requireObject } from './targets.ts'

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
  const removing = createRemoveRecords(context)
  const describeText = createDescribeCache()
  const findByKey = createFindByKey(context)
  const current = (): ReturnType<RecordParts['models']['current']> => parts.models.current()

  return {
    globalDescribe: (caller) =>
      JSON.stringify(describeGlobal(gateOf(current(), caller), caller.apiVersion)),
    describe: (caller, name) => {
      const model = current()
      return describeText(
        gateOf(model, caller),
        requireObject(model, name, caller),
        caller.apiVersion,
      )
    },
    retrieve: async (caller, name, id, fields) => {
      const object = requireObject(current(), name, caller)
      return retrieve(caller, object, { id, fields })
    },
    retrieveByExternalId: async (caller, name, field, value, fields) => {
      const object = requireObject(current(), name, caller)
      const id = await findByKey(caller, object, { field, value })
      if (id === undefined) throw notFound(value)
      return retrieve(caller, object, { id, fields })
    },
    create: (caller, object, body) => saving.create(caller, object, body),
    update: (caller, object, id, body, options) =>
      saving.update(caller, { object, id, body }, options),
    upsert: (caller, object, field, value, body) => upsert(caller, { object, field, value, body }),
    remove: (caller, object, id, options) => removing.remove(caller, { object, id }, options),
    undelete: (caller, id) => removing.undelete(caller, id),
    purge: (caller, id) => removing.purge(caller, id),
    query: (caller, soql, options = {}) => querying.query(caller, soql, options),
    queryMore: (caller, locator) => querying.queryMore(caller, locator),
    createMany: (caller, object, bodies, { allOrNone }) =>
      saving.createMany(caller, { object, bodies, allOrNone }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  async function upsert(
    caller: Caller,
    input: {
      readonly object: string
      readonly field: string
      readonly value: string
      readonly body: RecordBody
    },
  ): ReturnType<Records['upsert']> {
    const object = requireObject(current(), input.object, caller)
    const key = { field: input.field, value: input.value }
    if ([...input.body.keys()].some((name) => name.toLowerCase() === input.field.toLowerCase())) {
      throw refuse(
        'INVALID_FIELD',
        `${input.field} stands in the address: leave it out of the body.`,
        { fields: [input.field] },
      )
    }
    const id = await findByKey(caller, object, key)
    if (id !== undefined)
      return saving.update(caller, { object: object.name, id, body: input.body })
    if (input.field.toLowerCase() === 'id') throw notFound(input.value)
    try {
      return await saving.create(
        caller,
        object.name,
        new Map([...input.body, [input.field, input.value]]),
      )
    } catch (error) {
      // Somebody else may have created the record in the meantime: then this is an update.
      const winner =
        error instanceof Refusal && error.code === 'DUPLICATE_VALUE'
          ? await findByKey(caller, object, key)
          : undefined
      if (winner === undefined) throw error
      return saving.update(caller, { object: object.name, id: winner, body: input.body })
    }
  }
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
