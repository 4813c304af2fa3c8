/** One's own password and second factor, and what the organisation asks of them. */
import type { Context } from 'hono'
import { renderSVG } from 'uqr'
import { passwordLinkUrl } from '../../auth/password-links.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { requireOwnPage, sessionCookieText } from '../identify.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { forManagersOf } from '../managed-users.ts'
import { json, noContent } from '../respond.ts'
import {
  forManagers,
  needing,
  publicRoute,
  route,
  type Call,
  type Edge,
  type Route,
} from '../route.ts'
import { baseUrl, isSecure, own } from './addresses.ts'
import { peerAddress } from './peer-address.ts'

type Parts = Pick<AppParts, 'auth' | 'publicUrl' | 'records' | 'deployer'>

const factor = `${own}/session/second-factor`
const settings = `${own}/security-settings`

export function ownIdentityRoutes(parts: Parts): readonly Route[] {
  const { auth } = parts
  return [
    needing(
      'entry',
      route('POST', `${own}/session/password`, (call) => newPassword(parts, call)),
    ),
    needing(
      'entry',
      route('GET', factor, (call) => factorView(parts, call)),
    ),
    needing(
      'entry',
      route('POST', factor, (call) => begin(parts, call)),
    ),
    needing(
      'entry',
      route('PUT', factor, (call) => confirm(parts, call)),
    ),
    route('DELETE', factor, (call) => remove(parts, call)),
    forManagersOf(
      parts,
      route('POST', `${own}/users/:id/password-link`, (call) => makeLink(parts, call)),
    ),
    publicRoute('POST', `${own}/session/password-link`, (context) => redeemLink(parts, context)),
    publicRoute('POST', `${own}/session/forgotten-password`, (context) => forgot(parts, context)),
    forManagersOf(
      parts,
      route('GET', `${own}/users/:id/sign-in`, (call) => signInFacts(parts, call)),
    ),
    forManagersOf(
      parts,
      route('PUT', `${own}/users/:id/freeze`, (call) => freeze(parts, call, true)),
    ),
    forManagersOf(
      parts,
      route('DELETE', `${own}/users/:id/freeze`, (call) => freeze(parts, call, false)),
    ),
    forManagersOf(
      parts,
      route('DELETE', `${own}/users/:id/second-factor`, (call) => reset(parts, call)),
    ),
    forManagers(route('GET', settings, () => json(auth.securitySettings.current()))),
    forManagers(
      route('PATCH', settings, async (call) => {
        const by = { userId: call.user.id, way: call.caller.source }
        return json(await auth.securitySettings.change(await jsonObject(call.request), by))
      }),
    ),
  ]
}

async function newPassword(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const { newPassword: isExpired } = await parts.auth.pendingOf(call.user)
  await prove(parts, call, { body, isFactorProved: isExpired })
  const by = { userId: call.user.id, way: call.caller.source }
  await parts.auth.setPassword(call.user.id, textMember(body, 'newPassword'), by)
  return noContent(await freshCookie(parts, call))
}

async function makeLink(parts: Parts, call: Call): Promise<Response> {
  const by = { userId: call.user.id, way: call.caller.source }
  const userId = normaliseId(call.param('id')) ?? ''
  const { secret, expiresAt } = await parts.auth.passwordLinks.make(userId, by)
  const url = passwordLinkUrl(baseUrl(call.request, parts.publicUrl), secret)
  return json({ url, expiresAt: new Date(expiresAt).toISOString() }, 201)
}

async function signInFacts({ auth, records }: Parts, call: Call): Promise<Response> {
  const id = await knownUser(records, call)
  return json({
    hasPassword: await auth.credentials.has(id),
    secondFactor: await auth.secondFactor.isEnrolled(id),
    isFrozen: await auth.isFrozen(id),
    providerLinks: await auth.singleSignOn.links.countOf(id),
  })
}

async function freeze({ auth, records }: Parts, call: Call, isFrozen: boolean): Promise<Response> {
  const id = await knownUser(records, call)
  if (id === call.user.id) {
    throw refuse('INVALID_ARGUMENT', message('Nobody freezes himself: ask another administrator.'))
  }
  await auth.freeze(id, isFrozen, { userId: call.user.id, way: call.caller.source })
  return noContent()
}

