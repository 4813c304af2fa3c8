/** Notifications: rows of the unit that tells of something, found by their recipients, told live once they are there. */
import { limits } from '../../base/limits.ts'
import type { Clock } from '../../base/clock.ts'
import type { Message } from '../../base/message.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import { integerLiteral, joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

/** As somebody wrote it, or a sentence of ours. */
export type Told = string | Message

export interface NewNotification {
  readonly recipientId: string
  readonly type: string
  readonly title: Told
  readonly body: Told
  readonly targetId: string | undefined
  readonly createdBy: string
}

export interface Notification extends NewNotification {
  readonly id: string
  readonly createdAt: number
  readonly isSeen: boolean
  readonly isRead: boolean
}

export interface NotificationStatus {
  readonly unread: number
  readonly unseen: number
  readonly lastAt: number | undefined
  readonly oldestUnreadAt: number | undefined
  readonly oldestUnseenAt: number | undefined
}

export interface NotificationPage {
  readonly size: number
  /** Older than that moment, newer than that one. */
  readonly before?: number | undefined
  readonly after?: number | undefined
}

export interface NotificationMark {
  /** Absent: all. */
  readonly ids?: readonly string[] | undefined
  readonly before?: number | undefined
  readonly read?: boolean | undefined
  readonly seen?: boolean | undefined
}

export interface Notifications {
  /** In the open unit of work: what comes to nothing tells nobody. */
  add(tx: Transaction, all: readonly NewNotification[]): Promise<void>
  /** The newest first. */
  list(userId: string, page: NotificationPage): Promise<readonly Notification[]>
  find(userId: string, id: string): Promise<Notification | undefined>
  status(userId: string): Promise<NotificationStatus>
  mark(userId: string, mark: NotificationMark): Promise<void>
  /** Told whose notifications changed; of everybody's where some news may have been missed. */
  onNews(listener: (userIds: readonly string[] | undefined) => void): () => void
  /** Whether some are so old that they go. */
  hasOld(): Promise<boolean>
  removeOld(): Promise<void>
}

export interface NotificationParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly reportError: (error: unknown) => void
}

const channel = 'fs_notifications'
/** Not those of any object. */
const idPrefix = '0ND'
const idsPerMessage = 200
const instant: ColumnKind = { kind: 'instant' }
const columns = sql`id, recipient_id, type, title, body, target_id, created_by, created_at, seen_at, read_at`

export function createNotifications(parts: NotificationParts): Notifications {
  const { storage, clock } = parts
  const at = (time: number): Sql => storage.dialect.bound(instant, time)
  const keptFrom = (): Sql => at(clock.now() - limits.notificationKeptMs)
  return {
    ...reading(storage, at),
    add: async (tx, all) => {
      for (const one of all) await insert(parts, tx, one)
      if (all.length > 0) {
        tx.afterCommit(() => tell(parts, [...new Set(all.map((one) => one.recipientId))]))
      }
    },
    mark: (userId, mark) => markThem(parts, userId, mark),
    onNews: (listener) =>
      storage.listen(channel, (payload) =>
        listener(payload === '' ? undefined : payload.split(' ')),
      ),
    hasOld: async () => {
      const query = sql`select 1 as found from fs_notification where created_at < ${keptFrom()} limit 1`
      return (await storage.read(query)).length > 0
    },
    removeOld: () =>
      storage.write(async (tx) => {
        await tx.run(sql`delete from fs_notification where created_at < ${keptFrom()}`)
      }),
  }
}

type Reading = Pick<Notifications, 'list' | 'find' | 'status'>

