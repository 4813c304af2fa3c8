/** What people granted to programs: codes that work once, refresh tokens, and the tokens that came of them. */
import type { Clock } from '../../base/clock.ts'
import { sql, type Sql } from '../../sql/sql.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'
import { hashSecret } from '../secrets.ts'

/**
 * `frontdoor` opens the screens once, `password` lets somebody choose a password; `access` notes a token of the family, so
 * that it ends with it.
 */
export type GrantKind = 'code' | 'refresh' | 'frontdoor' | 'password' | 'access'

export interface GrantDetails {
  readonly scope: string
  readonly redirectUri?: string
  /** S256 of the verifier. */
  readonly challenge?: string
}

export interface Grant {
  readonly kind: GrantKind
  readonly family: string
  readonly userId: string
  readonly client: string
  readonly details: GrantDetails
  readonly expiresAt: number
}

export type Taken =
  | { readonly outcome: 'taken'; readonly grant: Grant }
  /** It was taken before: somebody else may hold what came of it. */
  | { readonly outcome: 'replayed'; readonly grant: Grant }
  | { readonly outcome: 'unknown' }

export interface Grants {
  add(secret: string, grant: Grant): Promise<void>
  /** As `add`, to a family that is there; false when it has ended. */
  join(secret: string, grant: Grant): Promise<boolean>
  /** Takes what works once. */
  take(kind: GrantKind, secret: string): Promise<Taken>
  /** Of what works many times; undefined when it ended. */
  find(kind: GrantKind, secret: string): Promise<Grant | undefined>
  /** Moves the end of what is still in use. */
  extend(secret: string, expiresAt: number): Promise<void>
  /** The user lets this client act for him already. */
  holds(userId: string, client: string): Promise<boolean>
  /** Of an access token, by the hash of its secret. */
  familyOf(secretHash: string): Promise<string | undefined>
  /** Ends all of a family; gives the hashes of its access tokens. */
  endFamily(family: string): Promise<readonly string[]>
  /** All of a user, or those of one kind. */
  endAllOf(userId: string, kind?: GrantKind): Promise<void>
}

const columns = sql`kind, family, user_id, client, details, expires_at, used_at`

export function createGrants(storage: Storage, clock: Clock): Grants {
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  const id = (value: string) => dialect.bound({ kind: 'id' }, value)
  const instant = (value: number) => dialect.bound({ kind: 'instant' }, value)

  const take: Grants['take'] = (kind, secret) =>
    storage.write(async (tx): Promise<Taken> => {
      const hash = text(hashSecret(secret))
      const [row] = await tx.read(sql`select ${columns} from fs_grant
        where secret_hash = ${hash} and kind = ${text(kind)} and expires_at > ${instant(clock.now())}`)
      if (row === undefined) return { outcome: 'unknown' }
      const grant = grantOf(row)
      const changed = await tx.run(sql`update fs_grant set used_at = ${instant(clock.now())}
        where secret_hash = ${hash} and used_at is null`)
      return { outcome: changed === 1 ? 'taken' : 'replayed', grant }
    })
  return {
    ...adding(storage, clock),
    take,
    find: async (kind, secret) => {
      const [row] = await storage.read(sql`select ${columns} from fs_grant
        where secret_hash = ${text(hashSecret(secret))} and kind = ${text(kind)}
          and expires_at > ${instant(clock.now())} and used_at is null`)
      return row === undefined ? undefined : grantOf(row)
    },
    extend: async (secret, expiresAt) => {
      await storage.write((tx) =>
        tx.run(sql`update fs_grant set expires_at = ${instant(expiresAt)}
          where secret_hash = ${text(hashSecret(secret))}`),
      )
    },
    holds: async (userId, client) => {
      const rows = await storage.read(sql`select secret_hash from fs_grant
        where user_id = ${id(userId)} and client = ${text(client)} and kind = 'refresh'
          and used_at is null and expires_at > ${instant(clock.now())} limit 1`)
      return rows.length > 0
    },
    familyOf: (secretHash) => familyOf(storage, text(secretHash)),
    endFamily: (family) =>
      storage.write(async (tx) => {
        await hold(tx, sql`family = ${text(family)}`)
        const rows = await tx.read(sql`select secret_hash from fs_grant
          where family = ${text(family)} and kind = 'access'`)
        await tx.run(sql`delete from fs_grant where family = ${text(family)}`)
        return rows.map((row) => String(row['secret_hash']))
      }),
    endAllOf: async (userId, kind) => {
      await storage.write(async (tx) => {
        const some = kind === undefined ? sql`` : sql` and kind = ${text(kind)}`
        const own = sql`user_id = ${id(userId)}${some}`
        await hold(tx, own)
        await tx.run(sql`delete from fs_grant where ${own}`)
      })
    },
  }
}

async function familyOf(storage: Storage, secretHash: Sql): Promise<string | undefined> {
  const [row] = await storage.read(sql`select family from fs_grant
    where secret_hash = ${secretHash} and kind = 'access'`)
  return row === undefined ? undefined : String(row['family'])
}

function adding(storage: Storage, clock: Clock): Pick<Grants, 'add' | 'join'> {
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  const instant = (value: number) => dialect.bound({ kind: 'instant' }, value)
  const add = async (tx: Transaction, secret: string, grant: Grant): Promise<void> => {
    // Ended grants go as new ones come.
    await tx.run(sql`delete from fs_grant where expires_at <= ${instant(clock.now())}`)
    await tx.run(sql`
      insert into fs_grant (secret_hash, kind, family, user_id, client, details, expires_at, used_at)
      values (${text(hashSecret(secret))}, ${text(grant.kind)}, ${text(grant.family)},
        ${dialect.bound({ kind: 'id' }, grant.userId)}, ${text(grant.client)},
        ${text(JSON.stringify(grant.details))}, ${instant(grant.expiresAt)}, null)`)
  }
  return {
    add: (secret, grant) => storage.write((tx) => add(tx, secret, grant)),
    join: (secret, grant) =>
      storage.write(async (tx) => {
        const held = await hold(tx, sql`family = ${text(grant.family)}`)
        if (held > 0) await add(tx, secret, grant)
        return held > 0
      }),
  }
}

/** Until the commit: whoever ends these waits for what is being added to them, and nothing is added to what ends. */
function hold(tx: Transaction, which: Sql): Promise<number> {
  return tx.run(sql`update fs_grant set family = family where ${which}`)
}

function grantOf(row: Row): Grant {
  const details: GrantDetails = JSON.parse(String(row['details']))
  return {
    // The table's only writer is `add`.
    kind: String(row['kind']) as GrantKind,
    family: String(row['family']),
    userId: String(row['user_id']),
    client: String(row['client']),
    details,
    expiresAt: Number(row['expires_at']),
  }
}
