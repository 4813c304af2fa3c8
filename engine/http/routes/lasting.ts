/** Records that last: legal holds, and what retention is about to do. */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import type { LegalHold } from '../../records/legal-holds.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { json, noContent } from '../respond.ts'
import { route, setupRoute, type Call, type Route, type SignedInRoute } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'legalHolds' | 'automation' | 'deployer'>

const holds = `${own}/legal-holds`
const reasonCharsMax = 500

export function lastingRoutes(parts: Parts): readonly Route[] {
  const { legalHolds } = parts
  return [
    keeping(
      route('GET', holds, async (call) => {
        const asked = call.query('recordId')
        const id = asked === undefined ? undefined : (normaliseId(asked) ?? '')
        return json((await legalHolds.list(id)).map(holdView))
      }),
    ),
    keeping(route('POST', holds, (call) => place(parts, call))),
    keeping(
      route('DELETE', `${holds}/:id`, async (call) => {
        await legalHolds.lift(normaliseId(call.param('id')) ?? '', call.caller)
        return noContent()
      }),
    ),
    setupRoute('GET', `${own}/retention-rules`, async () =>
      json(await parts.automation.previewRetention()),
    ),
  ]
}

/** Whoever keeps records for a court need not be able to change the organisation, nor the other way round. */
function keeping(one: SignedInRoute): SignedInRoute {
  return { ...one, permission: 'ManageLegalHolds' }
}

async function place({ legalHolds, deployer }: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const recordId = normaliseId(textMember(body, 'recordId')) ?? ''
  const reason = textMember(body, 'reason').trim()
  if (reason === '' || reason.length > reasonCharsMax) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('Give a reason of at most {max} characters.', { max: reasonCharsMax }),
      { fields: ['reason'] },
    )
  }
  const object = deployer.store.current().objectByKeyPrefix(recordId.slice(0, 3))
  if (object === undefined || object.ledger !== undefined) {
    throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  }
  return json(holdView(await legalHolds.place({ object, recordId, reason }, call.caller)), 201)
}

function holdView({ placedAt, ...hold }: LegalHold): object {
  return { ...hold, placedAt: new Date(placedAt).toISOString() }
}
