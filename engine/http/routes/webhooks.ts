/** Webhooks for those who look after them: what was sent, what waits, what was given up, and their secrets. */
import { refuse } from '../../base/refusal.ts'
import { parseAside } from '../../records/exact-json.ts'
import { deliveryStates, type Delivery } from '../../webhooks/delivery-store.ts'
import type { AppParts } from '../app-parts.ts'
import { exactJson, json } from '../respond.ts'
import { setupRoute, type Call, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'webhooks'>

export function webhookRoutes({ webhooks }: Parts): readonly Route[] {
  return [
    setupRoute('GET', `${own}/webhooks`, async () => json(await webhooks.list())),
    setupRoute('GET', `${own}/webhook-deliveries`, async (call) => {
      const filter = { webhook: call.query('webhook'), state: stateOf(call) }
      return exactJson((await webhooks.deliveries(filter)).map(deliveryView))
    }),
    setupRoute('POST', `${own}/webhook-deliveries/:id/resend`, async (call) => {
      await webhooks.resend(call.param('id'))
      return new Response(null, { status: 204 })
    }),
    setupRoute('POST', `${own}/webhook-secrets/:name`, async (call) => {
      const name = call.param('name')
      if (!/^[A-Za-z]\w{0,79}$/.test(name)) {
        throw refuse('INVALID_ARGUMENT', 'A secret is named by letters, digits and underscores.')
      }
      return json({ name, secret: await webhooks.renewSecret(name) }, 201)
    }),
  ]
}

function stateOf(call: Call) {
  const given = call.query('state')
  if (given === undefined) return undefined
  const state = deliveryStates.find((one) => one === given)
  if (state !== undefined) return state
  throw refuse('INVALID_ARGUMENT', `state is one of ${deliveryStates.join(', ')}.`, {
    fields: ['state'],
  })
}

function deliveryView({ createdAt, triedAt, nextAt, body, ...rest }: Delivery): object {
  const time = (at: number): string => new Date(at).toISOString()
  return {
    ...rest,
    createdAt: time(createdAt),
    triedAt: triedAt === undefined ? null : time(triedAt),
    nextAt: rest.state === 'Waiting' ? time(nextAt) : null,
    body: parseAside(body),
  }
}
