/** Changes as one reader of a push topic is told of them: read with his own rights, as the topic's query has them. */
import { Refusal } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import { findField } from '../query/resolve.ts'
import { narrowedQuery } from '../query/soql/topic-query.ts'
import { parseAside } from '../records/exact-json.ts'
import { hookFields } from '../records/hooks/hook-rows.ts'
import { gateOf } from '../records/targets.ts'
import type { ChangeEvent, ChangeType } from './change-events.ts'
import type { Topic } from './push-topics.ts'
import type { EventReader } from './visible-events.ts'

export type TopicMessage = Readonly<Record<'event' | 'sobject', Readonly<Record<string, unknown>>>>

type Row = Readonly<Record<string, unknown>>

const types: Readonly<Record<ChangeType, string>> = {
  CREATE: 'created',
  UPDATE: 'updated',
  DELETE: 'deleted',
  UNDELETE: 'undeleted',
}

/** In order; all records of the events are read at once, as they are by now. */
export async function topicEvents(
  reader: EventReader,
  topic: Topic,
  events: readonly ChangeEvent[],
): Promise<readonly TopicMessage[]> {
  const view = viewOf(reader, topic)
  if (view === undefined) return []
  const told = events.filter((event) => isTold(topic, view, event))
  const present = told.filter(({ changeType }) => changeType !== 'DELETE')
  const gone = told.filter(({ changeType }) => changeType === 'DELETE')
  const rows = await rowsOf(reader, topic, { fields: view.selected, events: present })
  const known = await deletedIds(reader, topic, { object: view.object, events: gone })
  return told.flatMap((event) => {
    const { changeType, recordId, replayId, at } = event
    const isKnown = changeType === 'DELETE' && known.has(recordId)
    const sobject = isKnown ? { Id: recordId } : rows.get(recordId)
    if (sobject === undefined || (changeType === 'DELETE' && !isKnown)) return []
    const createdDate = new Date(at).toISOString()
    return [{ event: { createdDate, replayId, type: types[changeType] }, sobject }]
  })
}

/** What there is of a topic for a reader. */
interface TopicView {
  readonly object: ObjectModel
  /** The fields that he may see. */
  readonly selected: readonly string[]
  readonly referenced: readonly string[]
  /** The field under its own name, where he may see it. */
  readonly seen: (name: string) => readonly string[]
}

/** Undefined where he may not know of the object, or of a field by which records are chosen. */
function viewOf({ model, caller }: EventReader, { query, fields }: Topic): TopicView | undefined {
  const object = model.object(query.object)
  if (object === undefined || !caller.access.mayObject(object.name, 'read')) return undefined
  const gate = gateOf(model, caller)
  const seen = (name: string): readonly string[] => {
    const field = findField(gate, object, name)
    return field === undefined ? [] : [field.name]
  }
  const selected = query.selected.flatMap(seen)
  const compared = query.compared.flatMap(seen)
  if (compared.length < query.compared.length) return undefined
  const referenced = [
    ...(fields === 'Where' ? [] : selected),
    ...(fields === 'Select' ? [] : compared),
  ]
  return { object, selected, referenced, seen }
}

function isTold(topic: Topic, view: TopicView, event: ChangeEvent): boolean {
  if (!topic.told.has(event.changeType) || event.at < topic.createdAt) return false
  if (event.changeType !== 'UPDATE') return true
  const changed = event.changedFields.flatMap(view.seen)
  // An update of hidden fields alone is none that the reader may know of.
  if (changed.every((name) => name.startsWith('LastModified'))) return false
  if (topic.fields === 'All') return true
  const stored = new Set(hookFields(view.object).map(({ name }) => name))
  // What is computed may follow from any field.
  return view.referenced.some((name) => changed.includes(name) || !stored.has(name))
}

interface Wanted {
  readonly fields: readonly string[]
  readonly events: readonly ChangeEvent[]
  readonly deletedToo?: boolean
}

async function rowsOf(
  { caller, records }: EventReader,
  { query }: Topic,
  { fields, events, deletedToo = false }: Wanted,
): Promise<ReadonlyMap<string, Row>> {
  const ids = [...new Set(events.map(({ recordId }) => recordId))]
  if (ids.length === 0) return new Map()
  const options = { deletedToo, variables: new Map([['ids', ids]]) }
  try {
    const { text } = await records.query(caller, narrowedQuery(query, fields), options)
    // Printed with `printAside`: numbers go out digit by digit as the database wrote them.
    const found = parseAside(text) as { readonly records: readonly Row[] }
    return new Map(
      found.records.map(({ attributes: _, ...values }) => [String(values['Id']), values]),
    )
  } catch (error) {
    // What the reader may not ask for by himself he is not told either.
    if (error instanceof Refusal) return new Map()
    throw error
  }
}

/**
 * Records in the recycle bin are asked about like any other. Of those that are gone for good nobody can tell who could
 * see them, and whether they met a condition: only who sees all of them hears, and only where there is no condition.
 */
async function deletedIds(
  reader: EventReader,
  topic: Topic,
  { object, events }: { readonly object: ObjectModel; readonly events: readonly ChangeEvent[] },
): Promise<ReadonlySet<string>> {
  const { access } = reader.caller
  const seesAll = access.has('ViewAllData') || access.mayObject(object.name, 'viewAll')
  if (seesAll && topic.query.where === undefined) {
    return new Set(events.map(({ recordId }) => recordId))
  }
  const wanted = { fields: ['Id'], events, deletedToo: true }
  return new Set((await rowsOf(reader, topic, wanted)).keys())
}
