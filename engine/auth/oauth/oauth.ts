/** Tokens for programs that act for people: by their consent, by an assertion, or as a user of their own. */
import { hash } from 'node:crypto'
import type { Clock, RandomBytes } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { newSessionSecret, newTokenSecret } from '../secrets.ts'
import type { Sessions } from '../sessions.ts'
import type { CurrentModel, SignedInUser, Users } from '../users.ts'
import { clientOf, isCallback, sameText, type Client, type ClientSecrets } from './clients.ts'
import type { Grant, GrantKind, Grants, Taken } from './grants.ts'
import { oauthRefusal } from './oauth-refusal.ts'
import { issuerOf, readAssertion } from './read-assertion.ts'
import { askedScope, isLasting, narrowedScope } from './scopes.ts'

/** What the token endpoint answers with. */
export interface GrantedToken {
  readonly user: SignedInUser
  readonly secret: string
  readonly issuedAt: number
  readonly scope: string
  readonly refreshToken: string | undefined
}

/** From where a program asks. */
export interface Asking {
  readonly address: string
}

export interface ScopedAsking extends Asking {
  /** As the program wrote it. */
  readonly scope?: string | undefined
}

export interface ClientProof {
  readonly id: string
  /** Undefined when none was sent. */
  readonly secret: string | undefined
}

export interface CodeRequest {
  readonly client: Client
  readonly userId: string
  readonly redirectUri: string
  readonly challenge: string | undefined
  readonly scope: string
}

export interface CodeAnswer {
  readonly code: string
  readonly redirectUri: string
  readonly verifier: string
}

export interface OAuth {
  /** Refuses as invalid_client_id. */
  client(id: string): Client
  /** The client, once it has proved itself as far as it can. */
  provenClient(proof: ClientProof): Promise<Client>
  /** A code that works once, soon, for this client and address alone. */
  grantCode(request: CodeRequest): Promise<string>
  tokenByCode(client: Client, given: CodeAnswer & Asking): Promise<GrantedToken>
  /** `scope`: for less than what was granted. */
  tokenByRefresh(
    client: Client,
    given: Asking & { readonly refreshToken: string; readonly scope?: string | undefined },
  ): Promise<GrantedToken>
  tokenOfClient(client: Client, asking: ScopedAsking): Promise<GrantedToken>
  /** `audience`: our own address. */
  tokenByAssertion(
    given: ScopedAsking & { readonly assertion: string; readonly audience: string },
  ): Promise<GrantedToken>
  /** Ends a refresh token with all that came of it. */
  revoke(secret: string): Promise<void>
  /** A secret that opens the screens once. */
  grantFrontdoor(userId: string): Promise<string>
  /** The user whose screens it opens; undefined when it was used or has ended. */
  takeFrontdoor(secret: string): Promise<string | undefined>
  /** Ends what an access token was granted with, so that its program cannot renew it; by the hash of its secret. */
  endGranted(secretHash: string): Promise<void>
  endAllOf(userId: string): Promise<void>
  /** A new secret of a confidential client. */
  renewSecret(client: string): Promise<string>
}

export interface OAuthParts {
  readonly grants: Grants
  readonly clientSecrets: ClientSecrets
  readonly sessions: Sessions
  readonly users: Users
  readonly models: CurrentModel
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly organizationId: string
  /** Refuses users who may not use the API. */
  readonly requireApi: (user: SignedInUser) => void
  /** Notes that a program came for a user, and whether it may from there and now. */
  readonly admit: (
    user: SignedInUser,
    from: { readonly address: string; readonly client: string },
  ) => Promise<boolean>
}

