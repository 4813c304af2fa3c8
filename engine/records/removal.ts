/** What delete, undelete and purge share: one unit of work on its way through the objects it touches. */
import { pluralOf } from '../model/labels.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { readModelVersion } from '../query/compile-write.ts'
import type { TouchedRows } from '../roll-ups/keep-roll-ups.ts'
import type { Transaction } from '../storage/storage.ts'
import { logged } from './change-log.ts'
import type { HookRow, HookRun } from './hooks/record-hooks.ts'
import { hookRunOf } from './hooks/run-hooks.ts'
import { ownedBy, type Relation } from './owned-by.ts'
import { ModelMoved, type RecordContext } from './record-parts.ts'
import type { Caller, RecordChange } from './records.ts'
import { fieldNamed } from './save-index.ts'

export interface Removal {
  readonly context: RecordContext
  readonly tx: Transaction
  readonly model: Model
  readonly caller: Caller
  readonly now: number
  /** The record that was deleted by hand; the others go and come back with it. Null where each goes by itself. */
  readonly root: string | null
  readonly changes: RecordChange[]
  /** Records whose roll-up summaries changed, by object. */
  readonly summed: Map<string, Set<string>>
  /** For hooks: what the records held that went. */
  readonly removedRows: Map<ObjectModel, readonly HookRow[]>
  readonly hookRun: HookRun
}

export interface RemovalInput {
  readonly model: Model
  readonly caller: Caller
  readonly root: string | null
}

/** Begins a removal inside a transaction; listeners hear of its changes after the commit. */
export async function beginRemoval(
  context: RecordContext,
  tx: Transaction,
  input: RemovalInput,
): Promise<Removal> {
  const [state] = await tx.read(readModelVersion)
  if (String(state?.['value']) !== String(input.model.version)) throw new ModelMoved()
  const changes: RecordChange[] = []
  const removal: Removal = {
    context,
    tx,
    ...input,
    now: context.clock.now(),
    changes,
    summed: new Map(),
    removedRows: new Map(),
    hookRun: hookRunOf(context),
  }
  tx.afterCommit(() => context.emit([...changes, ...summedChanges(removal)]))
  return removal
}

/** What went itself is no parent any more that somebody would look at. */
function summedChanges({ changes, summed, caller }: Removal): readonly RecordChange[] {
  const told = new Set(changes.map(({ id }) => id))
  return [...summed].flatMap(([object, ids]) =>
    [...ids]
      .filter((id) => !told.has(id))
      .map((id) => ({ object, id, change: 'update', by: caller.userId }) as const),
  )
}

export function note(
  { changes, caller }: Removal,
  object: ObjectModel,
  { ids, change }: { readonly ids: readonly string[]; readonly change: RecordChange['change'] },
): void {
  for (const id of ids) changes.push({ object: object.name, id, change, by: caller.userId })
}

/** For the keeping of summaries: records that were locked ahead, and whom to tell of the parents that change. */
export function touched(
  { model, now, summed }: Removal,
  object: ObjectModel,
  ids: readonly string[],
): TouchedRows {
  const onChange: TouchedRows['onChange'] = (parent, parents) => {
    const known = summed.get(parent) ?? new Set<string>()
    summed.set(parent, known)
    for (const id of parents) known.add(id)
  }
  return { model, object, ids, now, isLocked: true, onChange }
}

/** Does the work on these records; whoever listens to the object hears of it. */
export function loggedRows<Result>(
  { context, tx, caller }: Removal,
  { object, ids, change }: LoggedRows,
  work: () => Promise<Result>,
): Promise<Result> {
  const rows = ids.map((id) => ({ id, by: caller.userId, way: caller.source }))
  return logged(context, tx, { object, change, rows, work })
}

export interface LoggedRows {
  readonly object: ObjectModel
  readonly ids: readonly string[]
  readonly change: RecordChange['change']
}

type OnDelete = 'Cascade' | 'SetNull' | 'Restrict'

/** Worked out once for a model: a load of deletes asks for the same again and again. */
const relationsOf = new WeakMap<Model, Map<string, readonly Relation[]>>()

/** The relations to an object that behave so when a record of it goes. */
export function relationsTo(
  model: Model,
  object: ObjectModel,
  onDelete: OnDelete,
): readonly Relation[] {
  const known = relationsOf.get(model) ?? new Map<string, readonly Relation[]>()
  relationsOf.set(model, known)
  const key = `${object.name} ${onDelete}`
  const relations = known.get(key) ?? findRelations(model, object, onDelete)
  known.set(key, relations)
  return relations
}

function findRelations(model: Model, object: ObjectModel, onDelete: OnDelete): readonly Relation[] {
  const own = onDelete === 'Restrict' ? ownedBy(model, object) : []
  const relations = object.children
    .filter((one) => one.onDelete === onDelete)
    .map((one) => {
      const child = model.object(one.childObject)
      if (child === undefined) throw new Error(`no object ${one.childObject}`)
      return { child, field: fieldNamed(child, one.field) }
    })
    // Who created, changed or owns a record stays written there.
    .filter(({ field }) => !field.system || onDelete === 'Restrict')
  return [...relations, ...own]
}

export function requireDelete(caller: Caller, object: ObjectModel): void {
  if (caller.access.mayObject(object.name, 'delete')) return
  throw refuse(
    'INSUFFICIENT_ACCESS_OR_READONLY',
    message('You may not delete {objects}.', { objects: pluralOf(object) }),
  )
}
