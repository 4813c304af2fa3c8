/** Users who are kept out for now: they own what they own and keep their rights, but nothing opens in their name. */
import type { Clock } from '../base/clock.ts'
import { sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Storage, Transaction } from '../storage/storage.ts'

export const frozenUserTable: EngineTable = {
  name: 'fs_frozen_user',
  columns: [
    { name: 'user_id', kind: { kind: 'id' } },
    { name: 'frozen_at', kind: { kind: 'instant' } },
  ],
  key: ['user_id'],
  indexes: [],
}

export interface FrozenUsers {
  has(userId: string): Promise<boolean>
  /** False where nothing changed. */
  set(tx: Transaction, userId: string, frozen: boolean): Promise<boolean>
}

export function createFrozenUsers(storage: Storage, clock: Clock): FrozenUsers {
  const { dialect } = storage
  const id = (value: string) => dialect.bound({ kind: 'id' }, value)
  return {
    has: async (userId) => {
      const rows = await storage.read(
        sql`select user_id from fs_frozen_user where user_id = ${id(userId)}`,
      )
      return rows.length > 0
    },
    set: async (tx, userId, frozen) => {
      const now = dialect.bound({ kind: 'instant' }, clock.now())
      const changed = await tx.run(
        frozen
          ? sql`insert into fs_frozen_user (user_id, frozen_at) values (${id(userId)}, ${now}) on conflict do nothing`
          : sql`delete from fs_frozen_user where user_id = ${id(userId)}`,
      )
      return changed === 1
    },
  }
}
