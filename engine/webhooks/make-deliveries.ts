/** Which events a webhook tells of, and in which words. */
import { fullAccess } from '../access/full-access.ts'
import { newestApiVersionText } from '../base/api-versions.ts'
import { baseLanguage } from '../base/languages.ts'
import type { Clock } from '../base/clock.ts'
import { Refusal } from '../base/refusal.ts'
import type { ChangeEvent } from '../events/change-events.ts'
import { exactNumbers } from '../events/exact-numbers.ts'
import { eventBody } from '../events/visible-events.ts'
import type { Model } from '../model/model.ts'
import { printAside } from '../records/exact-json.ts'
import type { Caller, Records } from '../records/records.ts'
import type { Delivery } from './delivery-store.ts'
import type { WebhookModel } from './webhook-models.ts'

export interface DeliveryParts {
  readonly records: Records
  readonly models: { current(): Model }
  readonly clock: Clock
}

/** Each with an identifier that stays the same however often it is made or sent. */
export async function deliveriesOf(
  parts: DeliveryParts,
  webhook: WebhookModel,
  events: readonly ChangeEvent[],
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = []
  for (const event of events) {
    if (!isTold(webhook, event) || !(await meets(parts, webhook, event))) continue
    const now = parts.clock.now()
    deliveries.push({
      id: `${webhook.name}-${event.replayId}`,
      webhook: webhook.name,
      number: event.replayId,
      recordId: event.recordId,
      state: 'Waiting',
      attempts: 0,
      createdAt: now,
      triedAt: undefined,
      nextAt: now,
      answer: '',
      body: printAside({ webhook: webhook.name, event: eventBody(chosen(webhook, event)) }),
    })
  }
  return deliveries
}

function isTold({ events, fields, object }: WebhookModel, event: ChangeEvent): boolean {
  if (event.object !== object.name || !events.has(event.changeType.toLowerCase())) return false
  if (event.changeType !== 'UPDATE' || fields.size === 0) return true
  return event.changedFields.some((name) => fields.has(name))
}

/** A record that is gone cannot be asked any more. */
async function meets(
  { records, models }: DeliveryParts,
  { condition: formula, object }: WebhookModel,
  { changeType, recordId: id, by }: ChangeEvent,
): Promise<boolean> {
  if (formula === undefined || changeType === 'DELETE') return true
  try {
    const sample = { object, id, formula, result: { type: 'Checkbox' } as const }
    const outcome = await records.sampleFormula(engineAs(models.current(), by), sample)
    return outcome.kind === 'value' && outcome.value === true
  } catch (error) {
    // It went meanwhile; its delete is told of.
    if (error instanceof Refusal) return false
    throw error
  }
}

function engineAs(model: Model, userId: string): Caller {
  return {
    access: fullAccess(model),
    userId,
    userName: '',
    timeZone: 'UTC',
    locale: baseLanguage,
    language: baseLanguage,
    source: 'webhook',
    apiVersion: newestApiVersionText,
  }
}

/** Values of the chosen fields alone. */
function chosen({ fields, object }: WebhookModel, event: ChangeEvent): ChangeEvent {
  const values = Object.entries(event.values).filter(([name]) => fields.has(name))
  return {
    ...event,
    changedFields: event.changedFields.filter((name) => fields.has(name)),
    values: exactNumbers(object, Object.fromEntries(values)),
  }
}
