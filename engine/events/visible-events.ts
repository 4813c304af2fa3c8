/** Change events as one reader may have them: objects, records and fields that are hidden from him never leave. */
import type { ObjectModel } from '../model/model.ts'
import { maySee } from '../query/resolve.ts'
import type { Caller, Records } from '../records/records.ts'
import { gateOf } from '../records/targets.ts'
import type { Model } from '../model/model.ts'
import type { ChangeEvent } from './change-events.ts'
import { exactNumbers } from './exact-numbers.ts'

export interface EventReader {
  readonly caller: Caller
  readonly model: Model
  readonly records: Records
}

/** Without what the reader may not know of, in order; what is left of an event may be its header alone. */
export async function visibleEvents(
  reader: EventReader,
  events: readonly ChangeEvent[],
): Promise<readonly ChangeEvent[]> {
  const { model, caller } = reader
  const byObject = new Map<ObjectModel, ChangeEvent[]>()
  for (const event of events) {
    const object = model.object(event.object)
    if (object === undefined || !caller.access.mayObject(object.name, 'read')) continue
    byObject.set(object, [...(byObject.get(object) ?? []), event])
  }
  const visible = new Map<ChangeEvent, ChangeEvent>()
  for (const [object, some] of byObject) {
    const known = await readableIds(reader, object, some)
    for (const event of some) {
      const shown = known.has(event.recordId) ? withoutHidden(reader, object, event) : undefined
      if (shown !== undefined) visible.set(event, shown)
    }
  }
  return events.flatMap((event) => visible.get(event) ?? [])
}

/** Of records that are gone for good only who sees all of them hears. */
async function readableIds(
  { caller, records }: EventReader,
  object: ObjectModel,
  events: readonly ChangeEvent[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(events.map(({ recordId }) => recordId))]
  const { access } = caller
  if (access.has('ViewAllData') || access.mayObject(object.name, 'viewAll')) return new Set(ids)
  const soql = `SELECT Id FROM ${object.name} WHERE Id IN :ids`
  const options = { deletedToo: true, variables: new Map([['ids', ids]]) }
  const { text } = await records.query(caller, soql, options)
  const found = JSON.parse(text) as { readonly records: readonly { readonly Id: string }[] }
  return new Set(found.records.map(({ Id }) => Id))
}

/** An update of hidden fields alone is none that the reader may know of. */
function withoutHidden(
  { model, caller }: EventReader,
  object: ObjectModel,
  event: ChangeEvent,
): ChangeEvent | undefined {
  const gate = gateOf(model, caller)
  const seen = (name: string): readonly string[] => {
    const field = object.fieldsByName.get(name.toLowerCase())
    return field !== undefined && maySee(gate, field) ? [field.name] : []
  }
  const changedFields = event.changedFields.flatMap(seen)
  const isStamp = (name: string): boolean => name.startsWith('LastModified')
  if (event.changeType === 'UPDATE' && changedFields.every(isStamp)) return undefined
  const values = Object.entries(event.values).flatMap(([name, value]) =>
    seen(name).map((current) => [current, value] as const),
  )
  const exact = exactNumbers(object, Object.fromEntries(values))
  return { ...event, object: object.name, changedFields, values: exact }
}

/** As it goes out, by `printAside`: in the words of the public change events. */
export function eventBody(event: ChangeEvent): Readonly<Record<string, unknown>> {
  const { changeType, changedFields, sequenceNumber, commitNumber, transactionKey } = event
  const nulled = changedFields.filter((name) => (event.values[name] ?? null) === null)
  return {
    replayId: event.replayId,
    payload: {
      ChangeEventHeader: {
        entityName: event.object,
        recordIds: [event.recordId],
        changeType,
        changedFields,
        nulledFields: nulled,
        transactionKey,
        sequenceNumber,
        commitTimestamp: event.at,
        commitNumber,
        commitUser: event.by,
      },
      ...event.values,
    },
  }
}
