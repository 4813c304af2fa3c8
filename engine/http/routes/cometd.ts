/** The streaming API as stock clients speak it (Bayeux, by long polling): channels are what `cometd/channels.ts` knows. */
import type { Context } from 'hono'
import type { SignedInUser } from '../../auth/auth.ts'
import { limits } from '../../base/limits.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Caller } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import {
  failed,
  readMessages,
  reply,
  textOf,
  unauthorised,
  within,
  type Asked,
  type Reply,
} from '../cometd/bayeux.ts'
import { channelNamed, channelNews, type ChannelParts } from '../cometd/channels.ts'
import type { StreamingClient } from '../cometd/streaming-clients.ts'
import { nextEvents } from '../follow-events.ts'
import { readBody } from '../read-body.ts'
import { exactJson, json } from '../respond.ts'
import { publicRoute, type Edge, type Route } from '../route.ts'
import { soapVersion } from './soap-partner.ts'

type Parts = ChannelParts & Pick<AppParts, 'auth' | 'clock' | 'streamingClients' | 'usage'>

interface Asking {
  readonly parts: Parts
  readonly user: SignedInUser
  readonly caller: Caller
  readonly signal: AbortSignal
  /** With the rights of this moment; undefined once the session is over. */
  again(): Promise<Caller | undefined>
}

const types = ['long-polling']

export function cometdRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('POST', '/cometd/:version', async (context) => {
      parts.usage.count()
      const version = soapVersion(context.req.param('version'))
      const messages = readMessages(await readBody(context.req.raw, limits.requestBodyBytesMax))
      const user = await userOf(parts, context)
      if (user === undefined) return json(messages.map(unauthorised))
      const asking = {
        parts,
        user,
        caller: user.caller('api', version),
        signal: context.req.raw.signal,
        again: async () => (await userOf(parts, context))?.caller('api', version),
      }
      const replies: Reply[] = []
      for (const message of messages) replies.push(...(await answer(asking, message)))
      return exactJson(replies)
    }),
  ]
}

