/** Answers of saves that were given a key, kept for whoever did not get them; written with the records themselves. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { sql } from '../sql/sql.ts'
import { ensureTables, type EngineTable } from '../storage/engine-tables.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }
const instant: ColumnKind = { kind: 'instant' }

export const savedAnswerTable: EngineTable = {
  name: 'fs_saved_answer',
  columns: [
    { name: 'user_id', kind: { kind: 'id' } },
    { name: 'request_key', kind: text },
    { name: 'request_hash', kind: text },
    { name: 'status', kind: { kind: 'integer' } },
    { name: 'location', kind: text, nullable: true },
    { name: 'body', kind: text },
    { name: 'saved_at', kind: instant },
  ],
  key: ['user_id', 'request_key'],
  indexes: [['saved_at']],
}

/** Keys of two users have nothing to do with each other. */
export interface RequestKey {
  readonly userId: string
  readonly key: string
}

export interface SavedAnswer {
  /** Of the request: the same key with another one is a mistake. */
  readonly hash: string
  readonly status: number
  readonly location: string | undefined
  readonly body: string
}

export interface SavedAnswers {
  find(key: RequestKey): Promise<SavedAnswer | undefined>
  /** In the unit of the save; false when another unit has answered meanwhile. */
  put(tx: Transaction, key: RequestKey, answer: SavedAnswer): Promise<boolean>
}

const hourMs = 3_600_000

export async function createSavedAnswers(parts: {
  readonly storage: Storage
  readonly clock: Clock
}): Promise<SavedAnswers> {
  const { storage, clock } = parts
  await ensureTables(storage, [savedAnswerTable])
  const { dialect } = storage
  const oldest = () => dialect.bound(instant, clock.now() - limits.savedAnswerHoursMax * hourMs)
  return {
    find: async ({ userId, key }) => {
      const [row] = await storage.read(
        sql`select request_hash, status, location, body from fs_saved_answer where user_id = ${userId} and request_key = ${key} and saved_at >= ${oldest()}`,
      )
      return row === undefined ? undefined : answerOf(row)
    },
    put: async (tx, { userId, key }, { hash, status, location, body }) => {
      const now = dialect.bound(instant, clock.now())
      const place = dialect.bound(text, location ?? null)
      await tx.run(sql`delete from fs_saved_answer where saved_at < ${oldest()}`)
      const made = await tx.run(
        sql`insert into fs_saved_answer (user_id, request_key, request_hash, status, location, body, saved_at) values (${userId}, ${key}, ${hash}, ${dialect.bound({ kind: 'integer' }, status)}, ${place}, ${body}, ${now}) on conflict (user_id, request_key) do nothing`,
      )
      return made === 1
    },
  }
}

function answerOf(row: Row): SavedAnswer {
  const { request_hash: hash, status, location, body } = row
  return {
    hash: String(hash),
    status: Number(status),
    location: typeof location === 'string' ? location : undefined,
    body: String(body),
  }
}
