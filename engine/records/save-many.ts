/** Many records of one object: each for itself, or all in one unit of work. */
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse, Refusal } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { FindByKeys } from './find-by-key.ts'
import { hasHooks } from './hooks/run-hooks.ts'
import { savePartly } from './hooks/save-partly.ts'
import { linkByKey } from './link-by-key.ts'
import { refuseFailed, settled } from './outcomes.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, RecordBody, SaveResult, UpsertOutcome } from './records.ts'
import type { SaveRecords } from './save-records.ts'
import { insertHooks, updateHooks, type SetItem } from './save-set.ts'
import { gateOf, keyField, requireObject } from './targets.ts'

export interface ManyItems {
  readonly object: string
  readonly items: readonly SetItem[]
  readonly allOrNone: boolean
}

export interface ManyKeyed {
  readonly object: string
  readonly field: string
  /** With the key among the values. */
  readonly bodies: readonly RecordBody[]
  readonly allOrNone: boolean
}

export interface SaveMany {
  saveMany(caller: Caller, input: ManyItems): Promise<readonly (SaveResult | Refusal)[]>
  upsertMany(caller: Caller, input: ManyKeyed): Promise<readonly UpsertOutcome[]>
}

export interface SaveManyParts {
  readonly context: RecordContext
  readonly saving: SaveRecords
  readonly findByKeys: FindByKeys
}

export function createSaveMany(parts: SaveManyParts): SaveMany {
  const { context, saving } = parts
  const saveMany: SaveMany['saveMany'] = async (caller, { object, items: given, allOrNone }) => {
    requireFew(context, given.length)
    const items = await linked(parts, caller, { object, items: given })
    if (allOrNone) refuseFailed(items.map(({ refused }) => refused))
    const isOneUnit = allOrNone || context.within === true
    if (isOneUnit) return saving.saveSet(caller, { object, items, partial: !allOrNone })
    if (isHooked(context, caller, object)) {
      return savePartly(
        (some) => saving.saveSet(caller, { object, items: some, partial: true }),
        items,
      )
    }
    // Each for itself: the writer puts equal shapes together, and takes out what is refused.
    return Promise.all(
      items.map(({ id, body, refused, options }) =>
        settled(() => {
          if (refused !== undefined) throw refused
          return id === undefined
            ? saving.create(caller, { object, body }, options)
            : saving.update(caller, { object, id, body }, options)
        }),
      ),
    )
  }
  return {
    saveMany,
    upsertMany: (caller, input) => upsertMany({ ...parts, saveMany }, caller, input),
  }
}

function isHooked(context: RecordContext, caller: Caller, name: string): boolean {
  const object = requireObject(context.models.current(), name, caller)
  return hasHooks(context, object, [...insertHooks, ...updateHooks])
}

/** The items with ids in place of keys of what they refer to. */
async function linked(
  { context, findByKeys }: SaveManyParts,
  caller: Caller,
  { object: name, items }: Pick<ManyItems, 'object' | 'items'>,
): Promise<readonly SetItem[]> {
  const model = context.models.current()
  const object = requireObject(model, name, caller)
  const bodies = items.map(({ body }) => body)
  const found = await linkByKey(findByKeys, caller, { model, object, bodies })
  if (found === bodies) return items
  return items.map((item, index) => {
    const one = found[index] ?? item.body
    return one instanceof Refusal ? { ...item, refused: one } : { ...item, body: one }
  })
}

function requireFew({ within }: RecordContext, count: number): void {
  const max = within === true ? limits.unitRecordsMax : limits.bulkRecordsMax
  if (count <= max) return
  throw refuse(
    'LIMIT_EXCEEDED',
    `At most ${limits.bulkRecordsMax} records at a time (bulkRecordsMax).`,
  )
}

interface UpsertParts extends SaveManyParts {
  readonly saveMany: SaveMany['saveMany']
}

interface UpsertPlan extends UpsertParts {
  readonly caller: Caller
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly bodies: readonly RecordBody[]
}