export function createOAuth(parts: OAuthParts): OAuth {
  const { grants, clock, randomBytes } = parts
  const client = (id: string): Client => {
    const found = clientOf(parts.models.current(), id)
    if (found === undefined) throw oauthRefusal('invalid_client_id', 'client identifier invalid')
    return found
  }
  const once = async (kind: GrantKind, userId: string, of: Partial<Grant>): Promise<string> => {
    const secret = newSessionSecret(randomBytes)
    const family = newSessionSecret(randomBytes)
    const details = of.details ?? { scope: '' }
    const expiresAt = of.expiresAt ?? clock.now() + limits.frontdoorLifetimeMs
    await grants.add(secret, { kind, family, userId, client: of.client ?? '', details, expiresAt })
    return secret
  }
  return {
    client,
    provenClient: (proof) => provenClient(parts, client(proof.id), proof.secret),
    grantCode: ({ client: { id }, userId, redirectUri, challenge, scope }) =>
      once('code', userId, {
        client: id,
        details: { scope, redirectUri, ...(challenge === undefined ? {} : { challenge }) },
        expiresAt: clock.now() + limits.authorizationCodeLifetimeMs,
      }),
    tokenByCode: (of, given) => tokenByCode(parts, of, given),
    tokenByRefresh: (of, given) => tokenByRefresh(parts, of, given),
    tokenOfClient: (of, asking) => tokenOfClient(parts, of, asking),
    tokenByAssertion: (given) => tokenByAssertion(parts, client(issuerOf(given.assertion)), given),
    revoke: async (secret) => {
      const grant = await grants.find('refresh', secret)
      if (grant !== undefined) await endFamily(parts, grant.family)
    },
    grantFrontdoor: (userId) => once('frontdoor', userId, {}),
    takeFrontdoor: async (secret) => {
      const taken = await grants.take('frontdoor', secret)
      return taken.outcome === 'taken' ? taken.grant.userId : undefined
    },
    endGranted: async (secretHash) => {
      const family = await grants.familyOf(secretHash)
      if (family !== undefined) await endFamily(parts, family)
    },
    endAllOf: grants.endAllOf,
    renewSecret: parts.clientSecrets.renew,
  }
}

async function provenClient(
  { clientSecrets }: OAuthParts,
  client: Client,
  secret: string | undefined,
): Promise<Client> {
  // What a public client sends as its secret is known to everybody.
  if (client.isPublic) return client
  if (secret !== undefined && (await clientSecrets.matches(client.id, secret))) return client
  throw oauthRefusal('invalid_client', 'invalid client credentials')
}

async function tokenByCode(
  parts: OAuthParts,
  client: Client,
  given: CodeAnswer & Asking,
): Promise<GrantedToken> {
  const { family, userId, details } = await taken(
    parts,
    await parts.grants.take('code', given.code),
  )
  const fits = details.redirectUri === given.redirectUri && isCallback(client, given.redirectUri)
  if (!fits) throw oauthRefusal('invalid_grant', 'redirect_uri must match configuration')
  if (!isVerified(details.challenge, given.verifier)) {
    throw oauthRefusal('invalid_grant', 'invalid code verifier')
  }
  const { address } = given
  const origin = { client, family, userId, scope: details.scope, address }
  const refreshToken = isLasting(details.scope) ? await newRefreshToken(parts, origin) : undefined
  return issue(parts, { ...origin, refreshToken })

  async function taken(of: OAuthParts, outcome: Taken): Promise<Grant> {
    const known = outcome.outcome === 'unknown' ? undefined : outcome.grant
    if (known === undefined || known.client !== client.id) {
      throw oauthRefusal('invalid_grant', 'invalid authorization code')
    }
    if (outcome.outcome === 'taken') return known
    await endFamily(of, known.family)
    throw oauthRefusal('invalid_grant', 'expired authorization code')
  }
}

function isVerified(challenge: string | undefined, verifier: string): boolean {
  if (challenge === undefined) return verifier === ''
  return verifier !== '' && sameText(hash('sha256', verifier, 'base64url'), challenge)
}

async function tokenByRefresh(
  parts: OAuthParts,
  client: Client,
  { refreshToken, scope, address }: Parameters<OAuth['tokenByRefresh']>[1],
): Promise<GrantedToken> {
  const { grants, clock } = parts
  const refused = () => oauthRefusal('invalid_grant', 'expired access/refresh token')
  if (!client.rotatesRefreshTokens) {
    const grant = await grants.find('refresh', refreshToken)
    if (grant === undefined || grant.client !== client.id) throw refused()
    const { family, userId, details } = grant
    const narrowed = narrowedScope(scope, details.scope)
    await grants.extend(refreshToken, clock.now() + limits.refreshTokenLifetimeMs)
    const origin = { client, family, userId, scope: narrowed, address }
    return issue(parts, { ...origin, refreshToken: undefined })
  }
  const current = await grants.find('refresh', refreshToken)
  // Who asks for too much keeps what there is.
  if (current !== undefined) narrowedScope(scope, current.details.scope)
  const taken = await grants.take('refresh', refreshToken)
  if (taken.outcome === 'unknown' || taken.grant.client !== client.id) throw refused()
  const { family, userId, details } = taken.grant
  if (taken.outcome === 'replayed') {
    await endFamily(parts, family)
    throw refused()
  }
  const origin = { client, family, userId, scope: details.scope, address }
  const renewed = await newRefreshToken(parts, origin)
  return issue(parts, {
    ...origin,
    scope: narrowedScope(scope, details.scope),
    refreshToken: renewed,
  })
}

