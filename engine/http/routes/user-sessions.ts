/** Sessions and tokens that are open in somebody's name: one's own, or anybody's for who manages users. */
import { mayAdministerSome } from '../../automation/delegation/managed-users.ts'
import type { AppParts } from '../app-parts.ts'
import { refuse } from '../../base/refusal.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { json, noContent } from '../respond.ts'
import { forManagersOf, requireManagedBy } from '../managed-users.ts'
import { route, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'auth' | 'records' | 'deployer'>

const sessions = `${own}/users/:id/sessions`

export function userSessionRoutes(parts: Parts): readonly Route[] {
  const { auth } = parts
  const userOf = (call: Call) => managedOrOwn(parts, call)
  return [
    route('GET', sessions, async (call) => {
      const open = await auth.sessionsOf(await userOf(call), call.credential.secret)
      return json(
        open.map(({ createdAt, expiresAt, ...rest }) => ({
          ...rest,
          createdAt: new Date(createdAt).toISOString(),
          expiresAt: new Date(expiresAt).toISOString(),
        })),
      )
    }),
    route('DELETE', sessions, async (call) => {
      await auth.endSessions(await userOf(call))
      return noContent()
    }),
    route('DELETE', `${sessions}/:session`, async (call) => {
      await auth.endSession(await userOf(call), call.param('session'))
      return noContent()
    }),
    // Whoever got a new account at an identity provider is linked anew by his next sign-in.
    forManagersOf(
      parts,
      route('DELETE', `${own}/users/:id/sign-in-links`, async (call) => {
        await auth.singleSignOn.links.removeAllOf(await userOf(call))
        return noContent()
      }),
    ),
  ]
}

/** Who may not manage users is told of no other user, there or not. */
async function managedOrOwn(parts: Parts, call: Call): Promise<string> {
  const id = normaliseId(call.param('id'))
  if (id !== undefined && id === call.user.id) return id
  if (id !== undefined && mayAdministerSome(call.user.access)) {
    await requireManagedBy(parts, call, id)
    return id
  }
  throw refuse('NOT_FOUND', message('The requested resource does not exist'))
}
