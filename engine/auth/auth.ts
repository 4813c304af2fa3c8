/** Sign-in and who asks: passwords to sessions and tokens, sessions and tokens to callers. */
import { message } from '../base/message.ts'
import { createHmac } from 'node:crypto'
import type { Clock, RandomBytes } from '../base/clock.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldServices } from '../fields/field-type.ts'
import { noteSetup, type SetupEntry } from '../ledger/audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { authTables } from './auth-tables.ts'
import { createCredentials, type Credentials } from './credentials.ts'
import { createClientSecrets } from './oauth/clients.ts'
import { createGrants } from './oauth/grants.ts'
import { oauthTables } from './oauth/oauth-tables.ts'
import { createOAuth, type OAuth, type OAuthParts } from './oauth/oauth.ts'
import { entryScope, requireScope, type Need } from './oauth/scopes.ts'
import { checkLogin, type SignInRequest } from './check-login.ts'
import { createLoginLimits } from './login-limits.ts'
import { createPasswords } from './passwords.ts'
import { createSecondFactor, type SecondFactor } from './second-factor.ts'
import { newSessionSecret, newTokenSecret } from './secrets.ts'
import {
  createSecuritySettings,
  type Changer,
  type SecuritySettingsStore,
} from './security-settings.ts'
import {
  createSessions,
  type Credential,
  type Ended,
  type Session,
  type SessionKind,
  type Sessions,
} from './sessions.ts'
import { createUserSessions, type UserSessions } from './user-sessions.ts'
import { createUsers, type CurrentModel, type SignedInUser, type Users } from './users.ts'

export type { Credential, Need, SignedInUser, SignInRequest }

export interface SignedIn {
  readonly user: SignedInUser
  readonly secret: string
  readonly issuedAt: number
}

/** What somebody who has signed in must do before anything else. */
export interface Pending {
  readonly newPassword: boolean
  readonly secondFactor: boolean
}

export interface Auth extends UserSessions {
  /** A session for the screens. Refuses as INVALID_LOGIN, whatever is wrong with name or password. */
  signIn(request: SignInRequest): Promise<SignedIn>
  /** A token for a program. */
  grantToken(request: SignInRequest & GrantTarget): Promise<SignedIn>
  /** Who has this name and password, and may use the API; opens nothing. */
  checkPassword(request: SignInRequest): Promise<SignedInUser>
  /** What stands between a user and the screens: a session with that is good for nothing else. */
  pendingOf(user: SignedInUser): Promise<Pending>
  /** That whoever holds a session also knows the user's password, and has his second factor. */
  prove(
    user: SignedInUser,
    given: Pick<SignInRequest, 'password' | 'code' | 'isFactorProved'>,
  ): Promise<SignedInUser>
  /** Ends whatever is open in the user's name and opens a session anew, with the rights that he has by now. */
  renewSession(user: SignedInUser): Promise<string>
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
  setPassword(userId: string, password: string, by?: Changer): Promise<void>
  /** Something happened that may have ended a session or changed somebody's rights. */
  onChange(listener: () => void): () => void
  /** Proof to the program that the answer comes from here. */
  sign(text: string): string
  /** An active user, for work that goes on in somebody's name when no request does. */
  userById(id: string): Promise<SignedInUser | undefined>
  readonly credentials: Credentials
  readonly secondFactor: SecondFactor
  readonly securitySettings: SecuritySettingsStore
  /** Writes down what was done to somebody's way to sign in. */
  note(entry: SetupEntry): Promise<void>
  readonly oauth: OAuth
}

export interface GrantTarget {
  readonly clientId: string
  /** What the token is for; everything when absent. */
  readonly scope?: string | undefined
}