function reading(storage: Storage, at: (time: number) => Sql): Reading {
  return {
    list: async (userId, { size, before, after }) => {
      const older = before === undefined ? sql`` : sql` and created_at < ${at(before)}`
      const newer = after === undefined ? sql`` : sql` and created_at > ${at(after)}`
      const rows = await storage.read(
        sql`select ${columns} from fs_notification where recipient_id = ${userId}${older}${newer} order by created_at desc, id desc limit ${integerLiteral(size)}`,
      )
      return rows.map(notificationOf)
    },
    find: async (userId, id) => {
      const query = sql`select ${columns} from fs_notification where recipient_id = ${userId} and id = ${id}`
      const [row] = await storage.read(query)
      return row && notificationOf(row)
    },
    status: async (userId) => {
      const [row = {}] = await storage.read(
        sql`select count(*) - count(read_at) as unread, count(*) - count(seen_at) as unseen, max(created_at) as last_at, min(case when read_at is null then created_at end) as unread_at, min(case when seen_at is null then created_at end) as unseen_at from fs_notification where recipient_id = ${userId}`,
      )
      return {
        unread: Number(row['unread'] ?? 0),
        unseen: Number(row['unseen'] ?? 0),
        lastAt: momentIn(row, 'last_at'),
        oldestUnreadAt: momentIn(row, 'unread_at'),
        oldestUnseenAt: momentIn(row, 'unseen_at'),
      }
    },
  }
}

async function insert(
  { clock, ids }: NotificationParts,
  tx: Transaction,
  { recipientId, type, title, body, targetId, createdBy }: NewNotification,
): Promise<void> {
  const now = tx.dialect.bound(instant, clock.now())
  const target = targetId === undefined ? sql`null` : sql`${targetId}`
  await tx.run(
    sql`insert into fs_notification (${columns}) values (${ids(idPrefix)}, ${recipientId}, ${type}, ${JSON.stringify(title)}, ${JSON.stringify(body)}, ${target}, ${createdBy}, ${now}, null, null)`,
  )
}

function tell({ storage, reportError }: NotificationParts, userIds: readonly string[]): void {
  for (let start = 0; start < userIds.length; start += idsPerMessage) {
    const some = userIds.slice(start, start + idsPerMessage)
    storage.notify(channel, some.join(' ')).catch(reportError)
  }
}

async function markThem(
  parts: NotificationParts,
  userId: string,
  { ids, before, read, seen }: NotificationMark,
): Promise<void> {
  const { storage, clock } = parts
  const now = storage.dialect.bound(instant, clock.now())
  // What was read has been seen; what is to be read again has been seen all the same.
  const sets = [
    ...(read === undefined
      ? []
      : [read ? sql`read_at = coalesce(read_at, ${now})` : sql`read_at = null`]),
    ...(read === true || seen === true ? [sql`seen_at = coalesce(seen_at, ${now})`] : []),
    ...(read !== true && seen === false ? [sql`seen_at = null`] : []),
  ]
  if (sets.length === 0 || ids?.length === 0) return
  const those =
    ids === undefined ? sql`` : sql` and id in (${joinSql(ids.map((id) => sql`${id}`))})`
  const older =
    before === undefined ? sql`` : sql` and created_at <= ${storage.dialect.bound(instant, before)}`
  await storage.write(async (tx) => {
    const changed = await tx.run(
      sql`update fs_notification set ${joinSql(sets)} where recipient_id = ${userId}${those}${older}`,
    )
    if (changed > 0) tx.afterCommit(() => tell(parts, [userId]))
  })
}

function momentIn(row: Row, name: string): number | undefined {
  const value = row[name] ?? null
  return value === null ? undefined : Number(value)
}

function notificationOf(row: Row): Notification {
  const target = row['target_id'] ?? null
  return {
    id: String(row['id']),
    recipientId: String(row['recipient_id']),
    type: String(row['type']),
    // Written by this file alone.
    title: JSON.parse(String(row['title'])) as Told,
    body: JSON.parse(String(row['body'])) as Told,
    targetId: target === null ? undefined : String(target),
    createdBy: String(row['created_by']),
    createdAt: Number(row['created_at']),
    isSeen: (row['seen_at'] ?? null) !== null,
    isRead: (row['read_at'] ?? null) !== null,
  }
}