async function tokenOfClient(
  parts: OAuthParts,
  client: Client,
  { address, scope: asked }: ScopedAsking,
): Promise<GrantedToken> {
  if (client.runsAs === undefined || client.isPublic) {
    throw oauthRefusal('invalid_grant', 'client credentials flow is not enabled for this client')
  }
  const userId = await parts.users.idOf(client.runsAs)
  if (userId === undefined) throw oauthRefusal('invalid_grant', 'no such user to run as')
  const scope = askedScope(asked, client.scopes) ?? 'api'
  const origin = { client, family: undefined, userId, scope, address }
  return issue(parts, { ...origin, refreshToken: undefined })
}

async function tokenByAssertion(
  parts: OAuthParts,
  client: Client,
  given: Parameters<OAuth['tokenByAssertion']>[0],
): Promise<GrantedToken> {
  const { certificate } = client
  if (certificate === undefined) {
    throw oauthRefusal('invalid_grant', 'no certificate is registered for this client')
  }
  const { assertion, audience, address } = given
  const { subject } = await readAssertion(assertion, { certificate, audience, clock: parts.clock })
  const userId = await parts.users.idOf(subject)
  const approved =
    userId !== undefined &&
    (client.isAdminApproved || (await parts.grants.holds(userId, client.id)))
  // An unknown user is answered like one who did not agree.
  if (!approved) throw oauthRefusal('invalid_grant', "user hasn't approved this consumer")
  const scope = askedScope(given.scope, client.scopes) ?? 'api web'
  const origin = { client, family: undefined, userId, scope, address }
  return issue(parts, { ...origin, refreshToken: undefined })
}

interface Origin extends Asking {
  readonly client: Client
  /** Of what it came of; undefined where it is the first. */
  readonly family: string | undefined
  readonly userId: string
  readonly scope: string
}

async function newRefreshToken(parts: OAuthParts, origin: Origin): Promise<string> {
  const { client, family, userId, scope } = origin
  const secret = newTokenSecret(parts.randomBytes, parts.organizationId)
  const expiresAt = parts.clock.now() + limits.refreshTokenLifetimeMs
  const details = { scope }
  const grant = { kind: 'refresh', userId, client: client.id, details, expiresAt } as const
  await note(parts, secret, { ...grant, family })
  return secret
}

/** What comes of a family that was ended meanwhile is refused. */
async function note(
  { grants, randomBytes }: OAuthParts,
  secret: string,
  { family, ...grant }: Omit<Grant, 'family'> & Pick<Origin, 'family'>,
): Promise<void> {
  if (family === undefined) {
    await grants.add(secret, { ...grant, family: newSessionSecret(randomBytes) })
  } else if (!(await grants.join(secret, { ...grant, family }))) {
    throw oauthRefusal('invalid_grant', 'expired access/refresh token')
  }
}

async function issue(
  parts: OAuthParts,
  origin: Origin & { readonly refreshToken: string | undefined },
): Promise<GrantedToken> {
  const { client, family, userId, scope, refreshToken, address } = origin
  const user = await parts.users.byId(userId)
  if (user === undefined) throw oauthRefusal('invalid_grant', 'inactive user')
  parts.requireApi(user)
  if (!(await parts.admit(user, { address, client: client.id }))) {
    throw oauthRefusal('invalid_grant', 'login not allowed from here or at this time')
  }
  const secret = newTokenSecret(parts.randomBytes, parts.organizationId)
  const holder = { userId, client: client.id, scope }
  const session = await parts.sessions.add({ kind: 'token', secret }, holder)
  const { expiresAt, createdAt: issuedAt } = session
  try {
    const grant = { kind: 'access', userId, client: client.id, expiresAt } as const
    await note(parts, secret, { ...grant, details: { scope }, family })
  } catch (error) {
    await parts.sessions.revoke(secret)
    throw error
  }
  return { user, secret, issuedAt, scope, refreshToken }
}

async function endFamily(parts: OAuthParts, family: string): Promise<void> {
  for (const hashed of await parts.grants.endFamily(family)) await parts.sessions.end(hashed)
}
