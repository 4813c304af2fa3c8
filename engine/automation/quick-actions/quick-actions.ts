/** The quick actions of a model: which there are, whom they are offered to, what they begin with, and doing one. */
import type { QuickAction } from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import { computedInstant } from '../../formula/computed-instant.ts'
import type { Formula } from '../../formula/tree.ts'
import { indexOf } from '../../model/compile-model.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { anyObject } from '../../model/qualified-scope.ts'
import { compileQuickAction, type QuickActionPlan } from '../../model/quick-actions/quick-action.ts'
import { recordTypeField } from '../../model/system-fields.ts'
import type { Gate } from '../../query/resolve.ts'
import type { RecordBody, SaveOptions, SaveResult } from '../../records/records.ts'
import { literalValue } from '../literal-value.ts'
import type { Reading } from '../read-rows.ts'
import { seenParents, seesAll, type Subject } from '../seen-parents.ts'

export interface ReadyAction {
  /** In the words of the model's language. */
  readonly body: Readonly<QuickAction>
  readonly plan: QuickActionPlan
  readonly target: ObjectModel
}

const byModel = new WeakMap<Model, readonly ReadyAction[]>()

/** Those that have an effect, in the order of their names. */
export function quickActions(model: Model): readonly ReadyAction[] {
  const known = byModel.get(model)
  if (known !== undefined) return known
  const index = indexOf(model)
  const made = [...model.components('QuickAction')].flatMap(({ body }): ReadyAction[] => {
    const { plan } = compileQuickAction(body, index)
    const target = plan && model.object(plan.target)
    return plan === undefined || target === undefined ? [] : [{ body, plan, target }]
  })
  byModel.set(model, made)
  return made
}

/** `context` undefined: the global ones; else those of the object. */
export function offeredActions(gate: Gate, context?: ObjectModel): readonly ReadyAction[] {
  return quickActions(gate.model).filter(
    (action) => action.plan.context === context?.name && isOffered(gate, action),
  )
}

/**
 * Offered to those only who could do it: whoever may not set a value that the action sets would get another record than
 * the one that it promises.
 */
export function isOffered({ model, access }: Gate, { plan, target }: ReadyAction): boolean {
  const isUpdate = plan.kind === 'Update'
  if (plan.context !== undefined && !access.mayObject(plan.context, 'read')) return false
  if (!access.mayObject(target.name, isUpdate ? 'edit' : 'create')) return false
  const type = typeOf({ plan, target })
  if (type !== undefined && !access.recordTypes(target).includes(type)) return false
  const named = plan.presets.map(({ field }) => field)
  if (plan.parentField !== undefined) named.push(plan.parentField)
  return named.every((name) => {
    const field = model.object(target.name)?.fieldsByName.get(name.toLowerCase())
    if (field === undefined || !(isUpdate ? field.updateable : field.createable)) return false
    return access.mayField(target.name, field.name, 'edit')
  })
}

function typeOf({ plan, target }: Pick<ReadyAction, 'plan' | 'target'>) {
  return target.recordTypes.find(({ name }) => name === plan.recordType)
}

/** The id of the record type that its new records have. */
export function recordTypeOf(action: ReadyAction): string | undefined {
  return typeOf(action)?.id
}

export interface Start {
  readonly model: Model
  readonly action: ReadyAction
  /** The record that it starts from, as the caller gives it. */
  readonly contextId: string | undefined
}

/** What the action sets by itself, by field; refuses a record that the caller does not see. */
export async function presetValues(
  reading: Reading,
  { model, action, contextId }: Start,
): Promise<ReadonlyMap<string, unknown>> {
  const { plan, target } = action
  const id = await contextRecord(reading, plan, contextId)
  const values = new Map<string, unknown>()
  const type = typeOf(action)
  if (type !== undefined) values.set(recordTypeField, type.id)
  if (plan.parentField !== undefined && id !== undefined) values.set(plan.parentField, id)
  const object = model.object(plan.context ?? anyObject)
  if (object === undefined) throw new Error(`the object of the action ${plan.name} is there`)
  const on: Subject = { model, object, id }
  const formulas = plan.presets.flatMap(({ value }) => (typeof value === 'string' ? [] : [value]))
  const seen = await seenParents(reading, on, formulas)
  for (const { field: name, value } of plan.presets) {
    const field = target.fieldsByName.get(name.toLowerCase())
    if (field === undefined) continue
    const found =
      typeof value === 'string'
        ? literalValue(field, value)
        : seesAll(seen, value)
          ? await computed(reading, on, { formula: value, field })
          : undefined
    // An empty value is a value for a record that has another one already.
    if (found === undefined || (found === null && plan.kind !== 'Update')) continue
    values.set(field.name, found)
  }
  return values
}

/** The whole id of the record; undefined where the action starts from none. */
async function contextRecord(
  { records, caller }: Reading,
  { context, kind }: QuickActionPlan,
  given: string | undefined,
): Promise<string | undefined> {
  if (context === undefined) return undefined
  if (given === undefined || given === '') {
    if (kind !== 'Update') return undefined
    const told = message('Name the record that the action changes as contextId.')
    throw refuse('REQUIRED_FIELD_MISSING', told, { fields: ['contextId'] })
  }
  await records.retrieve(caller, context, given, ['Id'])
  return normaliseId(given)
}

interface Computation {
  readonly formula: Formula
  readonly field: FieldModel
}

/** Undefined where it has no value, or reads what the caller may not see. */
async function computed(
  { records, caller }: Reading,
  { object, id }: Subject,
  { formula, field }: Computation,
): Promise<unknown> {
  const { kind } = formula.type
  // Without a record only globals have values.
  if (id === undefined && formula.mentions.some(({ path }) => !path.startsWith('$'))) {
    return undefined
  }
  const { scale = 0 } = field.options
  const type = field.type.name === 'Percent' ? 'Percent' : 'Number'
  const result = kind === 'number' ? ({ type, scale } as const) : undefined
  const outcome = await records.sampleFormula(caller, { object, id, formula, result })
  if (outcome.kind === 'failure') return undefined
  const value = computedInstant(outcome.value, kind)
  return kind === 'number' && value !== null ? Number(value) : value
}

export interface GivenRecord {
  readonly body: RecordBody
  /** What the form started from. */
  readonly base: SaveOptions['base'] | undefined
}

/** Values of the caller go before those of the action. */
export async function runQuickAction(
  reading: Reading,
  start: Start,
  { body: given, base }: GivenRecord,
): Promise<SaveResult> {
  const { plan, target } = start.action
  const { records, caller } = reading
  const body = new Map(await presetValues(reading, start))
  const ownNames = new Map([...body.keys()].map((name) => [name.toLowerCase(), name]))
  for (const name of given.keys()) {
    const own = ownNames.get(name.toLowerCase())
    if (own !== undefined) body.delete(own)
  }
  for (const [name, value] of given) body.set(name, value)
  return plan.kind === 'Update'
    ? records.update(caller, target.name, start.contextId ?? '', body, base && { base })
    : records.create(caller, target.name, body)
}
