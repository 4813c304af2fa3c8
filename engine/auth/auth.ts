/** Sign-in and who asks: passwords to sessions and tokens, sessions and tokens to callers. */
import { message } from '../base/message.ts'
import { createHmac } from 'node:crypto'
import type { Clock, RandomBytes } from '../base/clock.ts'
import { refuse } from '../base/refusal.ts'
import type { Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { authTables } from './auth-tables.ts'
import { createCredentials, type Credentials } from './credentials.ts'
import { createClientSecrets } from './oauth/clients.ts'
import { createGrants } from './oauth/grants.ts'
import { oauthTables } from './oauth/oauth-tables.ts'
import { createOAuth, type OAuth, type OAuthParts } from './oauth/oauth.ts'
import { requireScope, type Need } from './oauth/scopes.ts'
import { createLoginLimits, type LoginAttempt, type LoginLimits } from './login-limits.ts'
import { createPasswords } from './passwords.ts'
import { newSessionSecret, newTokenSecret } from './secrets.ts'
import {
  createSessions,
  type Credential,
  type Ended,
  type Session,
  type SessionHolder,
  type SessionKind,
  type Sessions,
} from './sessions.ts'
import { createUserSessions, type UserSessions } from './user-sessions.ts'
import { createUsers, type CurrentModel, type SignedInUser, type Users } from './users.ts'

export type { Credential, Need, SignedInUser }

export interface SignInRequest extends LoginAttempt {
  readonly password: string
}

export interface SignedIn {
  readonly user: SignedInUser
  readonly secret: string
  readonly issuedAt: number
}

export interface Auth extends UserSessions {
  /** A session for the screens. Refuses as INVALID_LOGIN, whatever is wrong with name or password. */
  signIn(request: SignInRequest): Promise<SignedIn>
  /** A token for a program. */
  grantToken(request: SignInRequest & GrantTarget): Promise<SignedIn>
  /** Who has this name and password, and may use the API; opens nothing. */
  checkPassword(request: SignInRequest): Promise<SignedInUser>
  /** A session of the screens for a user whom another way has proved. */
  openSession(userId: string): Promise<string>
  /**
   * Who holds this; refuses as INVALID_SESSION_ID, and what it was not granted for. Answers at once when nothing
   * changed since the last time.
   */
  user(credential: Credential, need?: Need): SignedInUser | Promise<SignedInUser>
  /** Ends the session or token. */
  revoke(secret: string): Promise<void>
  /** Sets the password and ends every session and token of the user. */
  setPassword(userId: string, password: string): Promise<void>
  /** Something happened that may have ended a session or changed somebody's rights. */
  onChange(listener: () => void): () => void
  /** Proof to the program that the answer comes from here. */
  sign(text: string): string
  /** An active user, for work that goes on in somebody's name when no request does. */
  userById(id: string): Promise<SignedInUser | undefined>
  readonly credentials: Credentials
  readonly oauth: OAuth
}

export interface GrantTarget {
  readonly clientId: string
  /** What the token is for; everything when absent. */
  readonly scope?: string | undefined
}

export interface AuthParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: CurrentModel
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  /** Tokens begin with it. */
  readonly organizationId: string
  /** For what goes wrong beside a request. */
  readonly reportError: (error: unknown) => void
}

const channel = 'fs_auth'

export async function createAuth(parts: AuthParts): Promise<Auth> {
  const { storage, records, models, randomBytes } = parts
  const clock = steady(parts.clock)
  await ensureTables(storage, [...authTables, ...oauthTables])
  const credentials = createCredentials({ storage, passwords: createPasswords(), clock })
  const users = createUsers(records, models)
  const announcer = createAnnouncer(storage, users, parts.reportError)
  const sessions = createSessions({ storage, clock, onEnded: announcer.ended })
  announcer.follow(sessions, records)
  const checks = { users, credentials, loginLimits: createLoginLimits(storage, clock) }
  const signingKey = randomBytes(32)
  const oauth = oauthOf(parts, { sessions, users, clock })

  const open = async (
    request: SignInRequest,
    make: Credential & Pick<SessionHolder, 'client' | 'scope'>,
  ): Promise<SignedIn> => {
    const user = await checkLogin(checks, request)
    if (make.kind === 'token') requireApi(user)
    const session = await sessions.add(make, { ...make, userId: user.id })
    return { user, secret: make.secret, issuedAt: session.createdAt }
  }
  const userSessions = createUserSessions(sessions, oauth)
  return {
    signIn: (request) => {
      const secret = newSessionSecret(randomBytes)
      return open(request, { kind: 'session', secret, client: '' })
    },
    grantToken: (request) => {
      const secret = newTokenSecret(randomBytes, parts.organizationId)
      return open(request, { ...request, kind: 'token', secret, client: request.clientId })
    },
    checkPassword: async (request) => {
      const user = await checkLogin(checks, request)
      requireApi(user)
      return user
    },
    openSession: async (userId) => {
      const secret = newSessionSecret(randomBytes)
      await sessions.add({ kind: 'session', secret }, { userId, client: '' })
      return secret
    },
    user: (credential, need = 'api') => userOf({ sessions, users, need }, credential),
    revoke: async (secret) => {
      await oauth.revoke(secret)
      await sessions.revoke(secret)
    },
    setPassword: async (userId, password) => {
      await credentials.set(userId, password)
      await userSessions.endSessions(userId)
    },
    ...userSessions,
    onChange: announcer.onChange,
    sign: (text) => createHmac('sha256', signingKey).update(text).digest('base64'),
    userById: async (id) => users.byId(id),
    credentials,
    oauth,
  }
}

