/** Who may sign in with which password: one slow hash per user, and those of passwords before it. */
import type { Clock } from '../base/clock.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { integerLiteral, sql, type Sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { checkPassword, type Passwords } from './passwords.ts'
import type { SecuritySettingsStore } from './security-settings.ts'

export interface Credentials {
  /** Refuses a password that is too short, too long, or was used before; `also` is done with it or not at all. */
  set(userId: string, password: string, also?: (tx: Transaction) => Promise<void>): Promise<void>
  /** Refuses what `set` would. */
  check(userId: string, password: string): Promise<void>
  /** False as well for a user without a password, and as slowly. */
  matches(userId: string | undefined, password: string): Promise<boolean>
  /** The password is older than the organisation lets it be. */
  hasExpired(userId: string): Promise<boolean>
  has(userId: string): Promise<boolean>
  /** Somebody can sign in already. */
  any(): Promise<boolean>
}

const dayMs = 24 * 60 * 60_000

export function createCredentials(parts: {
  readonly storage: Storage
  readonly passwords: Passwords
  readonly clock: Clock
  readonly settings: Pick<SecuritySettingsStore, 'current'>
}): Credentials {
  const { storage, passwords, clock, settings } = parts
  const { dialect } = storage
  const id = (value: string) => dialect.bound({ kind: 'id' }, value)

  const { stored, formerHashes } = createHashes(storage)
  const requireNew = async (userId: string, password: string): Promise<void> => {
    const { passwordHistory: count } = settings.current()
    if (count === 0) return
    const hashes = [(await stored(userId))?.hash, ...(await formerHashes(userId, count))]
    for (const hash of hashes.slice(0, count)) {
      if (hash !== undefined && (await passwords.verify(hash, password))) throw usedBefore(count)
    }
  }
  const check: Credentials['check'] = async (userId, password) => {
    checkPassword(password, settings.current().minimumPasswordLength)
    await requireNew(userId, password)
  }
  return {
    check,
    set: async (userId, password, also) => {
      await check(userId, password)
      const hash = dialect.bound({ kind: 'text' }, await passwords.hash(password))
      const changedAt = dialect.bound({ kind: 'instant' }, clock.now())
      await storage.write(async (tx) => {
        await tx.run(keepFormer(id(userId)))
        await tx.run(sql`
          insert into fs_credential (user_id, password_hash, changed_at)
          values (${id(userId)}, ${hash}, ${changedAt})
          on conflict (user_id) do update set
            password_hash = excluded.password_hash, changed_at = excluded.changed_at`)
        await also?.(tx)
      })
    },
    matches: async (userId, password) => {
      const hash = userId === undefined ? undefined : (await stored(userId))?.hash
      return passwords.verify(hash, password)
    },
    hasExpired: async (userId) => {
      const days = settings.current().passwordExpiresAfterDays
      if (days === 0) return false
      const changedAt = (await stored(userId))?.changedAt
      return changedAt !== undefined && changedAt + days * dayMs <= clock.now()
    },
    has: async (userId) => (await stored(userId)) !== undefined,
    any: async () =>
      (await storage.read(sql`select user_id from fs_credential limit 1`)).length > 0,
  }
}

/** What is stored of passwords. */
function createHashes(storage: Storage) {
  const id = (value: string) => storage.dialect.bound({ kind: 'id' }, value)
  return {
    stored: async (userId: string) => {
      const [row] = await storage.read(
        sql`select password_hash, changed_at from fs_credential where user_id = ${id(userId)}`,
      )
      if (row === undefined) return undefined
      return { hash: String(row['password_hash']), changedAt: Number(row['changed_at']) }
    },
    formerHashes: async (userId: string, count: number): Promise<readonly string[]> => {
      const rows = await storage.read(
        sql`select password_hash from fs_former_password where user_id = ${id(userId)} order by changed_at desc limit ${integerLiteral(count)}`,
      )
      return rows.map((row) => String(row['password_hash']))
    },
  }
}

function keepFormer(userId: Sql): Sql {
  return sql`insert into fs_former_password (user_id, changed_at, password_hash)
    select user_id, changed_at, password_hash from fs_credential where user_id = ${userId}
    on conflict do nothing`
}

function usedBefore(count: number) {
  return refuse(
    'INVALID_ARGUMENT',
    message('Choose a password that is none of the last {count}.', { count }),
  )
}
