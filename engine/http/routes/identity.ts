/** Who holds a token, as stock clients ask. */
import type { Context } from 'hono'
import type { SignedInUser } from '../../auth/auth.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { credentialOf } from '../identify.ts'
import { json } from '../respond.ts'
import { needing, publicRoute, route, type Edge, type Route } from '../route.ts'
import { baseUrl } from './addresses.ts'
import { identityUrl } from './identity-url.ts'

type Parts = Pick<AppParts, 'auth' | 'organization' | 'publicUrl'>

export function identityRoutes(parts: Parts): readonly Route[] {
  return [
    needing(
      'id',
      route('GET', '/services/oauth2/userinfo', ({ request, user }) =>
        json(userInfo(parts, request, user)),
      ),
    ),
    publicRoute('GET', '/id/:organization/:user', (context) => identity(parts, context)),
  ]
}

/** Stock clients send the token in the address here; nowhere else is that taken. */
async function identity(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  const inAddress = context.req.query('oauth_token')
  const credential =
    credentialOf(request) ??
    (inAddress === undefined ? undefined : { kind: 'token' as const, secret: inAddress })
  if (credential === undefined) throw refuse('INVALID_SESSION_ID', 'Missing_OAuth_Token')
  const user = await parts.auth.user(credential, 'id')
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
