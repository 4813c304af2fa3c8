/** Webhooks: change events become signed calls, in order per record, tried again until they are taken or given up. */
import type { Clock, RandomBytes } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { ChangeEvents } from '../events/change-events.ts'
import type { FieldServices } from '../fields/field-type.ts'
import type { Model } from '../model/model.ts'
import type { Records } from '../records/records.ts'
import type { Storage } from '../storage/storage.ts'
import {
  createDeliveryStore,
  type Delivery,
  type DeliveryFilter,
  type DeliveryState,
  type DeliveryStore,
} from './delivery-store.ts'
import { deliveriesOf } from './make-deliveries.ts'
import { activeWebhooks, type WebhookModel } from './webhook-models.ts'
import { sendWebhook, type WebhookAnswer } from './send-webhook.ts'

export interface Webhooks {
  /** Every webhook of the model, with how many deliveries it has in each state. */
  list(): Promise<readonly WebhookSummary[]>
  deliveries(filter: DeliveryFilter): Promise<readonly Delivery[]>
  /** Sent again, whatever became of it. */
  resend(id: string): Promise<void>
  /** A new secret in place of any other; shown this once. */
  renewSecret(name: string): Promise<string>
  /** Takes up and sends what is due now. */
  run(): Promise<void>
  close(): Promise<void>
}

export interface WebhookSummary {
  readonly name: string
  readonly label: string
  readonly object: string
  readonly url: string
  readonly active: boolean
  readonly counts: Readonly<Partial<Record<DeliveryState, number>>>
}

export interface WebhookParts {
  readonly storage: Storage
  readonly models: { current(): Model; onSwap(listener: () => void): () => void }
  readonly records: Records
  readonly changeEvents: ChangeEvents
  readonly services: FieldServices
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly ids: (keyPrefix: string) => string
  readonly reportError: (error: unknown) => void
  /** Hosts that may be called wherever they are. */
  readonly hosts: readonly string[]
}

export async function createWebhooks(parts: WebhookParts): Promise<Webhooks> {
  const { storage, clock, changeEvents, models, services, randomBytes } = parts
  const store = await createDeliveryStore({ storage, clock, server: parts.ids('0ws') })
  const runner = new Runner(parts, store)
  const stops = [changeEvents.onEvents(() => runner.wake()), models.onSwap(() => runner.wake())]
  const tick = setInterval(() => runner.wake(), limits.jobPollMs)
  tick.unref()
  runner.wake()
  return {
    list: () => summaries(models.current(), store),
    deliveries: (filter) => store.list(filter),
    resend: async (id) => {
      if (!(await store.resend(id))) throw refuse('NOT_FOUND', 'There is no such delivery.')
      runner.wake()
    },
    renewSecret: async (name) => {
      const secret = Buffer.from(randomBytes(secretBytes)).toString('base64url')
      await store.saveSecret(name, services.encrypt(secret))
      return secret
    },
    run: () => runner.run(),
    close: async () => {
      for (const stop of stops) stop()
      clearInterval(tick)
      await runner.close()
    },
  }
}

const secretBytes = 32

async function summaries(model: Model, store: DeliveryStore): Promise<readonly WebhookSummary[]> {
  const counts = await store.counts()
  return [...model.components('Webhook')].map(({ fullName, body }) => ({
    name: fullName,
    label: body.label ?? fullName,
    object: model.object(body.object)?.name ?? body.object,
    url: body.url,
    active: body.active !== false,
    counts: Object.fromEntries(
      counts
        .filter(({ webhook }) => webhook === fullName)
        .map(({ state, count }) => [state, count]),
    ),
  }))
}

