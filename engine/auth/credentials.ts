/** Who may sign in with which password: one slow hash per user. */
import type { Clock } from '../base/clock.ts'
import { sql } from '../sql/sql.ts'
import type { Storage } from '../storage/storage.ts'
import { checkPassword, type Passwords } from './passwords.ts'

export interface Credentials {
  /** Refuses a password that is too short or too long. */
  set(userId: string, password: string): Promise<void>
  /** False as well for a user without a password, and as slowly. */
  matches(userId: string | undefined, password: string): Promise<boolean>
  /** Somebody can sign in already. */
  any(): Promise<boolean>
}

export function createCredentials(parts: {
  readonly storage: Storage
  readonly passwords: Passwords
  readonly clock: Clock
}): Credentials {
  const { storage, passwords, clock } = parts
  const { dialect } = storage
  const id = (value: string) => dialect.bound({ kind: 'id' }, value)

  const storedHash = async (userId: string): Promise<string | undefined> => {
    const rows = await storage.read(
      sql`select password_hash from fs_credential where user_id = ${id(userId)}`,
    )
    const hash = rows[0]?.['password_hash']
    return hash === undefined ? undefined : String(hash)
  }
  return {
    set: async (userId, password) => {
      checkPassword(password)
      const hash = dialect.bound({ kind: 'text' }, await passwords.hash(password))
      const changedAt = dialect.bound({ kind: 'instant' }, clock.now())
      await storage.write((tx) =>
        tx.run(sql`
          insert into fs_credential (user_id, password_hash, changed_at)
          values (${id(userId)}, ${hash}, ${changedAt})
          on conflict (user_id) do update set
            password_hash = excluded.password_hash, changed_at = excluded.changed_at`),
      )
    },
    matches: async (userId, password) => {
      const hash = userId === undefined ? undefined : await storedHash(userId)
      return passwords.verify(hash, password)
    },
    any: async () =>
      (await storage.read(sql`select user_id from fs_credential limit 1`)).length > 0,
  }
}
