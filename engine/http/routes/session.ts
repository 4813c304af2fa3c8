/** The session of the screens: a cookie that scripts cannot read, new at every sign-in. */
import type { Context } from 'hono'
import type { SignedInUser } from '../../auth/auth.ts'
import { systemCaller } from '../../auth/system-caller.ts'
import type { AppParts } from '../app-parts.ts'
import { requireOwnPage, sessionCookieText, sessionSecret } from '../identify.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json, noContent } from '../respond.ts'
import { needing, publicRoute, route, type Call, type Edge, type Route } from '../route.ts'
import { isSecure, own } from './addresses.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'deployer' | 'publicUrl' | 'records'>

export function sessionRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('POST', `${own}/session`, (context) => signIn(parts, context)),
    needing(
      'entry',
      route('GET', `${own}/session`, async ({ user }) => json(await sessionView(parts, user))),
    ),
    route('PATCH', `${own}/session`, (call) => changeLanguage(parts, call)),
    publicRoute('DELETE', `${own}/session`, (context) => signOut(parts, context)),
  ]
}

async function sessionView({ auth }: Parts, user: SignedInUser): Promise<unknown> {
  const { id: userId, name, username, language } = user
  const pending = await auth.pendingOf(user)
  const isPending = pending.newPassword || pending.secondFactor
  return { userId, name, username, language, ...(isPending ? { pending } : {}) }
}

async function signIn(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  requireOwnPage(request)
  const body = await jsonObject(request)
  const { user, secret } = await parts.auth.signIn({
    username: textMember(body, 'username'),
    password: textMember(body, 'password'),
    code: body.has('code') ? textMember(body, 'code') : undefined,
    address: peerAddress(context),
  })
  // A session from before, perhaps planted by somebody else, ends here.
  const before = sessionSecret(request)
  if (before !== undefined) await parts.auth.revoke(before)
  const secure = isSecure(request, parts.publicUrl)
  return json(await sessionView(parts, user), 200, {
    'Set-Cookie': sessionCookieText(secret, { secure }),
  })
}

/** Dates and numbers follow the language as long as they were those of the language before. */
const localeOfLanguage: ReadonlyMap<string, string> = new Map([
  ['en_US', 'en_US'],
  ['en_GB', 'en_GB'],
  ['de', 'de_DE'],
  ['es', 'es_ES'],
  ['es_MX', 'es_MX'],
])

/** People choose their own language, whatever their rights on users are. */
async function changeLanguage(parts: Parts, call: Call): Promise<Response> {
  const { user, caller } = call
  const language = textMember(await jsonObject(call.request), 'language')
  const follows = user.locale === localeOfLanguage.get(user.language)
  const locale = follows ? localeOfLanguage.get(language) : undefined
  const body = new Map([['LanguageLocaleKey', language]])
  if (locale !== undefined) body.set('LocaleSidKey', locale)
  const { access } = systemCaller(parts.deployer.store.current())
  await parts.records.update({ ...caller, access }, 'User', user.id, body)
  return noContent()
}

async function signOut(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  requireOwnPage(request)
  const secret = sessionSecret(request)
  if (secret !== undefined) await parts.auth.revoke(secret)
  const secure = isSecure(request, parts.publicUrl)
  return noContent({ 'Set-Cookie': sessionCookieText('', { secure }) })
}