class Runner {
  readonly #parts: WebhookParts
  readonly #store: DeliveryStore
  #running: Promise<void> = Promise.resolve()
  #isWaiting = false
  #closed = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: WebhookParts, store: DeliveryStore) {
    this.#parts = parts
    this.#store = store
  }

  /** Many words at once are one round. */
  wake(): void {
    if (this.#isWaiting || this.#closed) return
    this.#isWaiting = true
    this.run().catch(this.#parts.reportError)
  }

  run(): Promise<void> {
    const round = async (): Promise<void> => {
      this.#isWaiting = false
      if (!this.#closed) await this.#round()
    }
    this.#running = this.#running.then(round, round)
    return this.#running
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #round(): Promise<void> {
    const webhooks = activeWebhooks(this.#parts.models.current())
    const outcomes = await Promise.allSettled(webhooks.map((one) => this.#work(one)))
    for (const one of outcomes) if (one.status === 'rejected') this.#parts.reportError(one.reason)
    await this.#store.removeOld()
    await this.#sleep()
  }

  /** Until the next attempt is due; whatever happens before wakes by itself. */
  async #sleep(): Promise<void> {
    const next = await this.#store.nextAt()
    clearTimeout(this.#timer)
    if (next === undefined || this.#closed) return
    const ms = Math.min(Math.max(next - this.#parts.clock.now(), 0), limits.jobPollMs)
    this.#timer = setTimeout(() => this.wake(), ms + slackMs)
    this.#timer.unref()
  }

  async #work(webhook: WebhookModel): Promise<void> {
    const { changeEvents } = this.#parts
    const startAt = async (): Promise<number> => (await changeEvents.range()).last
    let number = await this.#store.claim(webhook.name, startAt)
    while (number !== undefined && !this.#closed) {
      number = await this.#takeUp(webhook, number)
    }
    for (let due = await this.#due(webhook); due.length > 0; due = await this.#due(webhook)) {
      await Promise.all(due.map((delivery) => this.#send(webhook, delivery)))
      // Each round of calls takes its time: the claim is made longer.
      if ((await this.#store.claim(webhook.name, startAt)) === undefined) return
    }
  }

  /** The place behind the events that were written down as deliveries; undefined when there are no more. */
  async #takeUp(webhook: WebhookModel, after: number): Promise<number | undefined> {
    const { changeEvents } = this.#parts
    const objects = [webhook.object.name]
    const events = await changeEvents.read(after, { max: limits.changeEventsPageMax, objects })
    const last = events.at(-1)?.replayId
    if (last === undefined) return undefined
    const deliveries = await deliveriesOf(this.#parts, webhook, events)
    const isOurs = await this.#store.take(webhook.name, last, deliveries)
    return isOurs ? last : undefined
  }

  async #due(webhook: WebhookModel): Promise<readonly Delivery[]> {
    return this.#closed ? [] : this.#store.due(webhook.name)
  }

  async #send(webhook: WebhookModel, delivery: Delivery): Promise<void> {
    const { clock } = this.#parts
    const { isTaken, told } = await this.#answer(webhook, delivery)
    const attempts = delivery.attempts + 1
    const isLast = attempts >= limits.webhookAttemptsMax
    const delay = Math.min(limits.webhookRetryMs * 2 ** (attempts - 1), limits.webhookRetryMsMax)
    await this.#store.note({
      id: delivery.id,
      state: isTaken ? 'Delivered' : isLast ? 'Dead' : 'Waiting',
      attempts,
      nextAt: clock.now() + delay,
      answer: told.slice(0, limits.webhookAnswerCharsMax),
    })
  }

  async #answer({ url, secret: name }: WebhookModel, delivery: Delivery): Promise<WebhookAnswer> {
    const { services, clock, hosts } = this.#parts
    const sealed = await this.#store.secret(name)
    if (sealed === undefined) return { isTaken: false, told: `there is no secret ${name} yet` }
    if (delivery.body.length > limits.webhookBodyCharsMax) {
      return { isTaken: false, told: 'the values are too long to be sent (webhookBodyCharsMax)' }
    }
    const { id, body } = delivery
    const secret = services.decrypt(sealed)
    return sendWebhook({ url, id, body, secret, now: clock.now(), hosts })
  }
}

/** The clocks of the timer and of the rows need not agree to the millisecond. */
const slackMs = 5