/** Active or not, frozen or not, as far as the caller may see him. */
async function knownUser(records: Parts['records'], call: Call): Promise<string> {
  const { text } = await records.retrieve(call.caller, 'User', call.param('id'), ['Id'])
  const { Id: id }: { readonly Id?: unknown } = JSON.parse(text)
  return String(id)
}

async function redeemLink(parts: Parts, context: Context<Edge>): Promise<Response> {
  requireOwnPage(context.req.raw)
  const body = await jsonObject(context.req.raw)
  await parts.auth.passwordLinks.redeem(textMember(body, 'link'), textMember(body, 'newPassword'))
  return noContent()
}

/** The same whoever is named. */
async function forgot({ auth }: Parts, context: Context<Edge>): Promise<Response> {
  requireOwnPage(context.req.raw)
  const username = textMember(await jsonObject(context.req.raw), 'username')
  await auth.forgottenPasswords.ask({ username, address: peerAddress(context) })
  return noContent()
}

/** Whoever finds an open session must not be able to keep the account. */
function prove({ auth }: Parts, call: Call, { body, isFactorProved }: Proof): Promise<unknown> {
  const code = body.get('code')
  return auth.prove(call.user, {
    password: textMember(body, 'password'),
    code: typeof code === 'string' ? code : undefined,
    isFactorProved,
  })
}

interface Proof {
  readonly body: ReadonlyMap<string, unknown>
  readonly isFactorProved: boolean
}

async function factorView({ auth }: Parts, { user }: Call): Promise<Response> {
  const enrolled = await auth.secondFactor.isEnrolled(user.id)
  const recoveryCodesLeft = await auth.secondFactor.recoveryCodesLeft(user.id)
  return json({ enrolled, recoveryCodesLeft })
}

async function begin(parts: Parts, call: Call): Promise<Response> {
  await prove(parts, call, { body: await jsonObject(call.request), isFactorProved: false })
  const { secret, uri } = await parts.auth.secondFactor.begin(call.user)
  return json({ secret, uri, picture: renderSVG(uri, { border: 2 }) })
}

async function confirm(parts: Parts, call: Call): Promise<Response> {
  const code = textMember(await jsonObject(call.request), 'code')
  const recoveryCodes = await parts.auth.secondFactor.confirm(call.user.id, code)
  if (recoveryCodes === undefined) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('This is not the code of the moment. Check the clock of your device.'),
      { fields: ['code'] },
    )
  }
  await noted(parts, call, { userId: call.user.id, verb: 'set up' })
  return json({ recoveryCodes }, 200, await freshCookie(parts, call))
}

async function remove(parts: Parts, call: Call): Promise<Response> {
  await prove(parts, call, { body: await jsonObject(call.request), isFactorProved: false })
  await parts.auth.secondFactor.remove(call.user.id)
  await noted(parts, call, { userId: call.user.id, verb: 'removed' })
  return noContent(await freshCookie(parts, call))
}

async function reset(parts: Parts, call: Call): Promise<Response> {
  const id = await knownUser(parts.records, call)
  await parts.auth.secondFactor.remove(id)
  await parts.auth.endSessions(id)
  await noted(parts, call, { userId: id, verb: 'removed' })
  return noContent()
}

interface FactorChange {
  readonly userId: string
  readonly verb: 'set up' | 'removed'
}

function noted({ auth }: Parts, call: Call, { userId, verb }: FactorChange): Promise<void> {
  return auth.note({
    action: 'changedSecondFactor',
    section: 'Manage Users',
    display: `The second factor of ${userId} was ${verb}`,
    by: call.user.id,
    way: call.caller.source,
  })
}

/** Other rights than before: the session begins anew under another secret, and every other one ends. */
async function freshCookie(
  parts: Parts,
  { user, request, credential }: Call,
): Promise<Readonly<Record<string, string>>> {
  const secret = await parts.auth.renewSession(user)
  if (credential.kind !== 'session') return {}
  const secure = isSecure(request, parts.publicUrl)
  return { 'Set-Cookie': sessionCookieText(secret, { secure }) }
}
