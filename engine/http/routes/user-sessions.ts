/** Sessions and tokens that are open in somebody's name: one's own, or anybody's for who manages users. */
import type { AppParts } from '../app-parts.ts'
import { refuse } from '../../base/refusal.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { json, noContent } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'auth'>

const sessions = `${own}/users/:id/sessions`

export function userSessionRoutes({ auth }: Parts): readonly Route[] {
  return [
    route('GET', sessions, async (call) => {
      const open = await auth.sessionsOf(userOf(call), call.credential.secret)
      return json(
        open.map(({ createdAt, expiresAt, ...rest }) => ({
          ...rest,
          createdAt: new Date(createdAt).toISOString(),
          expiresAt: new Date(expiresAt).toISOString(),
        })),
      )
    }),
    route('DELETE', sessions, async (call) => {
      await auth.endSessions(userOf(call))
      return noContent()
    }),
    route('DELETE', `${sessions}/:session`, async (call) => {
      await auth.endSession(userOf(call), call.param('session'))
      return noContent()
    }),
    // Whoever got a new account at an identity provider is linked anew by his next sign-in.
    {
      ...route('DELETE', `${own}/users/:id/sign-in-links`, async (call) => {
        await auth.singleSignOn.links.removeAllOf(userOf(call))
        return noContent()
      }),
      permission: 'ManageUsers',
    },
  ]
}

/** Who may not manage users is told of no other user, there or not. */
function userOf(call: Call): string {
  const id = normaliseId(call.param('id'))
  const isOwn = id === call.user.id
  if (id !== undefined && (isOwn || call.user.access.has('ManageUsers'))) return id
  throw refuse('NOT_FOUND', message('The requested resource does not exist'))
}
