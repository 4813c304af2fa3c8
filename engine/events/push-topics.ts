/** The active push topics, as far as this server knows: read again whenever one of them, or the model, has changed. */
import { limits } from '../base/limits.ts'
import { Refusal } from '../base/refusal.ts'
import type { Model } from '../model/model.ts'
import { readTopicQuery, topicObject, type TopicQuery } from '../query/soql/topic-query.ts'
import type { Caller, Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import type { ChangeType } from './change-events.ts'
import type { WatchedObjects } from './watched-objects.ts'

export interface Topic {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly query: TopicQuery
  readonly told: ReadonlySet<ChangeType>
  /** Which changed fields make an update one that is told. */
  readonly fields: string
}

export interface PushTopics {
  /** As it is stored at this moment. */
  find(name: string): Promise<Topic | undefined>
  /** As far as is known; undefined once it is gone or inactive. */
  get(id: string): Topic | undefined
  close(): void
}

export interface PushTopicParts {
  readonly storage: Storage
  readonly models: { current(): Model; onSwap(listener: () => void): () => void }
  readonly records: Records
  readonly system: () => Caller
  readonly watched: WatchedObjects
  readonly reportError: (error: unknown) => void
}

const channel = 'fs_push_topics'

export async function createPushTopics(parts: PushTopicParts): Promise<PushTopics> {
  const { storage, models, records, watched, reportError } = parts
  let topics: ReadonlyMap<string, Topic> = new Map()
  let reading: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined
  const read = async (): Promise<void> => {
    next = undefined
    const found = await readTopics(parts).catch((error: unknown) => {
      // The object may have become another one; nothing else depends on it.
      if (!(error instanceof Refusal)) throw error
      reportError(error)
      return []
    })
    topics = new Map(found.map((one) => [one.id, one]))
    watched.set(found.map(({ query }) => query.object))
  }
  /** A look that has begun may have missed what happened since: whoever asks waits for the next. */
  const refresh = (): Promise<void> => {
    next ??= reading = reading.then(read, read)
    return next
  }
  const look = (): void => void refresh().catch(reportError)
  const tell = (): void => void storage.notify(channel, '').catch(reportError)
  const stops = [
    records.onChange(({ object }) => {
      if (object === topicObject) tell()
    }),
    storage.listen(channel, look),
    models.onSwap(look),
  ]
  const timer = setInterval(look, limits.pushTopicsRereadMs)
  timer.unref()
  await refresh()
  return {
    find: async (name) => {
      await refresh()
      return [...topics.values()].find((one) => one.name === name)
    },
    get: (id) => topics.get(id),
    close: () => {
      clearInterval(timer)
      for (const stop of stops) stop()
    },
  }
}

const operations: readonly (readonly [string, ChangeType])[] = [
  ['NotifyForOperationCreate', 'CREATE'],
  ['NotifyForOperationUpdate', 'UPDATE'],
  ['NotifyForOperationDelete', 'DELETE'],
  ['NotifyForOperationUndelete', 'UNDELETE'],
]

const columns = operations.map(([name]) => name).join(', ')

interface TopicRow {
  readonly Id: string
  readonly Name: string
  readonly Query: string
  readonly NotifyForFields: string
  readonly CreatedDate: string
  readonly [operation: string]: unknown
}

async function readTopics({ models, records, system }: PushTopicParts): Promise<readonly Topic[]> {
  // An organisation may have taken the object away.
  if (models.current().object(topicObject) === undefined) return []
  const soql = `SELECT Id, Name, Query, NotifyForFields, CreatedDate, ${columns} FROM ${topicObject} WHERE IsActive = true ORDER BY CreatedDate, Id LIMIT ${limits.pushTopicsMax}`
  const { text } = await records.query(system(), soql)
  const found = JSON.parse(text) as { readonly records: readonly TopicRow[] }
  return found.records.flatMap((row) => topicOf(row) ?? [])
}

/** Undefined where the query is not what it should be: rather nothing is told than too much. */
function topicOf(row: TopicRow): Topic | undefined {
  const query = queryOf(row.Query)
  if (query === undefined) return undefined
  return {
    id: row.Id,
    name: row.Name,
    createdAt: Date.parse(row.CreatedDate),
    query,
    told: new Set(operations.flatMap(([name, type]) => (row[name] === true ? [type] : []))),
    fields: row.NotifyForFields,
  }
}

function queryOf(text: string): TopicQuery | undefined {
  try {
    return readTopicQuery(text)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
