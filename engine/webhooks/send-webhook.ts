/** One signed call of a webhook: bounded in time and size, without redirects, never to an internal address. */
import { createHmac } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { limits } from '../base/limits.ts'
import { addressProblem, isNamed, lookupOutside } from './outside-address.ts'

export interface WebhookCall {
  readonly url: string
  /** The same whenever this is sent again. */
  readonly id: string
  readonly body: string
  readonly secret: string
  readonly now: number
  /** Hosts that may be called wherever they are. */
  readonly hosts: readonly string[]
}

export interface WebhookAnswer {
  readonly isTaken: boolean
  /** What came back, or why nothing did. */
  readonly told: string
}

export async function sendWebhook(call: WebhookCall): Promise<WebhookAnswer> {
  if (!URL.canParse(call.url)) return { isTaken: false, told: 'the address is none' }
  const url = new URL(call.url)
  const problem = addressProblem(url, call.hosts)
  if (problem !== undefined) return { isTaken: false, told: problem }
  try {
    return await post(url, call)
  } catch (error) {
    return { isTaken: false, told: error instanceof Error ? error.message : String(error) }
  }
}

/** Over identifier, time and body, so that none of them can be exchanged. */
export function signatureOf({ id, body, secret, now }: Omit<WebhookCall, 'url' | 'hosts'>): string {
  const signed = `${id}.${seconds(now)}.${body}`
  return `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`
}

function seconds(now: number): number {
  return Math.floor(now / 1_000)
}

function post(url: URL, call: WebhookCall): Promise<WebhookAnswer> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const options = {
    method: 'POST',
    // A connection of its own, so that the name is looked up and checked for each call.
    agent: false,
    ...(isNamed(url, call.hosts) ? {} : { lookup: lookupOutside }),
    signal: AbortSignal.timeout(limits.webhookAnswerMs),
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(call.body),
      'user-agent': 'Fieldstone-Webhook',
      'webhook-id': call.id,
      'webhook-timestamp': String(seconds(call.now)),
      'webhook-signature': signatureOf(call),
    },
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const status = response.statusCode ?? 0
      let text = ''
      const done = (): void => {
        response.destroy()
        const isTaken = status >= 200 && status < 300
        const note = status >= 300 && status < 400 ? ' (redirects are not followed)' : ''
        resolve({ isTaken, told: `${status}${note} ${text}`.trim() })
      }
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text = (text + chunk).slice(0, limits.webhookAnswerCharsMax)
        if (text.length === limits.webhookAnswerCharsMax) done()
      })
      response.on('end', done)
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(call.body)
  })
}