async function upsertMany(
  parts: UpsertParts,
  caller: Caller,
  { object: name, field: fieldName, bodies, allOrNone }: ManyKeyed,
): Promise<readonly UpsertOutcome[]> {
  const { context, saveMany, saving } = parts
  requireFew(context, bodies.length)
  const model = context.models.current()
  const object = requireObject(model, name, caller)
  const field = keyField(gateOf(model, caller), object, fieldName)
  const plan = { ...parts, caller, object, field, bodies }
  const targets = await findTargets(plan)
  if (allOrNone) refuseFailed(targets)
  const found = targets.flatMap((target, index) =>
    target instanceof Refusal ? [] : [{ index, target }],
  )
  const items = found.map(({ target }) => target)
  const saved = await saveMany(caller, { object: object.name, items, allOrNone })
  const outcomes: UpsertOutcome[] = targets.map((target) => ({
    // Who was refused before it was looked for counts as new, as elsewhere.
    created: true,
    result: target instanceof Refusal ? target : refuse('UNKNOWN_EXCEPTION', 'not saved'),
  }))
  for (const [position, { index, target }] of found.entries()) {
    const result = saved[position]
    if (result === undefined) throw new Error('every record of a set has a result')
    const winner = await winnerOf(plan, { index, target, result })
    const { id } = winner ?? target
    outcomes[index] =
      winner === undefined
        ? { result, created: id === undefined }
        : {
            created: false,
            result: await settled(() =>
              saving.update(caller, { object: object.name, id: winner.id, body: winner.body }),
            ),
          }
  }
  return outcomes
}

interface SavedTarget {
  readonly index: number
  readonly target: SetItem
  readonly result: SaveResult | Refusal
}

/** Somebody else may have made the record in the meantime: then this is an update. */
async function winnerOf(
  { context, findByKeys, caller, object, field, bodies }: UpsertPlan,
  { index, target, result }: SavedTarget,
): Promise<{ readonly id: string; readonly body: RecordBody } | undefined> {
  const isTaken =
    target.id === undefined && result instanceof Refusal && result.code === 'DUPLICATE_VALUE'
  // A unit of work fails as a whole, and is tried again by whoever began it.
  if (!isTaken || context.within === true) return undefined
  const { value, body } = keyOf(object, field, bodies[index] ?? new Map())
  if (value === undefined) return undefined
  const [found] = await findByKeys(caller, object, { field, values: [value] })
  return found instanceof Refusal || found?.id === undefined ? undefined : { id: found.id, body }
}

/** Each record as new or as the one that has its key. */
async function findTargets(plan: UpsertPlan): Promise<readonly (SetItem | Refusal)[]> {
  const { caller, object, field, bodies, findByKeys } = plan
  const keys = bodies.map((body) => keyOf(object, field, body))
  if (field.name === 'Id') return keys.map(({ value: id, body }) => ({ id, body }))
  const values = keys.flatMap(({ value }) => (value === undefined ? [] : [value]))
  const found = (await findByKeys(caller, object, { field, values })).values()
  const seen = new Set<string>()
  return bodies.map((whole, index) => {
    const { value, body } = keys[index] ?? { value: undefined, body: whole }
    if (value === undefined) return missingKey(field)
    const key = found.next().value
    if (key === undefined || key instanceof Refusal) return key ?? missingKey(field)
    if (seen.has(key.sameness)) return repeatedKey(field, value)
    seen.add(key.sameness)
    return key.id === undefined ? { body: whole } : { id: key.id, body }
  })
}

interface KeyAndRest {
  readonly value: string | undefined
  /** The values without the key. */
  readonly body: RecordBody
}

function keyOf(object: ObjectModel, field: FieldModel, body: RecordBody): KeyAndRest {
  const rest = new Map(body)
  let value: string | undefined
  for (const [name, given] of body) {
    if (object.fieldsByName.get(name.toLowerCase()) !== field) continue
    rest.delete(name)
    if (typeof given === 'string' || typeof given === 'number') value = String(given)
  }
  return { value: value === '' ? undefined : value, body: rest }
}

function missingKey({ name }: FieldModel): Refusal {
  return refuse(
    'MISSING_ARGUMENT',
    message('{field} not specified: every record needs it.', { field: name }),
    {
      fields: [name],
    },
  )
}

function repeatedKey({ name }: FieldModel, value: string): Refusal {
  return refuse(
    'DUPLICATE_VALUE',
    message('Duplicate external id specified: {value}', { value: value.slice(0, 80) }),
    { fields: [name] },
  )
}
