/** From a program into the screens: an address that opens them once, for a minute. */
import type { Context } from 'hono'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { emptyHeaders } from '../headers.ts'
import { sessionCookieText, sessionSecret } from '../identify.ts'
import { json } from '../respond.ts'
import { needing, publicRoute, route, type Call, type Edge, type Route } from '../route.ts'
import { baseUrl, isSecure } from './addresses.ts'
import { readForm } from './oauth-answers.ts'

type Parts = Pick<AppParts, 'auth' | 'publicUrl'>

export function frontdoorRoutes(parts: Parts): readonly Route[] {
  const path = '/services/oauth2/singleaccess'
  return [
    needing(
      'web',
      route('GET', path, (call) => makeAddress(parts, call, call.query('redirect_uri'))),
    ),
    needing(
      'web',
      route('POST', path, async (call) =>
        makeAddress(parts, call, (await readForm(call.request)).get('redirect_uri')),
      ),
    ),
    publicRoute('GET', '/secur/frontdoor.jsp', (context) => enter(parts, context)),
  ]
}

async function makeAddress(
  parts: Parts,
  { request, user }: Call,
  start: string | null | undefined,
): Promise<Response> {
  const url = new URL('/secur/frontdoor.jsp', baseUrl(request, parts.publicUrl))
  url.searchParams.set('otp', await parts.auth.oauth.grantFrontdoor(user.id))
  if (start !== null && start !== undefined) url.searchParams.set('startURL', start)
  return json({ frontdoor_uri: url.href })
}

async function enter(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  // Another site must not sign somebody in as somebody else.
  if (request.headers.get('sec-fetch-site') === 'cross-site') {
    throw refuse(
      'INSUFFICIENT_ACCESS',
      'Open this address yourself; other sites may not lead here.',
    )
  }
  const userId = await parts.auth.oauth.takeFrontdoor(context.req.query('otp') ?? '')
  if (userId === undefined) return goTo('/login')
  const before = sessionSecret(request)
  if (before !== undefined) await parts.auth.revoke(before)
  const secret = await parts.auth.openSession(userId)
  const secure = isSecure(request, parts.publicUrl)
  const start = context.req.query('startURL') ?? context.req.query('retURL')
  return goTo(localPath(start), [sessionCookieText(secret, { secure })])
}

/** A place on this server; everything else leads to its beginning. */
export function localPath(asked: string | undefined): string {
  if (asked === undefined) return '/'
  const origin = 'http://localhost'
  const path = decodeIfEncoded(asked)
  const url = URL.canParse(path, origin) ? new URL(path, origin) : undefined
  const isLocal = path.startsWith('/') && url !== undefined && url.origin === origin
  // "/.//elsewhere" is this place with a path that begins like the name of another one.
  return isLocal && !url.pathname.startsWith('//') ? url.pathname + url.search : '/'
}

/** Stock clients encode the path once more. */
function decodeIfEncoded(text: string): string {
  return /^%2f/i.test(text) ? `/${text.slice(3)}` : text
}

export function goTo(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...emptyHeaders, Location: location })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 302, headers })
}