export interface AuthParts {
  readonly storage: Storage
  readonly ledger: Ledger
  readonly services: Pick<FieldServices, 'encrypt' | 'decrypt'>
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
  const { storage, records, models, randomBytes, ledger } = parts
  const clock = steady(parts.clock)
  await ensureTables(storage, [...authTables, ...oauthTables])
  const settings = await createSecuritySettings(parts)
  const credentials = createCredentials({ storage, passwords: createPasswords(), clock, settings })
  const users = createUsers(records, models)
  const announcer = createAnnouncer(storage, users, parts.reportError)
  const sessions = createSessions({ storage, clock, onEnded: announcer.ended })
  announcer.follow(sessions, records)
  const secondFactor = createSecondFactor({ ...parts, clock })
  const loginLimits = createLoginLimits(storage, clock, () => settings.current().maxLoginAttempts)
  const checks = { storage, ledger, users, credentials, loginLimits, secondFactor }
  const signingKey = randomBytes(32)
  const oauth = oauthOf(parts, { sessions, users, clock })
  const pendingOf = pendingFor({ credentials, secondFactor, settings })
  const openFor = opener({ pendingOf, sessions, randomBytes })
  const userSessions = createUserSessions(sessions, oauth)
  return {
    signIn: async (request) => openFor(await checkLogin(checks, request)),
    grantToken: async (request) => {
      const user = withApi(await checkLogin(checks, request))
      const secret = newTokenSecret(randomBytes, parts.organizationId)
      const { clientId: client, scope } = request
      const held = { userId: user.id, client, scope }
      const { createdAt: issuedAt } = await sessions.add({ kind: 'token', secret }, held)
      return { user, secret, issuedAt }
    },
    checkPassword: async (request) => withApi(await checkLogin(checks, request)),
    pendingOf,
    prove: ({ id, username }, given) =>
      checkLogin(checks, { username, address: `session of ${id}`, ...given }),
    renewSession: async (user) => {
      await userSessions.endSessions(user.id)
      return (await openFor(user)).secret
    },
    openSession: async (userId) => {
      const user = await users.byId(userId)
      if (user === undefined) throw invalidSession()
      return (await openFor(user)).secret
    },
    user: (credential, need = 'api') => userOf({ sessions, users, need }, credential),
    revoke: async (secret) => {
      await oauth.revoke(secret)
      await sessions.revoke(secret)
    },
    ...setting({ credentials, ledger, userSessions, storage }),
    ...userSessions,
    onChange: announcer.onChange,
    sign: (text) => createHmac('sha256', signingKey).update(text).digest('base64'),
    userById: async (id) => users.byId(id),
    credentials,
    secondFactor,
    securitySettings: settings,
    oauth,
  }
}

/** A session of the screens; good for the rest of signing in alone where something is still missing. */
function opener(parts: {
  readonly pendingOf: Auth['pendingOf']
  readonly sessions: Sessions
  readonly randomBytes: RandomBytes
}): (user: SignedInUser) => Promise<SignedIn> {
  return async (user) => {
    const pending = await parts.pendingOf(user)
    const scope = pending.newPassword || pending.secondFactor ? entryScope : undefined
    const secret = newSessionSecret(parts.randomBytes)
    const held = { userId: user.id, client: '', scope }
    const { createdAt: issuedAt } = await parts.sessions.add({ kind: 'session', secret }, held)
    return { user, secret, issuedAt }
  }
}

function setting(parts: {
  readonly credentials: Credentials
  readonly ledger: Ledger
  readonly userSessions: UserSessions
  readonly storage: Storage
}): Pick<Auth, 'setPassword' | 'note'> {
  const { credentials, ledger, userSessions, storage } = parts
  return {
    setPassword: async (userId, password, by = { userId, way: 'system' }) => {
      const entry = passwordEntry(userId, by)
      await credentials.set(userId, password, (tx) => noteSetup(ledger, tx, [entry]))
      await userSessions.endSessions(userId)
    },
    note: (entry) => storage.write((tx) => noteSetup(ledger, tx, [entry])),
  }
}

function passwordEntry(userId: string, { userId: by, way }: Changer): SetupEntry {
  const display = `Changed the password of ${userId}`
  return { action: 'changedPassword', section: 'Manage Users', display, by, way }
}

interface PendingParts {
  readonly credentials: Credentials
  readonly secondFactor: SecondFactor
  readonly settings: Pick<SecuritySettingsStore, 'current'>
}

function pendingFor({ credentials, secondFactor, settings }: PendingParts): Auth['pendingOf'] {
  return async ({ id, access }) => {
    const isNeeded = settings.current().secondFactorRequired || access.has('ForceTwoFactor')
    return {
      newPassword: await credentials.hasExpired(id),
      secondFactor: isNeeded && !(await secondFactor.isEnrolled(id)),
    }
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

function withApi(user: SignedInUser): SignedInUser {
  requireApi(user)
  return user
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
