/** The session of the screens: a cookie that scripts cannot read, new at every sign-in. */
import type { Context } from 'hono'
import type { SignedInUser } from '../../auth/auth.ts'
import type { AppParts } from '../app-parts.ts'
import { requireOwnPage, sessionCookieText, sessionSecret } from '../identify.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json, noContent } from '../respond.ts'
import { publicRoute, route, type Edge, type Route } from '../route.ts'
import { isSecure, own } from './addresses.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'publicUrl'>

export function sessionRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('POST', `${own}/session`, (context) => signIn(parts, context)),
    route('GET', `${own}/session`, ({ user }) => json(sessionView(user))),
    publicRoute('DELETE', `${own}/session`, (context) => signOut(parts, context)),
  ]
}

function sessionView(user: SignedInUser): unknown {
  return { userId: user.id, name: user.name, username: user.username }
}

async function signIn(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  requireOwnPage(request)
  const body = await jsonObject(request)
  const { user, secret } = await parts.auth.signIn({
    username: textMember(body, 'username'),
    password: textMember(body, 'password'),
    address: peerAddress(context),
  })
  // A session from before, perhaps planted by somebody else, ends here.
  const before = sessionSecret(request)
  if (before !== undefined) await parts.auth.revoke(before)
  const secure = isSecure(request, parts.publicUrl)
  return json(sessionView(user), 200, { 'Set-Cookie': sessionCookieText(secret, { secure }) })
}

async function signOut(parts: Parts, context: Context<Edge>): Promise<Response> {
  const request = context.req.raw
  requireOwnPage(request)
  const secret = sessionSecret(request)
  if (secret !== undefined) await parts.auth.revoke(secret)
  const secure = isSecure(request, parts.publicUrl)
  return noContent({ 'Set-Cookie': sessionCookieText('', { secure }) })
}
