/** Signing in by an identity provider: the way there, the way back, and its secret in Setup. */
import type { Context } from 'hono'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { sessionCookieText, sessionSecret } from '../identify.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json, noContent } from '../respond.ts'
import { publicRoute, setupRoute, type Call, type Edge, type Route } from '../route.ts'
import { baseUrl, isSecure, own } from './addresses.ts'
import { goTo, localPath } from './frontdoor.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'publicUrl' | 'deployer'>

const kickoff = '/services/auth/sso'
const callback = '/services/authcallback'
const providers = `${own}/auth-providers`

export function singleSignOnRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('GET', `${own}/sign-in-options`, () => json(options(parts))),
    publicRoute('GET', `${kickoff}/:name`, (context) => begin(parts, context)),
    publicRoute('GET', `${callback}/:name`, (context) => finish(parts, context)),
    setupRoute('GET', providers, (call) => list(parts, call)),
    setupRoute('POST', `${providers}/:name/check`, async (call) => {
      const problem = await parts.auth.singleSignOn.check(call.param('name'))
      return json({ problem: problem ?? null })
    }),
    setupRoute('PUT', `${providers}/:name/secret`, (call) => setSecret(parts, call)),
  ]
}

function options({ auth }: Parts): unknown {
  const offered = auth.singleSignOn.offered()
  const providers = offered.map(({ name, label }) => ({ name, label, url: startOf(name) }))
  return { providers, forgottenPassword: auth.forgottenPasswords.isOffered }
}

function startOf(name: string): string {
  return `${kickoff}/${encodeURIComponent(name)}`
}

/** At the provider the very address must be registered. */
function callbackFor(parts: Parts, request: Request, name: string): string {
  return `${baseUrl(request, parts.publicUrl)}${callback}/${encodeURIComponent(name)}`
}

const attemptCookie = 'sso'
const attemptPattern = /(?:^|;\s*)sso=([\w:-]+)/

function attemptCookieText(attempt: string, secure: boolean): string {
  const age = attempt === '' ? '; Max-Age=0' : ''
  // The way back comes from another site, by a link that is followed: Lax is what lets it through.
  return `${attemptCookie}=${attempt}; Path=${callback}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`
}

const refusedPlace = '/?signIn=failed'

async function begin(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  const name = context.req.param('name') ?? ''
  const begun = await parts.auth.singleSignOn.begin(name, {
    callback: callbackFor(parts, request, name),
    start: localPath(context.req.query('startURL')),
  })
  if (begun === undefined) return goTo(refusedPlace)
  return goTo(begun.url.href, [
    attemptCookieText(begun.attempt, isSecure(request, parts.publicUrl)),
  ])
}

/** Whatever is wrong is answered alike; only a browser that began here brings the attempt with it. */
async function finish(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  const { auth, publicUrl } = parts
  const name = context.req.param('name') ?? ''
  const secure = isSecure(request, publicUrl)
  const ended = attemptCookieText('', secure)
  const attempt = attemptPattern.exec(request.headers.get('cookie') ?? '')?.[1] ?? ''
  const answered = new URL(callbackFor(parts, request, name) + new URL(request.url).search)
  const back = { answered, attempt, address: peerAddress(context) }
  const finished = await auth.singleSignOn.finish(name, back)
  if (finished === undefined) return goTo(refusedPlace, [ended])
  const before = sessionSecret(request)
  if (before !== undefined) await auth.revoke(before)
  const secret = await auth.openSession(finished.userId, 'identity provider')
  return goTo(finished.start, [ended, sessionCookieText(secret, { secure })])
}

async function list(parts: Parts, { request }: Call): Promise<Response> {
  const { singleSignOn } = parts.auth
  const views = [...parts.deployer.store.current().components('AuthProvider')].map(
    async ({ fullName, body }) => ({
      name: fullName,
      label: body.friendlyName,
      providerType: body.providerType,
      issuer: body.idTokenIssuer ?? null,
      callbackUrl: callbackFor(parts, request, fullName),
      hasSecret: await singleSignOn.hasSecret(fullName),
    }),
  )
  return json(await Promise.all(views))
}

const secretCharsMax = 4_000

async function setSecret(parts: Parts, call: Call): Promise<Response> {
  const name = call.param('name')
  if (parts.deployer.store.current().component('AuthProvider', name) === undefined) {
    throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  }
  const secret = textMember(await jsonObject(call.request), 'consumerSecret')
  if (secret.length > secretCharsMax) {
    throw refuse('INVALID_ARGUMENT', message('The secret is too long.'), {
      fields: ['consumerSecret'],
    })
  }
  const by = { userId: call.user.id, way: call.caller.source }
  await parts.auth.singleSignOn.setSecret(name, secret, by)
  return noContent()
}
