/** Sign-in and who asks: passwords to sessions and tokens, sessions and tokens to callers. */
import { message } from '../base/message.ts'
import { createHmac } from 'node:crypto'
import type { Clock, RandomBytes } from '../base/clock.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldServices } from '../fields/field-type.ts'
import { noteSignIn } from '../ledger/audit.ts'
import type { EmailStore } from '../automation/messages/email-store.ts'
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
import { createAnnouncer } from './announcer.ts'
import { checkLogin, type SignInRequest } from './check-login.ts'
import { refusedBy } from './login-rules.ts'
import { createForgottenPasswords, type ForgottenPasswords } from './forgotten-passwords.ts'
import { createFrozenUsers } from './frozen-users.ts'
import { createLoginLimits, signInTries } from './login-limits.ts'
import { createPasswordLinks, type PasswordLinks } from './password-links.ts'
import { createPasswords } from './passwords.ts'
import { createPrograms, type Programs } from './programs.ts'
import { createSecondFactor, type SecondFactor } from './second-factor.ts'
import { newSessionSecret, newTokenSecret } from './secrets.ts'
import { createSecuritySettings, type SecuritySettingsStore } from './security-settings.ts'
import { createSessions, type Credential, type Session, type Sessions } from './sessions.ts'
import { createSingleSignOn, type SingleSignOn } from './sso/single-sign-on.ts'
import { steady } from './steady-clock.ts'
import { ssoTables } from './sso/sso-tables.ts'
import { freezing, setting, type Upkeep } from './upkeep.ts'
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

export interface Auth extends UserSessions, Upkeep {
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
  /**
   * A session of the screens for a user whom another way has proved; an identity provider has its own rules for
   * passwords and second factors, so that nothing is asked of whoever comes from there.
   */
  openSession(userId: string, by?: 'identity provider'): Promise<string>
  /**
   * Who holds this; refuses as INVALID_SESSION_ID, and what it was not granted for. Answers at once when nothing
   * changed since the last time.
   */
  user(credential: Credential, need?: Need): SignedInUser | Promise<SignedInUser>
  /** Ends the session or token. */
  revoke(secret: string): Promise<void>
  isFrozen(userId: string): Promise<boolean>
  /** Something happened that may have ended a session or changed somebody's rights. */
  onChange(listener: () => void): () => void
  /** Proof to the program that the answer comes from here. */
  sign(text: string): string
  /** An active user, for work that goes on in somebody's name when no request does; within the limits of a program. */
  userById(id: string, limitedTo?: string): Promise<SignedInUser | undefined>
  readonly credentials: Credentials
  readonly secondFactor: SecondFactor
  readonly securitySettings: SecuritySettingsStore
  readonly oauth: OAuth
  readonly singleSignOn: SingleSignOn
  readonly passwordLinks: PasswordLinks
  readonly forgottenPasswords: ForgottenPasswords
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
  /** Internal hosts that may be called all the same. */
  readonly hosts: readonly string[]
  readonly emails: Pick<EmailStore, 'add'>
  /** What links in e-mails begin with; undefined where none can be sent. */
  readonly linkBase: string | undefined
  /** For what goes wrong beside a request. */
  readonly reportError: (error: unknown) => void
}

/** What signing in is made of. */
async function createCore(parts: AuthParts) {
  const { storage, records, models, ledger } = parts
  const clock = steady(parts.clock)
  await ensureTables(storage, [...authTables, ...oauthTables, ...ssoTables])
  const settings = await createSecuritySettings(parts)
  const credentials = createCredentials({ storage, passwords: createPasswords(), clock, settings })
  const frozen = createFrozenUsers(storage, clock)
  const users = createUsers(records, models, frozen)
  const announcer = createAnnouncer(storage, users, parts.reportError)
  const lifetimeMs = (): number => settings.current().sessionLifetimeMinutes * 60_000
  const sessions = createSessions({ storage, clock, lifetimeMs, onEnded: announcer.ended })
  announcer.follow(sessions, records)
  const secondFactor = createSecondFactor({ ...parts, clock })
  const loginLimits = createLoginLimits(
    storage,
    clock,
    signInTries(() => settings.current().maxLoginAttempts),
  )
  const checks = { storage, ledger, users, credentials, loginLimits, secondFactor, clock }
  const grants = createGrants(storage, clock)
  const admit = admitting({ storage, ledger, clock })
  const oauth = oauthOf(parts, { grants, sessions, users, clock, admit })
  const userSessions = createUserSessions(sessions, oauth)
  const people = { users, frozen, credentials, secondFactor, checks }
  return { clock, settings, announcer, sessions, grants, oauth, userSessions, ...people }
}

