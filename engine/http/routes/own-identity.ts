/** One's own password and second factor, and what the organisation asks of them. */
import { renderSVG } from 'uqr'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { sessionCookieText } from '../identify.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json, noContent } from '../respond.ts'
import { forManagers, needing, route, type Call, type Route } from '../route.ts'
import { isSecure, own } from './addresses.ts'

type Parts = Pick<AppParts, 'auth' | 'publicUrl'>

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
    forManagers(route('DELETE', `${own}/users/:id/second-factor`, (call) => reset(parts, call))),
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
  const userId = normaliseId(call.param('id'))
  const known = userId === undefined ? undefined : await parts.auth.userById(userId)
  if (known === undefined) {
    throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  }
  await parts.auth.secondFactor.remove(known.id)
  await parts.auth.endSessions(known.id)
  await noted(parts, call, { userId: known.id, verb: 'removed' })
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
