/** Why somebody may (not) see and change a record. */
import { refuse } from '../../base/refusal.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'auth' | 'records'>

export function sharingRoutes(parts: Parts): readonly Route[] {
  return [
    route('GET', `${own}/sharing/:id`, (call) => explain(parts, call)),
    route('GET', `${own}/sharing/:id/shares`, async (call) =>
      jsonText(await parts.records.listShares(call.caller, call.param('id'))),
    ),
  ]
}

/** `?user=`: about whom; absent, about the caller himself. */
async function explain({ auth, records }: Parts, call: Call): Promise<Response> {
  const asked = call.query('user') ?? call.caller.userId
  const userId = normaliseId(asked)
  const { caller } = call
  if (userId === caller.userId) {
    return jsonText(await records.explainSharing(caller, caller, call.param('id')))
  }
  const user = caller.access.has('ManageUsers') && userId ? await auth.userById(userId) : undefined
  if (user === undefined) {
    throw refuse(
      'INVALID_ARGUMENT',
      '"user" must be the id of an active user; of others, whoever manages users may ask.',
      {
        fields: ['user'],
      },
    )
  }
  const subject = user.caller(caller.source, caller.apiVersion)
  return jsonText(await records.explainSharing(caller, subject, call.param('id')))
}