export async function createAuth(parts: AuthParts): Promise<Auth> {
  const { storage, models, randomBytes, ledger } = parts
  const core = await createCore(parts)
  const { users, sessions, announcer, credentials, oauth, userSessions, settings } = core
  const pendingOf = pendingFor(core)
  const openFor = opener({ pendingOf, sessions, randomBytes })
  const programs = createPrograms(models)
  const set = setting({ credentials, ledger, userSessions, storage })
  const { rightsChanged } = announcer
  const signingKey = randomBytes(32)
  const passwordLinks = createPasswordLinks({ ...parts, ...core, ...set })
  return {
    ...entering(core, openFor),
    grantToken: granting(parts, core),
    pendingOf,
    user: (credential, need = 'api') => userOf({ sessions, users, programs, need }, credential),
    revoke: async (secret) => {
      await oauth.revoke(secret)
      await sessions.revoke(secret)
    },
    ...set,
    freeze: freezing({ ...core, ledger, storage, rightsChanged }),
    isFrozen: core.frozen.has,
    ...userSessions,
    onChange: announcer.onChange,
    sign: (text) => createHmac('sha256', signingKey).update(text).digest('base64'),
    userById: async (id, limitedTo = '') => {
      const user = await users.byId(id)
      return user && programs.as(user, limitedTo)
    },
    credentials,
    secondFactor: core.secondFactor,
    securitySettings: settings,
    oauth,
    singleSignOn: createSingleSignOn({ ...parts, ...core }),
    passwordLinks,
    forgottenPasswords: createForgottenPasswords({ ...parts, ...core, ...set, passwordLinks }),
  }
}

type Core = Awaited<ReturnType<typeof createCore>>
type OpenFor = (user: SignedInUser, by?: 'identity provider') => Promise<SignedIn>

type Entering = 'signIn' | 'checkPassword' | 'prove' | 'renewSession' | 'openSession'

function entering({ checks, users, userSessions }: Core, openFor: OpenFor): Pick<Auth, Entering> {
  return {
    signIn: async (request) => openFor(await checkLogin(checks, request)),
    checkPassword: async (request) => withApi(await checkLogin(checks, request)),
    prove: ({ id, username }, given) =>
      checkLogin(checks, { username, address: `session of ${id}`, isInside: true, ...given }),
    renewSession: async (user) => {
      await userSessions.endSessions(user.id)
      return (await openFor(user)).secret
    },
    openSession: async (userId, by) => {
      const user = await users.byId(userId)
      if (user === undefined) throw invalidSession()
      return (await openFor(user, by)).secret
    },
  }
}

function granting(
  { randomBytes, organizationId }: AuthParts,
  { settings, checks, sessions }: Core,
): Auth['grantToken'] {
  return async (request) => {
    if (!settings.current().passwordGrantAllowed) throw noPasswordGrant()
    const user = withApi(await checkLogin(checks, request))
    const secret = newTokenSecret(randomBytes, organizationId)
    const { clientId: client, scope } = request
    const held = { userId: user.id, client, scope }
    const { createdAt: issuedAt } = await sessions.add({ kind: 'token', secret }, held)
    return { user, secret, issuedAt }
  }
}

/** A session of the screens; good for the rest of signing in alone where something is still missing. */
function opener(parts: {
  readonly pendingOf: Auth['pendingOf']
  readonly sessions: Sessions
  readonly randomBytes: RandomBytes
}): OpenFor {
  return async (user, by) => {
    if (user.access.has('ApiUserOnly')) throw invalidSession()
    const pending = by === undefined ? await parts.pendingOf(user) : undefined
    const isPending = pending?.newPassword === true || pending?.secondFactor === true
    const scope = isPending ? entryScope : undefined
    const secret = newSessionSecret(parts.randomBytes)
    const held = { userId: user.id, client: '', scope }
    const { createdAt: issuedAt } = await parts.sessions.add({ kind: 'session', secret }, held)
    return { user, secret, issuedAt }
  }
}

/** Programs that come by no password: when and from where they may, and that they came. */
function admitting(parts: Pick<AuthParts, 'storage' | 'ledger' | 'clock'>): OAuthParts['admit'] {
  return async (user, { address, client }) => {
    const { storage, ledger, clock } = parts
    const refused = refusedBy(user, { address, now: clock.now(), isScreen: false })
    const status = refused ?? 'Success'
    const entry = { userId: user.id, type: 'Remote Access 2.0', status, address, client }
    await storage.write((tx) => noteSignIn(ledger, tx, entry))
    return refused === undefined
  }
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
  of: Pick<OAuthParts, 'grants' | 'sessions' | 'users' | 'clock' | 'admit'>,
): OAuth {
  const { clock } = of
  const clientSecrets = createClientSecrets({ storage, clock, randomBytes })
  return createOAuth({ ...of, clientSecrets, models, requireApi, randomBytes, organizationId })
}

interface Asked {
  readonly sessions: Sessions
  readonly users: Users
  readonly programs: Programs
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
  { users, programs, need }: Asked,
): SignedInUser | Promise<SignedInUser> {
  if (session === undefined) throw invalidSession()
  requireScope(session.scope, need)
  const user = users.byId(session.userId)
  return user instanceof Promise
    ? user.then((found) => admitted(found, session, programs))
    : admitted(user, session, programs)
}

function admitted(
  whole: SignedInUser | undefined,
  { kind, client }: Session,
  programs: Programs,
): SignedInUser {
  const user = whole && programs.as(whole, client)
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

function noPasswordGrant() {
  return refuse(
    'API_DISABLED_FOR_ORG',
    message('Programs may not sign in by user name and password here.'),
  )
}

export function invalidSession() {
  return refuse('INVALID_SESSION_ID', message('Session expired or invalid'))
}
