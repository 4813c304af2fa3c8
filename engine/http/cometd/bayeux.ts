/** Messages of the Bayeux protocol: what clients of the streaming API send, and how they are answered. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { parseJson } from '../parse-json.ts'

/** One message of a client; names from outside are keys of a map. */
export type Asked = ReadonlyMap<string, unknown>

export type Reply = Readonly<Record<string, unknown>>

/** A list of messages, or one by itself. */
export function readMessages(text: string): readonly Asked[] {
  const value = parseJson(text)
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (list.length === 0 || list.length > limits.cometdMessagesMax) throw malformed()
  return list.map((one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) throw malformed()
    return new Map(Object.entries(one))
  })
}

function malformed() {
  return refuse(
    'INVALID_ARGUMENT',
    `The body is a list of 1 to ${limits.cometdMessagesMax} messages (cometdMessagesMax).`,
  )
}

export function textOf(message: Asked, name: string): string {
  const value = message.get(name)
  return typeof value === 'string' ? value : ''
}

/** A member of an object within a message; undefined where there is none. */
export function within(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = Reflect.get(found, name)
  }
  return found
}

/** Clients find what they asked by channel and id. */
export function reply(message: Asked, more: Reply): Reply {
  const id = message.get('id')
  const isPlain = typeof id === 'string' || typeof id === 'number'
  return { channel: textOf(message, 'channel'), ...(isPlain ? { id } : {}), ...more }
}

/** What a client does next: comes again, begins anew, or gives up. */
export type Reconnect = 'retry' | 'handshake' | 'none'

export function failed(message: Asked, error: string, reconnect?: Reconnect): Reply {
  const advice = reconnect === undefined ? {} : { advice: { reconnect, interval: 0 } }
  return reply(message, { successful: false, error, ...advice })
}

/** Stock clients look for the reason here. */
export function unauthorised(message: Asked): Reply {
  const error = '401::Authentication invalid'
  return { ...failed(message, error, 'none'), ext: { sfdc: { failureReason: error } } }
}
