/** Messages that programs push over a streaming channel: `sobjects/StreamingChannel/<id>/push`. */
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import { channelObject } from '../../events/streaming-hooks.ts'
import type { AppParts } from '../app-parts.ts'
import { within } from '../cometd/bayeux.ts'
import { jsonObject } from '../json-request.ts'
import { json } from '../respond.ts'
import type { Call } from '../route.ts'

type Parts = Pick<AppParts, 'changeEvents' | 'records' | 'streamingClients'>

export function isPushToChannel(call: Call): boolean {
  const isChannel = call.param('object').toLowerCase() === channelObject.toLowerCase()
  return isChannel && call.param('value') === 'push'
}

/** `-1` stands for all who listen, as nobody counts them. */
export async function pushToChannel(parts: Parts, call: Call): Promise<Response> {
  const { caller } = call
  const { records, changeEvents, streamingClients } = parts
  const given = call.param('field')
  await records.retrieve(caller, channelObject, given, ['Id'])
  const channelId = normaliseId(given) ?? given
  if (!['create' as const, 'edit' as const].some((right) => mayPush(call, right))) {
    throw refuse(
      'INSUFFICIENT_ACCESS_OR_READONLY',
      message('Whoever pushes over a streaming channel may create or edit such channels.'),
    )
  }
  const messages = readPushed((await jsonObject(call.request)).get('pushEvents'))
  const pushed = { channelId, by: caller.userId, messages }
  await records.together((_within, tx) => changeEvents.push(tx, pushed))
  const answers = messages.map(({ userIds }) => {
    const listening = streamingClients.listening(channelId)
    const online = userIds.map((id) => [id, listening.has(id)] as const)
    const fanoutCount = userIds.length === 0 ? -1 : online.filter(([, isOn]) => isOn).length
    return { fanoutCount, userOnlineStatus: Object.fromEntries(online) }
  })
  return json(answers, 200, call.limitInfo)
}

function mayPush({ caller }: Call, right: 'create' | 'edit'): boolean {
  return caller.access.mayObject(channelObject, right)
}

interface Pushed {
  readonly payload: string
  readonly userIds: readonly string[]
}

function readPushed(given: unknown): readonly Pushed[] {
  const max = limits.pushEventsMax
  if (!Array.isArray(given) || given.length === 0 || given.length > max) {
    throw wrong(`pushEvents is a list of 1 to ${max} events (pushEventsMax).`, 'pushEvents')
  }
  return given.map((one: unknown) => ({
    payload: readPayload(within(one, 'payload')),
    userIds: readUsers(within(one, 'userIds') ?? []),
  }))
}

function readPayload(payload: unknown): string {
  const max = limits.pushPayloadCharsMax
  if (typeof payload === 'string' && payload.length <= max) return payload
  throw wrong(`payload is a text of at most ${max} characters (pushPayloadCharsMax).`, 'payload')
}

function readUsers(given: unknown): readonly string[] {
  const max = limits.pushUsersMax
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  const ids = list.map((one) => (typeof one === 'string' ? normaliseId(one) : undefined))
  const known = ids.flatMap((id) => id ?? [])
  if (list.length <= max && known.length === list.length) return [...new Set(known)]
  throw wrong(`userIds is a list of at most ${max} ids of users (pushUsersMax).`, 'userIds')
}

function wrong(told: string, field: string) {
  return refuse('INVALID_ARGUMENT', told, { fields: [field] })
}
