/** The outbox of changes: kept for a while, numbered in the order of commits, read by whoever may see the records. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { ObjectModel } from '../model/model.ts'
import type { ChangeLog, LoggedChange } from '../records/change-log.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { hole, identifier, integerLiteral, joinSql, sql } from '../sql/sql.ts'
import { ensureTables, type EngineTable } from '../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE'

/** One change of one record, with every value that it brought: whoever hands it out asks who may see what. */
export interface ChangeEvent {
  /** Its place among all; greater for what was committed later. */
  readonly replayId: number
  readonly object: string
  readonly recordId: string
  readonly changeType: ChangeType
  readonly at: number
  readonly by: string
  readonly transactionKey: string
  readonly sequenceNumber: number
  readonly commitNumber: number
  /** Of an update; empty otherwise. */
  readonly changedFields: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

/** What a program sent over a channel of its own. */
export interface ChannelMessage {
  /** Its place among all changes and messages. */
  readonly replayId: number
  readonly at: number
  readonly payload: string
  /** For whom it is; empty: for whoever listens. */
  readonly userIds: readonly string[]
}

export interface NewChannelMessages {
  /** The record of the channel. */
  readonly channelId: string
  readonly by: string
  readonly messages: readonly Pick<ChannelMessage, 'payload' | 'userIds'>[]
}

export interface ChangeEvents extends ChangeLog {
  /** In order, those after a place; of some objects alone where they are named. */
  read(after: number, options: ReadEvents): Promise<readonly ChangeEvent[]>
  push(tx: Transaction, pushed: NewChannelMessages): Promise<void>
  /** In order, those of a channel after a place. */
  readPushed(channelId: string, after: number, max: number): Promise<readonly ChannelMessage[]>
  /** The places of the first and of the last event; both are the last that there was when none is kept. */
  range(): Promise<EventRange>
  /** Told after each commit that wrote events, of whichever server. */
  onEvents(listener: () => void): () => void
  /** Of all that is older than the time for which events are kept. */
  removeOld(): Promise<void>
  close(): void
}

export interface ReadEvents {
  readonly max: number
  readonly objects?: readonly string[] | undefined
}

export interface EventRange {
  readonly first: number
  readonly last: number
}

export interface ChangeEventParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  /** Whether somebody beside the object's own declaration listens to it. */
  readonly alsoWants?: (object: ObjectModel) => boolean
  readonly reportError: (error: unknown) => void
}

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const integer: ColumnKind = { kind: 'integer' }
const instant: ColumnKind = { kind: 'instant' }

const columns = [
  { name: 'number', kind: integer },
  { name: 'object', kind: text },
  { name: 'record_id', kind: id },
  { name: 'change', kind: text },
  { name: 'at', kind: instant },
  { name: 'by_user', kind: id },
  { name: 'body', kind: text },
]

export const changeEventTables: readonly EngineTable[] = [
  { name: 'fs_change_event', columns, key: ['number'], indexes: [['at']] },
  {
    name: 'fs_change_counter',
    columns: [
      { name: 'id', kind: text },
      { name: 'number', kind: integer },
    ],
    key: ['id'],
    indexes: [],
  },
]

/** Stands where the name of an object stands otherwise; none is called so. */
const pushedTo = '/u/'
const names = joinSql(columns.map(({ name }) => sql`${identifier(name)}`))
const channel = 'fs_changes'
const changeTypes = {
  create: 'CREATE',
  update: 'UPDATE',
  delete: 'DELETE',
  undelete: 'UNDELETE',
} as const

export async function createChangeEvents(parts: ChangeEventParts): Promise<ChangeEvents> {
  const { storage, clock, alsoWants, reportError } = parts
  await ensureTables(storage, changeEventTables)
  await storage.write(async (tx) => {
    await tx.run(
      sql`insert into fs_change_counter (id, number) select 'events', 0 where not exists (select 1 from fs_change_counter)`,
    )
  })
  const removeOld = (): Promise<void> =>
    storage.write(async (tx) => {
      const before = storage.dialect.bound(instant, clock.now() - limits.changeEventsKeptMs)
      await tx.run(sql`delete from fs_change_event where ${identifier('at')} < ${before}`)
    })
  const timer = setInterval(() => removeOld().catch(reportError), limits.changeEventsTidyMs)
  timer.unref()
  const append = createAppend(parts)
  return {
    wants: (object) =>
      object.declaration.enableChangeDataCapture === true || alsoWants?.(object) === true,
    write: (tx, changes) => append(tx, changes.flatMap(entryOf)),
    read: (after, options) => read(storage, after, options),
    push: (tx, pushed) => append(tx, pushedEntries(pushed)),
    readPushed: (...asked) => readPushed(storage, ...asked),
    range: () => range(storage),
    onEvents: (listener) => storage.listen(channel, listener),
    removeOld,
    close: () => clearInterval(timer),
  }
}

interface Commit {
  readonly transactionKey: string
  commitNumber: number
  sequence: number
}