/** Undefined for whoever is nobody; these clients are told so in their own words. */
async function userOf({ auth }: Parts, context: Context<Edge>): Promise<SignedInUser | undefined> {
  const { headers } = context.req.raw
  const secret = /^(?:Bearer|OAuth) +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (secret === undefined) return undefined
  try {
    return await auth.user({ kind: 'token', secret }, 'api')
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function answer(asking: Asking, message: Asked): Promise<readonly Reply[]> {
  const { parts, user } = asking
  const clients = parts.streamingClients
  const channel = textOf(message, 'channel')
  if (channel === '/meta/handshake') return [handshake(asking, message)]
  const client = clients.find(textOf(message, 'clientId'), user, parts.clock.now())
  if (client === undefined) return [failed(message, '403::Unknown client', 'handshake')]
  const { id: clientId } = client
  switch (channel) {
    case '/meta/connect':
      return connect(asking, client, message)
    case '/meta/subscribe':
      return Promise.all(
        channelsOf(message).map((name) => subscribe(asking, client, { message, name })),
      )
    case '/meta/unsubscribe':
      return channelsOf(message).map((name) => {
        client.places.delete(name)
        return reply(message, { clientId, subscription: name, successful: true })
      })
    case '/meta/disconnect':
      clients.close(client)
      return [reply(message, { clientId, successful: true })]
    default:
      return [failed(message, `403:${channel.slice(0, 200)}:Nothing is published here`)]
  }
}

function handshake({ parts, user }: Asking, message: Asked): Reply {
  const asked = message.get('supportedConnectionTypes')
  const common = { version: '1.0', minimumVersion: '1.0', supportedConnectionTypes: types }
  if (Array.isArray(asked) && !asked.some((one) => types.includes(String(one)))) {
    return { ...failed(message, '412::Only long-polling is offered', 'none'), ...common }
  }
  const client = parts.streamingClients.open(user, parts.clock.now())
  const advice = { reconnect: 'retry', interval: 0, timeout: limits.changeEventsWaitMs }
  const told = { clientId: client.id, successful: true, ext: { replay: true }, advice }
  return reply(message, { ...common, ...told })
}

/** One channel, or a list of them. */
function channelsOf(message: Asked): readonly string[] {
  const asked = message.get('subscription')
  const names: readonly unknown[] = Array.isArray(asked) ? asked : [asked]
  return names.slice(0, limits.cometdChannelsMax).map((name) => String(name ?? ''))
}

interface Subscribing {
  readonly message: Asked
  readonly name: string
}

async function subscribe(
  asking: Asking,
  client: StreamingClient,
  { message, name }: Subscribing,
): Promise<Reply> {
  const subscription = name.slice(0, 200)
  const told = { clientId: client.id, subscription }
  const followed = await channelNamed(asking.parts, asking.caller, name)
  if (followed === undefined || client.places.size >= limits.cometdChannelsMax) {
    const error = `404:${subscription}:The channel you requested to subscribe to does not exist`
    return { ...failed(message, error), ...told }
  }
  const { first, last } = await asking.parts.changeEvents.range()
  const asked = Number(within(message.get('ext'), 'replay', name) ?? -1)
  const isKept = asked >= first - 1 && asked <= last
  if (!Number.isSafeInteger(asked) || asked < -2 || (asked >= 0 && !isKept)) {
    const error = `400::The replayId {${String(asked)}} you provided was invalid. Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`
    return { ...failed(message, error), ...told }
  }
  const after = asked === -1 ? last : Math.max(0, asked)
  client.places.set(name, { followed, after })
  return reply(message, { ...told, successful: true })
}

/** Waits for events, unless the client wants an answer at once: it has something else to say. */
async function connect(
  asking: Asking,
  client: StreamingClient,
  message: Asked,
): Promise<readonly Reply[]> {
  client.release?.()
  const asked = within(message.get('advice'), 'timeout')
  const waitMs = typeof asked === 'number' ? asked : limits.changeEventsWaitMs
  const found = await waitForEvents(asking, client, waitMs)
  if (found === undefined) return [unauthorised(message)]
  client.seenAt = asking.parts.clock.now()
  return [reply(message, { clientId: client.id, successful: true }), ...found]
}

/** Undefined when the session ended meanwhile. */
async function waitForEvents(
  asking: Asking,
  client: StreamingClient,
  waitMs: number,
): Promise<readonly Reply[] | undefined> {
  const { parts, signal } = asking
  const released = new AbortController()
  client.release = () => released.abort()
  const limit = AbortSignal.timeout(Math.min(Math.max(0, waitMs), limits.changeEventsWaitMs))
  const time = AbortSignal.any([limit, signal, released.signal])
  let caller: Caller | undefined = asking.caller
  for (;;) {
    const news = nextEvents(parts, time)
    const found = await gather(parts, caller, client)
    const isOver = found.length > 0 || waitMs <= 0 || time.aborted || !parts.serving()
    if (isOver) {
      news.stop()
      return found
    }
    await news.come
    // Nobody reads this answer any more, or the client asks again already: what there is stays for the next one.
    if (signal.aborted || released.signal.aborted) return []
    // Rights may have changed while nothing happened.
    caller = await asking.again()
    if (caller === undefined) return undefined
  }
}

async function gather(
  parts: Parts,
  caller: Caller,
  { places }: StreamingClient,
): Promise<readonly Reply[]> {
  const { last } = await parts.changeEvents.range()
  const replies: Reply[] = []
  for (const [channel, place] of places) {
    const { found, next } = await channelNews(parts, caller, place)
    // Where nothing is left, whatever there was up to now need not be looked at again.
    place.after = found.length > 0 ? next : Math.max(next, last)
    replies.push(...found.map((data) => ({ channel, data })))
  }
  return replies
}
