/** Requests with a bearer token over kept connections; anything but the expected status is an error. */
import { Agent, request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly text: string
}

export interface Client {
  readonly url: string
  readonly token: string
  /** Throws for a status of 300 and more. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>
  /** Gives every answer; a broken connection is status 0. */
  attempt(method: string, path: string, body?: unknown): Promise<Answer>
  close(): void
}

export function createClient(url: string, token: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const attempt: Client['attempt'] = (method, path, body) =>
    send({ agent, url: url + path, method, token, body })
  return {
    url,
    token,
    attempt,
    ask: async (method, path, body) => {
      const answer = await attempt(method, path, body)
      if (answer.status >= 200 && answer.status < 300) return answer
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 1_000)}`)
    },
    close: () => agent.destroy(),
  }
}

interface Sending {
  readonly agent: Agent
  readonly url: string
  readonly method: string
  readonly token: string
  readonly body: unknown
}

function send({ agent, url, method, token, body }: Sending): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    Authorization: `Bearer ${token}`,
    ...(text === undefined
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
  }
  return new Promise((resolve) => {
    const call = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
      })
      response.on('error', (error) => resolve({ status: 0, text: String(error) }))
    })
    call.on('error', (error) => resolve({ status: 0, text: String(error) }))
    call.end(text)
  })
}

/** The password grant of the token endpoint. */
export async function signIn(url: string, username: string, password: string): Promise<string> {
  const response = await fetch(`${url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'PlatformCLI',
      username,
      password,
    }),
  })
  const answer: unknown = await response.json()
  if (typeof answer === 'object' && answer !== null && 'access_token' in answer) {
    return String(answer.access_token)
  }
  throw new Error(`no token was given: ${JSON.stringify(answer)}`)
}
