/** The webhooks of a model, ready to be asked about events. */
import type { Webhook } from '../../metadata/types.ts'
import type { Formula } from '../formula/tree.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { compileRule } from '../model/validation-rules.ts'

export interface WebhookModel {
  readonly name: string
  readonly object: ObjectModel
  readonly events: ReadonlySet<string>
  /** Canonical names. */
  readonly fields: ReadonlySet<string>
  readonly condition: Formula | undefined
  readonly url: string
  readonly secret: string
}

const byModel = new WeakMap<Model, readonly WebhookModel[]>()

export function activeWebhooks(model: Model): readonly WebhookModel[] {
  const known = byModel.get(model)
  if (known !== undefined) return known
  const made = [...model.components('Webhook')].flatMap(({ fullName, body }) =>
    body.active === false ? [] : (compileWebhook(model, fullName, body) ?? []),
  )
  byModel.set(model, made)
  return made
}

/** Whether changes of the object's records are to be written down. */
export function hasWebhook(model: Model, object: ObjectModel): boolean {
  return activeWebhooks(model).some((one) => one.object.name === object.name)
}

/** Undefined where object or condition are not what they should be: rather nothing is sent than too much. */
function compileWebhook(
  model: Model,
  name: string,
  body: Readonly<Webhook>,
): WebhookModel | undefined {
  const object = model.object(body.object)
  if (object === undefined) return undefined
  const given = body.condition
  const rule = { fullName: name, errorConditionFormula: given ?? 'TRUE' }
  const condition = compileRule(model, object, rule)?.formula
  if (condition === undefined) return undefined
  const fields = (body.sentFields ?? []).flatMap(
    (field) => object.fieldsByName.get(field.toLowerCase())?.name ?? [],
  )
  return {
    name,
    object,
    events: new Set<string>(body.events),
    fields: new Set(fields),
    condition: given === undefined ? undefined : condition,
    url: body.url,
    secret: body.secret,
  }
}
