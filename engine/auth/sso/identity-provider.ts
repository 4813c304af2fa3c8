/** Identity providers of the metadata, and what is asked of them by OpenID Connect. */
import * as oidc from 'openid-client'
import type { AuthProvider } from '../../../metadata/types.ts'
import { limits } from '../../base/limits.ts'
import { isNamed } from '../../webhooks/outside-address.ts'
import { OutsideCallError, type OutsideFetch } from './outside-fetch.ts'

/** What was agreed on when somebody was sent to the provider. */
export interface SignInAttempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Who somebody is, as the provider says and its signature proves. */
export interface ProvenIdentity {
  readonly issuer: string
  readonly subject: string
  readonly claims: ReadonlyMap<string, unknown>
}

export interface IdentityProvider {
  /** Where people are sent. */
  addressFor(attempt: SignInAttempt, callback: string): Promise<URL>
  /** `answered`: the address with which they came back. */
  identityOf(attempt: SignInAttempt, answered: URL): Promise<ProvenIdentity>
}

/** What a provider, or the way to it, did wrong; never told to whoever signs in. */
export class ProviderError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'ProviderError'
  }
}

export interface ProviderParts {
  readonly call: OutsideFetch
  /** Hosts that may be called without encryption too, since the settings name them. */
  readonly hosts: readonly string[]
}

const usualScopes = 'openid email profile'

/** Asks the provider for its addresses and keys. Refuses as ProviderError. */
export async function discoverProvider(
  parts: ProviderParts,
  { consumerKey, idTokenIssuer, defaultScopes, ...more }: AuthProvider,
  secret: string | undefined,
): Promise<IdentityProvider> {
  const issuer = URL.canParse(idTokenIssuer ?? '') ? new URL(idTokenIssuer ?? '') : undefined
  if (issuer === undefined) throw new ProviderError('idTokenIssuer is no address')
  if (consumerKey === undefined) throw new ProviderError('consumerKey is missing')
  const proof = proofWith(secret, more.sendClientCredentialsInHeader === true)
  const found = await told(() =>
    oidc.discovery(issuer, consumerKey, undefined, proof, {
      [oidc.customFetch]: parts.call,
      timeout: limits.identityAnswerMs / 1_000,
      execute: isNamed(issuer, parts.hosts) ? [oidc.allowInsecureRequests] : [],
    }),
  )
  const scope = withOpenId(defaultScopes ?? usualScopes)
  return {
    addressFor: async ({ state, nonce, verifier }, callback) =>
      oidc.buildAuthorizationUrl(found, {
        redirect_uri: callback,
        scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    identityOf: (attempt, answered) => told(() => identityOf(found, attempt, answered)),
  }
}

function proofWith(secret: string | undefined, inHeader: boolean): oidc.ClientAuth {
  if (secret === undefined) return oidc.None()
  return inHeader ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret)
}

function withOpenId(scopes: string): string {
  return [...new Set(['openid', ...scopes.split(/\s+/).filter((name) => name !== '')])].join(' ')
}

async function identityOf(
  found: oidc.Configuration,
  { state, nonce, verifier }: SignInAttempt,
  answered: URL,
): Promise<ProvenIdentity> {
  const tokens = await oidc.authorizationCodeGrant(found, answered, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (claims === undefined) throw new ProviderError('the provider gave no identity')
  const { iss: issuer, sub: subject } = claims
  const more =
    found.serverMetadata().userinfo_endpoint === undefined
      ? {}
      : await oidc.fetchUserInfo(found, tokens.access_token, subject)
  // What is signed counts before what is only told.
  return { issuer, subject, claims: new Map(Object.entries({ ...more, ...claims })) }
}

/** Whatever goes wrong on the other side is one kind of error. */
async function told<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    if (isOfProvider(error)) throw new ProviderError(reasonOf(error))
    throw error
  }
}

function isOfProvider(error: unknown): error is Error {
  return (
    error instanceof OutsideCallError ||
    error instanceof oidc.ClientError ||
    error instanceof oidc.AuthorizationResponseError ||
    error instanceof oidc.ResponseBodyError ||
    error instanceof oidc.WWWAuthenticateChallengeError
  )
}

function reasonOf(error: Error): string {
  const { cause } = error
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message
}
