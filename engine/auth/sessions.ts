/** Sessions of the screens and tokens of programs: kept by the hash of their secret, revocable at once. */
import { LRUCache } from 'lru-cache'
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { sql, type Sql } from '../sql/sql.ts'
import type { Row, Storage } from '../storage/storage.ts'
import { hashSecret } from './secrets.ts'

/** A session's secret comes as cookie, a token's in the header; neither is taken for the other. */
export type SessionKind = 'session' | 'token'

export interface Credential {
  readonly kind: SessionKind
  readonly secret: string
}

export interface Session {
  readonly kind: SessionKind
  readonly userId: string
  readonly createdAt: number
  readonly expiresAt: number
  /** The program that a token was given to; empty for the screens. */
  readonly client: string
  /** What a program was granted; undefined for everything. */
  readonly scope: string | undefined
}

export interface SessionHolder {
  readonly userId: string
  readonly client: string
  readonly scope?: string | undefined
}

export interface Sessions {
  add(credential: Credential, holder: SessionHolder): Promise<Session>
  /** Without the database when it was asked before; undefined when there is none or it has ended. */
  find(credential: Credential): Session | undefined | Promise<Session | undefined>
  revoke(secret: string): Promise<void>
  /** As `revoke`, by the hash of the secret. */
  end(secretHash: string): Promise<void>
  revokeAllOf(userId: string): Promise<void>
  /** What is open in a user's name, newest first. */
  listOf(userId: string): Promise<readonly OpenSession[]>
  /** Another node ended the session of a secret with this hash, or all of a user. */
  forget(ended: Ended): void
}

/** A session as people see it in a list; its id opens nothing. */
export interface OpenSession extends Session {
  readonly id: string
  readonly secretHash: string
}

export type Ended = { readonly secretHash: string } | { readonly userId: string }

export function createSessions(parts: {
  readonly storage: Storage
  readonly clock: Clock
  /** Of sessions that begin now. */
  readonly lifetimeMs: () => number
  /** Told after the database knows. */
  readonly onEnded: (ended: Ended) => void
}): Sessions {
  const { storage, clock, lifetimeMs, onEnded } = parts
  const known = new LRUCache<string, Session>({ max: limits.sessionsCachedMax })
  // A row read before a revocation must not be remembered after it.
  let revocations = 0

  const forget = (ended: Ended): void => {
    revocations += 1
    if ('secretHash' in ended) known.delete(ended.secretHash)
    else {
      for (const [hash, session] of known) {
        if (session.userId === ended.userId) known.delete(hash)
      }
    }
  }
  const end = async (ended: Ended): Promise<void> => {
    await storage.write((tx) => tx.run(endStatement(storage, ended)))
    forget(ended)
    onEnded(ended)
  }
  const usable = (session: Session | undefined, kind: SessionKind): Session | undefined =>
    session !== undefined && isUsable(session, kind, clock.now()) ? session : undefined
  const load = async (secretHash: string, kind: SessionKind): Promise<Session | undefined> => {
    const before = revocations
    const session = await readSession(storage, secretHash)
    if (session !== undefined && before === revocations) known.set(secretHash, session)
    return usable(session, kind)
  }
  return {
    add: async (credential, { userId, client, scope }) => {
      const createdAt = clock.now()
      const session: Session = {
        kind: credential.kind,
        userId,
        createdAt,
        expiresAt: createdAt + lifetimeMs(),
        client,
        scope,
      }
      await writeSession(storage, { ...session, secretHash: hashSecret(credential.secret) })
      return session
    },
    find: (credential) => {
      const secretHash = hashSecret(credential.secret)
      const session = known.get(secretHash)
      if (session !== undefined) return usable(session, credential.kind)
      return load(secretHash, credential.kind)
    },
    revoke: (secret) => end({ secretHash: hashSecret(secret) }),
    end: (secretHash) => end({ secretHash }),
    revokeAllOf: (userId) => end({ userId }),
    listOf: (userId) => openSessions(storage, userId, clock.now()),
    forget,
  }
}

