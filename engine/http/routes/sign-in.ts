/** Tokens for programs, and who holds one. */
import type { Context } from 'hono'
import type { SignedIn, SignedInUser } from '../../auth/auth.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { credentialOf } from '../identify.ts'
import { mediaType, readBody } from '../read-body.ts'
import { json } from '../respond.ts'
import { publicRoute, route, type Edge, type Route } from '../route.ts'
import { baseUrl } from './addresses.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'organization' | 'publicUrl'>

export function signInRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('POST', '/services/oauth2/token', (context) => token(parts, context)),
    publicRoute('POST', '/services/oauth2/revoke', (context) => revoke(parts, context)),
    route('GET', '/services/oauth2/userinfo', ({ request, user }) =>
      json(userInfo(parts, request, user)),
    ),
    publicRoute('GET', '/id/:organization/:user', (context) => identity(parts, context)),
  ]
}

/** Programs known from the start; all public, so that no secret is asked for. */
const clients: ReadonlySet<string> = new Set(['PlatformCLI', 'SalesforceDevelopmentExperience'])

const formBytesMax = 16 * 1024

async function token(parts: Parts, context: Context<Edge>): Promise<Response> {
  const form = await readForm(context.req.raw)
  if (form.get('grant_type') !== 'password') {
    return oauthError('unsupported_grant_type', 'grant type not supported')
  }
  const clientId = form.get('client_id') ?? ''
  if (!clients.has(clientId)) {
    return oauthError('invalid_client_id', 'client identifier invalid')
  }
  try {
    const signedIn = await parts.auth.grantToken({
      username: form.get('username') ?? '',
      password: form.get('password') ?? '',
      address: peerAddress(context),
      clientId,
      organizationId: parts.organization.id,
    })
    return tokenAnswer(parts, context.req.raw, signedIn)
  } catch (error) {
    if (error instanceof Refusal) return loginError(error)
    throw error
  }
}

function loginError(refusal: Refusal): Response {
  if (refusal.status >= 500) throw refusal
  const description = refusal.code === 'INVALID_LOGIN' ? 'authentication failure' : refusal.message
  return oauthError('invalid_grant', description)
}

function oauthError(error: string, description: string): Response {
  return json({ error, error_description: description }, 400)
}

function tokenAnswer(parts: Parts, request: Request, signedIn: SignedIn): Response {
  const issuedAt = String(signedIn.issuedAt)
  const id = identityUrl(parts, request, signedIn.user.id)
  return json({
    access_token: signedIn.secret,
    instance_url: baseUrl(request, parts.publicUrl),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
    signature: parts.auth.sign(id + issuedAt),
    scope: 'api id web',
  })
}

async function revoke(parts: Parts, context: Context<Edge>): Promise<Response> {
  const form = await readForm(context.req.raw)
  const secret = form.get('token')
  if (secret === null || secret === '') {
    return oauthError('unsupported_token_type', 'a token is needed')
  }
  await parts.auth.revoke(secret)
  return json({})
}

async function readForm(request: Request): Promise<URLSearchParams> {
  if (mediaType(request) !== 'application/x-www-form-urlencoded') {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/x-www-form-urlencoded.')
  }
  return new URLSearchParams(await readBody(request, formBytesMax))
}

function identityUrl(parts: Parts, request: Request, userId: string): string {
  return `${baseUrl(request, parts.publicUrl)}/id/${parts.organization.id}/${userId}`
}

/** Stock clients send the token in the address here; nowhere else is that taken. */
async function identity(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  const inAddress = context.req.query('oauth_token')
  const credential =
    credentialOf(request) ??
    (inAddress === undefined ? undefined : { kind: 'token' as const, secret: inAddress })
  if (credential === undefined) throw refuse('INVALID_SESSION_ID', 'Missing_OAuth_Token')
  const user = await parts.auth.user(credential)
  const isOwn =
    sameId(context.req.param('organization'), parts.organization.id) &&
    sameId(context.req.param('user'), user.id)
  if (!isOwn) throw refuse('NOT_FOUND', 'The requested resource does not exist')
  return json(identityOf(parts, request, user))
}

/** Both forms of an id are the same up to the checksum. */
function sameId(asked: string | undefined, id: string): boolean {
  return asked === id || asked === id.slice(0, 15)
}

function identityOf(parts: Parts, request: Request, user: SignedInUser): unknown {
  const base = baseUrl(request, parts.publicUrl)
  return {
    id: identityUrl(parts, request, user.id),
    asserted_user: true,
    user_id: user.id,
    organization_id: parts.organization.id,
    username: user.username,
    nick_name: user.username,
    display_name: user.name,
    email: user.email,
    email_verified: true,
    timezone: user.timeZone,
    photos: {},
    active: true,
    user_type: 'STANDARD',
    language: user.language,
    locale: user.locale,
    utcOffset: 0,
    urls: {
      rest: `${base}/services/data/v{version}/`,
      sobjects: `${base}/services/data/v{version}/sobjects/`,
      query: `${base}/services/data/v{version}/query/`,
      profile: `${base}/${user.id}`,
    },
  }
}

function userInfo(parts: Parts, request: Request, user: SignedInUser): unknown {
  return {
    sub: identityUrl(parts, request, user.id),
    user_id: user.id,
    organization_id: parts.organization.id,
    preferred_username: user.username,
    nickname: user.username,
    name: user.name,
    email: user.email,
    email_verified: true,
    zoneinfo: user.timeZone,
    locale: user.locale,
    language: user.language,
    active: true,
    user_type: 'STANDARD',
    photos: {},
    urls: {},
  }
}