function oauthOf(
  { storage, models, randomBytes, organizationId }: AuthParts,
  { sessions, users, clock }: Pick<OAuthParts, 'sessions' | 'users' | 'clock'>,
): OAuth {
  const grants = createGrants(storage, clock)
  const clientSecrets = createClientSecrets({ storage, clock, randomBytes })
  const people = { sessions, users, models, requireApi }
  return createOAuth({ grants, clientSecrets, ...people, clock, randomBytes, organizationId })
}

interface LoginChecks {
  readonly users: Users
  readonly credentials: Credentials
  readonly loginLimits: LoginLimits
}

async function checkLogin(checks: LoginChecks, request: SignInRequest): Promise<SignedInUser> {
  await checks.loginLimits.begin(request)
  const userId = await checks.users.idOf(request.username)
  const matches = await checks.credentials.matches(userId, request.password)
  const user = userId === undefined ? undefined : await checks.users.byId(userId)
  if (!matches || user === undefined) {
    throw refuse('INVALID_LOGIN', message('Invalid username, password or user locked out.'))
  }
  await checks.loginLimits.succeeded(request)
  return user
}

interface Asked {
  readonly sessions: Sessions
  readonly users: Users
  readonly need: Need
}

function userOf(asked: Asked, credential: Credential): SignedInUser | Promise<SignedInUser> {
  const session = asked.sessions.find(credential)
  return session instanceof Promise
    ? session.then((found) => holderOf(found, asked))
    : holderOf(session, asked)
}

/** Not async: nothing is awaited when nothing changed since the last request. */
function holderOf(
  session: Session | undefined,
  { users, need }: Asked,
): SignedInUser | Promise<SignedInUser> {
  if (session === undefined) throw invalidSession()
  requireScope(session.scope, need)
  const user = users.byId(session.userId)
  return user instanceof Promise
    ? user.then((found) => admitted(found, session.kind))
    : admitted(user, session.kind)
}

function admitted(user: SignedInUser | undefined, kind: SessionKind): SignedInUser {
  if (user === undefined) throw invalidSession()
  if (kind === 'token') requireApi(user)
  return user
}

function requireApi(user: SignedInUser): void {
  if (!user.access.has('ApiEnabled')) {
    throw refuse('API_DISABLED_FOR_ORG', message('The API is not enabled for this user.'))
  }
}

export function invalidSession() {
  return refuse('INVALID_SESSION_ID', message('Session expired or invalid'))
}

/** Tells the other nodes and the open streams; hears from the other nodes and from changed records. */
function createAnnouncer(storage: Storage, users: Users, reportError: (error: unknown) => void) {
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const announce = (message: Announcement): void => {
    tell()
    storage.notify(channel, JSON.stringify(message)).catch(reportError)
  }
  const rightsChanged = (userId: string | undefined): void => {
    users.forget(userId)
    announce({ rights: userId ?? '*' })
  }
  return {
    ended: (ended: Ended) => announce({ ended }),
    onChange: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    follow: (sessions: Sessions, records: Records) => {
      records.onChange(({ object, id }) => {
        if (object === 'User') rightsChanged(id)
        else if (decidesRights.has(object)) rightsChanged(undefined)
      })
      storage.listen(channel, (payload) => {
        const message: Announcement = JSON.parse(payload)
        if ('ended' in message) sessions.forget(message.ended)
        else users.forget(message.rights === '*' ? undefined : message.rights)
        tell()
      })
    },
  }
}

type Announcement = { readonly ended: Ended } | { readonly rights: string }

/** Users are remembered with their rights, and with the calendar of the organisation. */
const decidesRights: ReadonlySet<string> = new Set([
  'Organization',
  'PermissionSetAssignment',
  'PermissionSet',
  'Profile',
])

/** Never goes back while the process lives, so that windows and lifetimes only ever get shorter. */
function steady(clock: Clock): Clock {
  let latest = 0
  return {
    now: () => {
      latest = Math.max(latest, clock.now())
      return latest
    },
  }
}