function isUsable(session: Session, kind: SessionKind, now: number): boolean {
  // A clock that was set back must not make sessions longer.
  return session.kind === kind && now < session.expiresAt && now >= session.createdAt
}

function endStatement(storage: Storage, ended: Ended): Sql {
  const { dialect } = storage
  return 'secretHash' in ended
    ? sql`delete from fs_session where secret_hash = ${dialect.bound({ kind: 'text' }, ended.secretHash)}`
    : sql`delete from fs_session where user_id = ${dialect.bound({ kind: 'id' }, ended.userId)}`
}

async function readSession(storage: Storage, secretHash: string): Promise<Session | undefined> {
  const [row] = await storage.read(
    sql`select s.kind, s.user_id, s.client, s.created_at, s.expires_at, g.scope
        from fs_session s left join fs_session_scope g on g.secret_hash = s.secret_hash
        where s.secret_hash = ${storage.dialect.bound({ kind: 'text' }, secretHash)}`,
  )
  if (row === undefined) return undefined
  return {
    kind: row['kind'] === 'token' ? 'token' : 'session',
    userId: String(row['user_id']),
    createdAt: Number(row['created_at']),
    expiresAt: Number(row['expires_at']),
    client: String(row['client']),
    scope: scopeOf(row),
  }
}

function scopeOf(row: Row): string | undefined {
  const scope = row['scope'] ?? undefined
  return scope === undefined ? undefined : String(scope)
}

async function openSessions(
  storage: Storage,
  userId: string,
  now: number,
): Promise<readonly OpenSession[]> {
  const { dialect } = storage
  const rows = await storage.read(
    sql`select s.secret_hash, s.kind, s.client, s.created_at, s.expires_at, g.scope
        from fs_session s left join fs_session_scope g on g.secret_hash = s.secret_hash
        where s.user_id = ${dialect.bound({ kind: 'id' }, userId)}
          and s.expires_at > ${dialect.bound({ kind: 'instant' }, now)}
        order by s.created_at desc, s.secret_hash`,
  )
  return rows.map((row) => {
    const secretHash = String(row['secret_hash'])
    return {
      id: sessionId(secretHash),
      kind: row['kind'] === 'token' ? 'token' : 'session',
      userId,
      client: String(row['client']),
      createdAt: Number(row['created_at']),
      expiresAt: Number(row['expires_at']),
      scope: scopeOf(row),
      secretHash,
    }
  })
}

/** Names a session without telling what the database finds it by. */
export function sessionId(secretHash: string): string {
  return hashSecret(`session ${secretHash}`).slice(0, 24)
}

interface StoredSession extends Session {
  readonly secretHash: string
}

async function writeSession(storage: Storage, session: StoredSession): Promise<void> {
  const { dialect } = storage
  const text = (value: string) => dialect.bound({ kind: 'text' }, value)
  const instant = (value: number) => dialect.bound({ kind: 'instant' }, value)
  const { scope } = session
  await storage.write(async (tx) => {
    // Ended sessions go as new ones come.
    const ended = sql`expires_at <= ${instant(session.createdAt)}`
    await tx.run(sql`delete from fs_session where ${ended}`)
    if (scope !== undefined) {
      await tx.run(sql`delete from fs_session_scope where ${ended}`)
      await tx.run(sql`insert into fs_session_scope (secret_hash, scope, expires_at)
        values (${text(session.secretHash)}, ${text(scope)}, ${instant(session.expiresAt)})`)
    }
    await tx.run(sql`
      insert into fs_session (secret_hash, kind, user_id, client, created_at, expires_at)
      values (${text(session.secretHash)}, ${text(session.kind)}, ${text(session.userId)},
        ${text(session.client)}, ${instant(session.createdAt)}, ${instant(session.expiresAt)})`)
  })
}