interface Entry {
  readonly object: string
  readonly recordId: string
  readonly change: ChangeType | 'PUSH'
  readonly by: string
  readonly fields: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * Numbers are taken from one row, which stays locked until the commit: whoever has the greater one commits later, so
 * that a reader who goes on behind the last number that he saw misses nothing.
 */
function createAppend({ storage, clock, ids, reportError }: ChangeEventParts) {
  const commits = new WeakMap<Transaction, Commit>()
  return async (tx: Transaction, entries: readonly Entry[]): Promise<void> => {
    if (entries.length === 0) return
    const count = integerLiteral(entries.length)
    await tx.run(sql`update fs_change_counter set number = number + ${count}`)
    const [counter] = await tx.read(sql`select number from fs_change_counter`)
    const first = Number(counter?.['number']) - entries.length + 1
    const known = commits.get(tx)
    const commit = known ?? { transactionKey: ids('0ev'), commitNumber: first, sequence: 0 }
    if (known === undefined) {
      commits.set(tx, commit)
      tx.afterCommit(() => void storage.notify(channel, '').catch(reportError))
    }
    const now = clock.now()
    const { dialect } = tx
    const rows = entries.map((entry, index) => {
      const { object, recordId, change, by } = entry
      const values = [first + index, object, recordId, change, now, by, bodyOf(entry, commit)]
      return columns.map(({ kind }, position) => dialect.encode(kind, values[position] ?? null))
    })
    const source = dialect.rows(
      sql`${hole('rows')}`,
      columns.map(({ name, kind }) => ({ name: identifier(name), kind })),
    )
    await tx.run(sql`insert into fs_change_event (${names}) select ${names} from ${source} as r`, {
      rows: JSON.stringify(rows),
    })
  }
}

/** Kept with the event; what else there is stands in columns. */
interface EventBody {
  readonly key: string
  readonly sequence: number
  readonly commit: number
  readonly fields: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

function bodyOf({ fields, values }: Entry, commit: Commit): string {
  commit.sequence += 1
  const body: EventBody = {
    key: commit.transactionKey,
    sequence: commit.sequence,
    commit: commit.commitNumber,
    fields,
    values,
  }
  return JSON.stringify(body)
}

/** None for an update that changed nothing. */
function entryOf(logged: LoggedChange): readonly Entry[] {
  const { object, id: recordId, change, by } = logged
  const fields = change === 'update' ? changedFields(logged) : []
  if (change === 'update' && fields.length === 0) return []
  const after = [...(logged.after ?? [])].filter(([name]) => name !== 'IsDeleted')
  const values =
    change === 'update'
      ? after.filter(([name]) => fields.includes(name))
      : after.filter(([, value]) => value !== null)
  const brought = Object.fromEntries(values)
  return [{ object, recordId, change: changeTypes[change], by, fields, values: brought }]
}

function pushedEntries({ channelId, by, messages }: NewChannelMessages): readonly Entry[] {
  const common = { object: pushedTo, recordId: channelId, change: 'PUSH', by, fields: [] } as const
  return messages.map(({ payload, userIds }) => ({ ...common, values: { payload, userIds } }))
}

/** Stamps of the engine alone are no change. */
function changedFields({ before, after }: LoggedChange): readonly string[] {
  if (before === undefined || after === undefined) return []
  const changed = [...after].filter(
    ([name, value]) =>
      name !== 'SystemModstamp' && JSON.stringify(value) !== JSON.stringify(before.get(name)),
  )
  const fields = changed.map(([name]) => name)
  return fields.every((name) => stamps.has(name)) ? [] : fields
}

const stamps: ReadonlySet<string> = new Set(['LastModifiedDate', 'LastModifiedById'])

async function read(
  storage: Storage,
  after: number,
  { max, objects }: ReadEvents,
): Promise<readonly ChangeEvent[]> {
  const some =
    objects === undefined
      ? sql` and object <> ${pushedTo}`
      : sql` and object in (${joinSql(objects.map((name) => sql`${name}`))})`
  const rows = await storage.read(
    sql`select ${names} from fs_change_event where number > ${integerLiteral(after)}${some} order by number limit ${integerLiteral(max)}`,
  )
  return rows.map(eventOf)
}

function eventOf(row: Row): ChangeEvent {
  // Written by this file alone.
  const body = JSON.parse(String(row['body'])) as EventBody
  return {
    replayId: Number(row['number']),
    object: String(row['object']),
    recordId: String(row['record_id']),
    changeType: String(row['change']) as ChangeType,
    at: Number(row['at']),
    by: String(row['by_user']),
    transactionKey: body.key,
    sequenceNumber: body.sequence,
    commitNumber: body.commit,
    changedFields: body.fields,
    values: body.values,
  }
}

async function readPushed(
  storage: Storage,
  ...[channelId, after, max]: readonly [string, number, number]
): Promise<readonly ChannelMessage[]> {
  const rows = await storage.read(
    sql`select ${names} from fs_change_event where number > ${integerLiteral(after)} and object = ${pushedTo} and record_id = ${channelId} order by number limit ${integerLiteral(max)}`,
  )
  return rows.map((row) => {
    // Written by this file alone.
    const { values } = JSON.parse(String(row['body'])) as {
      readonly values: Pick<ChannelMessage, 'payload' | 'userIds'>
    }
    return { ...values, replayId: Number(row['number']), at: Number(row['at']) }
  })
}

async function range(storage: Storage): Promise<EventRange> {
  const [row] = await storage.read(
    sql`select (select min(number) from fs_change_event) as first, (select number from fs_change_counter) as last`,
  )
  const last = Number(row?.['last'] ?? 0)
  return { first: Number(row?.['first'] ?? last), last }
}
