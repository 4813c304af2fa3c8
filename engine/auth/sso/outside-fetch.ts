/** Calls of identity providers: bounded in time and size, without redirects, never to an internal address. */
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { limits } from '../../base/limits.ts'
import { addressProblem, isNamed, lookupOutside } from '../../webhooks/outside-address.ts'

/** A call that could not be made, or was not answered. */
export class OutsideCallError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'OutsideCallError'
  }
}

export interface OutsideRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export type OutsideFetch = (address: string, request: OutsideRequest) => Promise<Response>

/** `hosts`: those that the settings open wherever they are. */
export function createOutsideFetch(hosts: readonly string[]): OutsideFetch {
  return async (address, request) => {
    const url = new URL(address)
    const problem = addressProblem(url, hosts)
    if (problem !== undefined) throw new OutsideCallError(problem)
    return send(url, request, isNamed(url, hosts))
  }
}

function send(url: URL, { method, headers, body }: OutsideRequest, named: boolean) {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const options = {
    method,
    headers,
    // A connection of its own, so that the name is looked up and checked for each call.
    agent: false,
    ...(named ? {} : { lookup: lookupOutside }),
    signal: AbortSignal.timeout(limits.identityAnswerMs),
  }
  return new Promise<Response>((resolve, reject) => {
    const fail = (error: Error): void => reject(new OutsideCallError(error.message))
    const sent = request(url, options, (answer) => {
      read(answer).then((bytes) => resolve(responseOf(answer, bytes)), fail)
    })
    sent.on('error', fail)
    // Forms and nothing else are sent to providers.
    sent.end(body === undefined || body === null ? undefined : String(body))
  })
}

async function read(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer) {
    const part = Buffer.from(chunk as Uint8Array)
    bytes += part.length
    if (bytes > limits.identityAnswerBytesMax) {
      answer.destroy()
      throw new Error('the answer is too long')
    }
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304])

function responseOf({ statusCode = 0, headers }: IncomingMessage, bytes: Buffer): Response {
  // What is no answer to a request of ours cannot be made a Response.
  if (statusCode < 200 || statusCode > 599)
    throw new Error(`the answer has the status ${statusCode}`)
  const told = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) told.append(name, one)
  }
  const body = withoutBody.has(statusCode) ? null : new Uint8Array(bytes)
  return new Response(body, { status: statusCode, headers: told })
}
