/** Sends requests with the token, and makes errors of refusals. */
import { refusalOf } from './refusal.ts'

/** A token, or how to get one; asked again when the server says that it has ended. */
export type Token = string | (() => string | Promise<string>)

export interface Transport {
  /** The path that records are under, such as `/services/data/v67.0`. */
  readonly data: string
  send(method: string, path: string, more?: SendOptions): Promise<Received>
}

export interface SendOptions {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Received {
  readonly status: number
  readonly headers: Headers
  /** Undefined where there is no content. */
  readonly body: unknown
}

export interface TransportOptions {
  /** Where the server is, such as `https://crm.example.com`. */
  readonly url: string
  readonly token: Token
  /** The version of the API; the newest that this client knows by default. */
  readonly version?: string
  /** In place of the global `fetch`: for agents, proxies and tests. */
  readonly fetch?: typeof fetch
}

const newestVersion = '67.0'
const ended = 401

export function createTransport(options: TransportOptions): Transport {
  const origin = new URL(options.url).origin
  const send = options.fetch ?? ((address, init) => globalThis.fetch(address, init))
  let token: string | undefined
  const ask = async (method: string, path: string, more: SendOptions): Promise<Response> => {
    token ??= typeof options.token === 'string' ? options.token : await options.token()
    return send(new URL(path, origin), {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(more.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...more.headers,
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
    })
  }
  return {
    data: `/services/data/v${options.version ?? newestVersion}`,
    send: async (method, path, more = {}) => {
      let answer = await ask(method, path, more)
      if (answer.status === ended && typeof options.token === 'function') {
        token = undefined
        answer = await ask(method, path, more)
      }
      return received(answer)
    },
  }
}

export async function received(answer: Response): Promise<Received> {
  const text = await answer.text()
  if (!answer.ok) throw refusalOf(answer.status, text)
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: answer.status, headers: answer.headers, body }
}
