/** Who at an identity provider is which user: decided once, at the first sign-in, and by the subject from then on. */
import type { Clock } from '../../base/clock.ts'
import { sql } from '../../sql/sql.ts'
import type { Storage } from '../../storage/storage.ts'

export interface Subject {
  /** Full name of the provider. */
  readonly provider: string
  readonly issuer: string
  readonly subject: string
}

export interface AccountLinks {
  userOf(subject: Subject): Promise<string | undefined>
  /** False where the subject, or another one of the provider for this user, is linked already. */
  add(subject: Subject, userId: string): Promise<boolean>
  countOf(userId: string): Promise<number>
  removeAllOf(userId: string): Promise<void>
}

export function createAccountLinks(storage: Storage, clock: Clock): AccountLinks {
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  const id = (value: string) => dialect.bound({ kind: 'id' }, value)
  return {
    userOf: async ({ provider, issuer, subject }) => {
      const [row] = await storage.read(
        sql`select user_id from fs_account_link where provider = ${text(provider)} and issuer = ${text(issuer)} and subject = ${text(subject)}`,
      )
      return row === undefined ? undefined : String(row['user_id'])
    },
    add: ({ provider, issuer, subject }, userId) =>
      storage.write(async (tx) => {
        const others = await tx.read(
          sql`select subject from fs_account_link where provider = ${text(provider)} and user_id = ${id(userId)}`,
        )
        // An address that went over to somebody else must not open the account of whoever had it before.
        if (others.length > 0) return false
        const now = dialect.bound({ kind: 'instant' }, clock.now())
        const added = await tx.run(
          sql`insert into fs_account_link (provider, issuer, subject, user_id, created_at) values (${text(provider)}, ${text(issuer)}, ${text(subject)}, ${id(userId)}, ${now}) on conflict do nothing`,
        )
        return added === 1
      }),
    countOf: async (userId) => {
      const [row] = await storage.read(
        sql`select count(*) as n from fs_account_link where user_id = ${id(userId)}`,
      )
      return Number(row?.['n'] ?? 0)
    },
    removeAllOf: async (userId) => {
      await storage.write((tx) =>
        tx.run(sql`delete from fs_account_link where user_id = ${id(userId)}`),
      )
    },
  }
}
