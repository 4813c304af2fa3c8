/** Signing in by an identity provider: there and back, and who came back. */
import type { AuthProvider } from '../../../metadata/types.ts'
import type { Clock, RandomBytes } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { FieldServices } from '../../fields/field-type.ts'
import { noteSetup, noteSignIn } from '../../ledger/audit.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Records } from '../../records/records.ts'
import type { Storage } from '../../storage/storage.ts'
import { refusedBy } from '../login-rules.ts'
import { randomText } from '../secrets.ts'
import type { Changer } from '../security-settings.ts'
import type { CurrentModel, Users } from '../users.ts'
import { createAccountLinks, type AccountLinks } from './account-links.ts'
import {
  discoverProvider,
  ProviderError,
  type IdentityProvider,
  type SignInAttempt,
} from './identity-provider.ts'
import { createOutsideFetch } from './outside-fetch.ts'
import { createProviderSecrets, type ProviderSecrets } from './provider-secrets.ts'
import { personOf } from './sso-person.ts'

export interface OfferedProvider {
  readonly name: string
  readonly label: string
}

export interface SingleSignOn {
  /** For the buttons of the sign-in page. */
  offered(): readonly OfferedProvider[]
  /** Where to go, and what the browser must bring back; undefined when it cannot begin. */
  begin(name: string, asked: { readonly callback: string; readonly start: string }): Promise<Begun>
  /** Undefined for whoever is not let in; why stands in the login history and the log. */
  finish(name: string, back: CameBack): Promise<Finished | undefined>
  /** Whether a provider has a secret. */
  hasSecret(name: string): Promise<boolean>
  setSecret(name: string, secret: string, by: Changer): Promise<void>
  /** Asks the provider for its addresses; the reason when there are none. */
  check(name: string): Promise<string | undefined>
  readonly links: AccountLinks
}

export type Begun = { readonly url: URL; readonly attempt: string } | undefined

export interface CameBack {
  readonly answered: URL
  /** What `begin` gave to the browser. */
  readonly attempt: string
  readonly address: string
}

export interface Finished {
  readonly userId: string
  readonly start: string
}

export interface SingleSignOnParts {
  readonly storage: Storage
  readonly ledger: Ledger
  readonly records: Records
  readonly models: CurrentModel
  readonly users: Users
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly services: Pick<FieldServices, 'encrypt' | 'decrypt'>
  readonly hosts: readonly string[]
  readonly reportError: (error: unknown) => void
}

/** Goes to the browser encrypted, and comes back as it is or not at all: nothing is kept for whoever never comes back. */
interface Attempt extends SignInAttempt {
  readonly for: 'single sign-on'
  readonly provider: string
  readonly start: string
  readonly endsAt: number
}

const secretChars = 43

export function createSingleSignOn(parts: SingleSignOnParts): SingleSignOn {
  const { storage, models, clock, randomBytes, services, ledger } = parts
  const secrets = createProviderSecrets(parts)
  const links = createAccountLinks(storage, clock)
  const discover = discovery(parts, secrets.of)
  const provider: ProviderNamed = (name) => {
    const body = models.current().component('AuthProvider', name)?.body
    return body?.providerType === 'OpenIdConnect' ? body : undefined
  }
  const finish = async (name: string, back: CameBack): Promise<Finished | undefined> => {
    const body = provider(name)
    const attempt = readAttempt(parts, back.attempt)
    if (body === undefined || attempt?.provider !== name) return undefined
    const identity = await (await discover(body)).identityOf(attempt, back.answered)
    const userId = await personOf({ ...parts, links }, body, identity)
    const user = await parts.users.byId(userId)
    const { address } = back
    const refused =
      user === undefined
        ? 'Failed: User Inactive'
        : refusedBy(user, { address, now: clock.now(), isScreen: true })
    const entry = { userId, type: 'Third Party SSO', client: body.friendlyName, address }
    const status = refused ?? 'Success'
    await storage.write((tx) => noteSignIn(ledger, tx, { ...entry, status }))
    return refused === undefined ? { userId, start: attempt.start } : undefined
  }
  return {
    offered: () =>
      [...models.current().components('AuthProvider')]
        .filter(({ body }) => body.providerType === 'OpenIdConnect')
        .map(({ body }) => ({ name: body.fullName, label: body.friendlyName })),
    begin: async (name, { callback, start }) => {
      const body = provider(name)
      const found = body && (await orReport(parts, () => discover(body)))
      if (found === undefined) return undefined
      const text = (): string => randomText(randomBytes, secretChars)
      const given = { state: text(), nonce: text(), verifier: text() }
      const endsAt = clock.now() + limits.ssoAttemptLifetimeMs
      const attempt: Attempt = { for: 'single sign-on', provider: name, start, endsAt, ...given }
      const url = await found.addressFor(given, callback)
      return { url, attempt: services.encrypt(JSON.stringify(attempt)) }
    },
    finish: (name, back) => orReport(parts, () => finish(name, back)),
    ...upkeep(parts, secrets, provider),
    links,
  }
}

