/** What each user looked at last; kept beside the records, written after the answer. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { integerLiteral, joinSql, sql, type Sql } from '../sql/sql.ts'
import { ensureTables, type EngineTable } from '../storage/engine-tables.ts'
import type { Storage } from '../storage/storage.ts'

export const recentTable: EngineTable = {
  name: 'fs_recent',
  columns: [
    { name: 'user_id', kind: { kind: 'id' } },
    { name: 'record_id', kind: { kind: 'id' } },
    { name: 'viewed_at', kind: { kind: 'instant' } },
  ],
  key: ['user_id', 'record_id'],
  indexes: [['user_id', 'viewed_at']],
}

export interface RecentViews {
  /** Answers at once; what cannot be kept is reported, and nobody waits for it. */
  note(userId: string, recordIds: readonly string[]): void
  /** Ids, the latest first; of one object by its key prefix. */
  list(userId: string, asked: AskedViews): Promise<readonly string[]>
}

export interface AskedViews {
  readonly max: number
  readonly keyPrefix?: string
}

export interface RecentViewsParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly reportError: (error: unknown) => void
}

export async function createRecentViews(parts: RecentViewsParts): Promise<RecentViews> {
  const { storage, clock, reportError } = parts
  await ensureTables(storage, [recentTable])
  const { dialect } = storage
  const keep = async (userId: string, recordIds: readonly string[]): Promise<void> => {
    const at = dialect.bound({ kind: 'instant' }, clock.now())
    const rows = joinSql(recordIds.map((id): Sql => sql`(${userId}, ${id}, ${at})`))
    await storage.write(async (tx) => {
      await tx.run(
        sql`insert into fs_recent (user_id, record_id, viewed_at) values ${rows} on conflict (user_id, record_id) do update set viewed_at = excluded.viewed_at`,
      )
      await tx.run(
        sql`delete from fs_recent where user_id = ${userId} and viewed_at < (select viewed_at from fs_recent where user_id = ${userId} order by viewed_at desc limit 1 offset ${integerLiteral(limits.recentViewsPerUserMax - 1)})`,
      )
    })
  }
  return {
    note: (userId, recordIds) => {
      const some = [...new Set(recordIds)].slice(0, limits.recentViewsPerUserMax)
      if (some.length > 0) keep(userId, some).catch(reportError)
    },
    list: async (userId, { max, keyPrefix }) => {
      const ofObject =
        keyPrefix === undefined ? sql`` : sql` and substr(record_id, 1, 3) = ${keyPrefix}`
      const rows = await storage.read(
        sql`select record_id from fs_recent where user_id = ${userId}${ofObject} order by viewed_at desc, record_id desc limit ${integerLiteral(max)}`,
      )
      return rows.map((row) => String(row['record_id']))
    },
  }
}
