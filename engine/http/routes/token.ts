/** Tokens for programs: each way to one is a line of the table below. */
import type { Context } from 'hono'
import type { SignedInUser } from '../../auth/auth.ts'
import { askedScope } from '../../auth/oauth/scopes.ts'
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import { publicRoute, setupRoute, type Call, type Edge, type Route } from '../route.ts'
import { clientIdOf } from '../../model/check-connected-app.ts'
import { refuse } from '../../base/refusal.ts'
import { baseUrl, own } from './addresses.ts'
import { identityUrl } from './identity-url.ts'
import { clientProof, oauthAnswer, oauthError, readForm } from './oauth-answers.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'organization' | 'publicUrl' | 'deployer'>

export function tokenRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('POST', '/services/oauth2/token', (context) => token(parts, context)),
    publicRoute('POST', '/services/oauth2/revoke', async (context) =>
      revoke(parts, (await readForm(context.req.raw)).get('token')),
    ),
    publicRoute('GET', '/services/oauth2/revoke', (context) =>
      revoke(parts, context.req.query('token')),
    ),
    setupRoute('POST', `${own}/connected-apps/:name/secret`, (call) => renewSecret(parts, call)),
  ]
}

interface TokenRequest {
  readonly request: Request
  readonly form: URLSearchParams
  readonly address: string
}

interface Issued {
  readonly user: SignedInUser
  readonly secret: string
  readonly issuedAt: number
  readonly scope?: string
  readonly refreshToken?: string | undefined
}

type Way = (parts: Parts, asked: TokenRequest) => Promise<Issued>

const ways: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['password', byPassword],
  ['authorization_code', byCode],
  ['refresh_token', byRefreshToken],
  ['client_credentials', ofClient],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', byAssertion],
])

async function token(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  const form = await readForm(request)
  const way = ways.get(form.get('grant_type') ?? '')
  if (way === undefined) return oauthError('unsupported_grant_type', 'grant type not supported')
  try {
    const issued = await way(parts, { request, form, address: peerAddress(context) })
    return tokenAnswer(parts, request, issued)
  } catch (error) {
    return oauthAnswer(error)
  }
}

function tokenAnswer(parts: Parts, request: Request, issued: Issued): Response {
  const issuedAt = String(issued.issuedAt)
  const id = identityUrl(parts, request, issued.user.id)
  const { refreshToken } = issued
  return json({
    access_token: issued.secret,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    instance_url: baseUrl(request, parts.publicUrl),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
    signature: parts.auth.sign(id + issuedAt),
    scope: issued.scope ?? 'api id web',
  })
}

async function byPassword(parts: Parts, { request, form, address }: TokenRequest): Promise<Issued> {
  const client = await parts.auth.oauth.provenClient(clientProof(request, form))
  // Refused before the password is looked at.
  const scope = askedScope(form.get('scope'), client.scopes)
  const granted = await parts.auth.grantToken({
    username: form.get('username') ?? '',
    password: form.get('password') ?? '',
    address,
    clientId: client.id,
    scope,
  })
  return scope === undefined ? granted : { ...granted, scope }
}

async function byCode(parts: Parts, { request, form, address }: TokenRequest): Promise<Issued> {
  const { oauth } = parts.auth
  return oauth.tokenByCode(await oauth.provenClient(clientProof(request, form)), {
    code: form.get('code') ?? '',
    redirectUri: form.get('redirect_uri') ?? '',
    verifier: form.get('code_verifier') ?? '',
    address,
  })
}

async function byRefreshToken(
  parts: Parts,
  { request, form, address }: TokenRequest,
): Promise<Issued> {
  const { oauth } = parts.auth
  const client = await oauth.provenClient(clientProof(request, form))
  return oauth.tokenByRefresh(client, {
    refreshToken: form.get('refresh_token') ?? '',
    scope: form.get('scope') ?? undefined,
    address,
  })
}

async function ofClient(parts: Parts, { request, form, address }: TokenRequest): Promise<Issued> {
  const { oauth } = parts.auth
  const scope = form.get('scope') ?? undefined
  const client = await oauth.provenClient(clientProof(request, form))
  return oauth.tokenOfClient(client, { address, scope })
}

function byAssertion(parts: Parts, { request, form, address }: TokenRequest): Promise<Issued> {
  const audience = baseUrl(request, parts.publicUrl)
  const assertion = form.get('assertion') ?? ''
  const scope = form.get('scope') ?? undefined
  return parts.auth.oauth.tokenByAssertion({ assertion, audience, address, scope })
}

/** Unknown tokens are answered alike: they have ended, whatever they were. */
async function revoke(parts: Parts, secret: string | null | undefined): Promise<Response> {
  if (secret === null || secret === undefined || secret === '') {
    return oauthError('unsupported_token_type', 'a token is needed')
  }
  await parts.auth.revoke(secret)
  return json({})
}

/** The secret of a connected app is made here, shown once, and never part of the metadata. */
async function renewSecret(parts: Parts, call: Call): Promise<Response> {
  const name = call.param('name')
  const app = parts.deployer.store.current().component('ConnectedApp', name)
  const consumerKey = app === undefined ? undefined : clientIdOf(app.body)
  if (consumerKey === undefined) {
    throw refuse('NOT_FOUND', `There is no ConnectedApp ${name} that asks for tokens.`)
  }
  const consumerSecret = await parts.auth.oauth.renewSecret(consumerKey)
  return json({ consumerKey, consumerSecret })
}