type ProviderNamed = (name: string) => AuthProvider | undefined

/** What Setup does with providers. */
function upkeep(
  parts: SingleSignOnParts,
  secrets: ProviderSecrets,
  provider: ProviderNamed,
): Pick<SingleSignOn, 'hasSecret' | 'setSecret' | 'check'> {
  const { storage, ledger } = parts
  return {
    hasSecret: async (name) => (await secrets.of(name)) !== undefined,
    setSecret: async (name, secret, { userId: by, way }) => {
      const display = `${secret === '' ? 'Removed' : 'Changed'} the secret of AuthProvider ${name}`
      const entry = { action: 'changedAuthProvider', section: 'Auth. Providers', display, by, way }
      await storage.write(async (tx) => {
        await secrets.set(tx, name, secret)
        await noteSetup(ledger, tx, [entry])
      })
    },
    check: async (name) => {
      const body = provider(name)
      if (body === undefined) return 'there is no such provider of the type OpenIdConnect'
      try {
        await discoverProvider(callsOf(parts), body, await secrets.of(name))
        return undefined
      } catch (error) {
        if (error instanceof ProviderError) return error.message
        throw error
      }
    },
  }
}

function callsOf({ hosts }: SingleSignOnParts) {
  return { call: createOutsideFetch(hosts), hosts }
}

type Discover = (body: AuthProvider) => Promise<IdentityProvider>

/** Remembered for a while; a changed provider is another one. */
function discovery(
  parts: SingleSignOnParts,
  secretOf: (name: string) => Promise<string | undefined>,
): Discover {
  const known = new Map<
    string,
    { readonly key: string; readonly until: number; readonly found: Promise<IdentityProvider> }
  >()
  return async (body) => {
    const now = parts.clock.now()
    const secret = await secretOf(body.fullName)
    const key = JSON.stringify([body, secret])
    const before = known.get(body.fullName)
    if (before?.key === key && before.until > now) return before.found
    const found = discoverProvider(callsOf(parts), body, secret)
    known.set(body.fullName, { key, until: now + limits.providerKnownMs, found })
    found.catch(() => known.delete(body.fullName))
    return found
  }
}

function readAttempt(
  { services, clock }: Pick<SingleSignOnParts, 'services' | 'clock'>,
  text: string,
): Attempt | undefined {
  try {
    const attempt = JSON.parse(services.decrypt(text)) as Partial<Attempt>
    // What the engine encrypted for other ends is no attempt.
    const isOne = attempt.for === 'single sign-on' && (attempt.endsAt ?? 0) > clock.now()
    return isOne ? (attempt as Attempt) : undefined
  } catch {
    // Whoever sends something else has not begun here.
    return undefined
  }
}

async function orReport<Result>(
  { reportError }: Pick<SingleSignOnParts, 'reportError'>,
  work: () => Promise<Result | undefined>,
): Promise<Result | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    reportError(error)
    return undefined
  }
}
