/** Keeps roll-up summaries right in the transaction that changes their children, and those above them in turn. */
import { refuse } from '../base/refusal.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { LockSet } from '../query/compile-roll-up-locks.ts'
import { compileApply, compileShares } from '../query/compile-roll-ups.ts'
import { idList } from '../query/compile-write.ts'
import { affectedBy, rollUpsOver, summaryColumns, type RollUpRelation } from '../query/roll-ups.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, render, sql, type Statement } from '../sql/sql.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Holes, Row, Transaction } from '../storage/storage.ts'
import { keepScores } from './keep-scores.ts'

/** Records whose columns are about to change. */
export interface TouchedRows {
  readonly model: Model
  readonly object: ObjectModel
  readonly ids: readonly string[]
  /** Physical names of the columns that may change; all when absent (delete, undelete, a new lookup). */
  readonly columns?: ReadonlySet<string>
  readonly now: number
  /** The unit of work has locked them and all above them already. */
  readonly isLocked?: boolean
  /** Told of parents whose summaries changed, by the name of their object. */
  readonly onChange?: (object: string, ids: readonly string[]) => void
}

/** Does the work; what the records gave to summaries before is taken off, what they give after it is added. */
export async function keepRollUps<Result>(
  tx: Transaction,
  touched: TouchedRows | readonly TouchedRows[],
  work: () => Promise<Result>,
): Promise<Result> {
  const all = 'model' in touched ? [touched] : touched
  const levels = all.flatMap((one): Level[] => {
    const plan = planOf(tx, one)
    return plan.relations.length === 0 || one.ids.length === 0 ? [] : [{ touched: one, plan }]
  })
  if (levels.length === 0) return work()
  for (const level of levels) await lockLevel(tx, level)
  const former = await readShares(tx, levels)
  const result = await work()
  // All of them before anything is applied: a record may be a parent of another one that is touched.
  const now = await readShares(tx, levels)
  for (const level of levels) await applyShares(tx, level, { former, now })
  return result
}

/** For records that were just inserted: nobody points at them yet, and they gave nothing before. */
export async function addToRollUps(tx: Transaction, touched: TouchedRows): Promise<void> {
  const plan = planOf(tx, touched)
  const simple = plan.relations.filter((one) => one.above().relations.length === 0)
  const rest = plan.relations.filter((one) => !simple.includes(one))
  const level: Level = { touched, plan: { ...plan, relations: rest } }
  const now = await readShares(tx, [level])
  for (const one of simple) {
    const rows = await apply(tx, one, {
      touched,
      statement: one.add,
      holes: { ids: idRows(touched.ids) },
    })
    await tellOf(tx, one, { touched, ids: rows })
  }
  await applyShares(tx, level, { former: new Map(), now })
}

/** The records and everything above them that they are summed up in, where writers are several. */
async function lockLevel(tx: Transaction, { touched, plan }: Level): Promise<void> {
  if (touched.isLocked === true) return
  for (const lock of plan.locks) await tx.read(lock, { ids: idRows(touched.ids) })
}

function idRows(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => [id]))
}

interface RelationPlan {
  readonly relation: RollUpRelation
  readonly shares: Statement
  sharesOf(row: Row): readonly unknown[]
  readonly add: Statement
  readonly change: Statement
  /** Of the summaries above the parent that are made of the ones here. */
  readonly above: () => KeepPlan
}

interface KeepPlan {
  readonly locks: readonly Statement[]
  readonly relations: readonly RelationPlan[]
}

interface PlanOptions {
  readonly dialect: Dialect
  readonly columns?: ReadonlySet<string>
}

function planOf(tx: Transaction, { model, object, columns }: TouchedRows): KeepPlan {
  return planFor(model, object, { dialect: tx.dialect, ...(columns && { columns }) })
}

const nothing: KeepPlan = { locks: [], relations: [] }

const plans = new WeakMap<Model, Map<string, KeepPlan>>()

function planFor(model: Model, object: ObjectModel, { dialect, columns }: PlanOptions): KeepPlan {
  const ofModel = plans.get(model) ?? new Map<string, KeepPlan>()
  plans.set(model, ofModel)
  const { table } = object
  const all = rollUpsOver(model, table.name, dialect)
  if (all.length === 0) return nothing
  const relations = affectedBy(all, columns)
  const names = relations.map(({ foreignKey, parent, rollUps }) => [
    foreignKey.name.name,
    parent.table.name,
    ...rollUps.map(({ column }) => column.name.name),
  ])
  // One plan for all sets of columns that matter to the same summaries.
  const key = JSON.stringify([dialect.name, table.name, names])
  const known = ofModel.get(key)
  if (known !== undefined) return known
  const made = makePlan(model, object, { dialect, relations })
  ofModel.set(key, made)
  return made
}

function makePlan(
  model: Model,
  object: ObjectModel,
  { dialect, relations }: { readonly dialect: Dialect; readonly relations: KeepRelations },
): KeepPlan {
  const id = identifier('Id')
  const given = idList('ids', dialect)
  const locks = new LockSet(model, dialect)
  locks.addParents(
    relations,
    ({ foreignKey }) =>
      sql`select t.${foreignKey.name} from ${object.table} as t where t.${id} in ${given}`,
  )
  locks.add(object, sql`select o.${id} from ${given} as o`, { strong: true })
  return {
    locks: locks.statements().map((lock) => render(lock, dialect)),
    relations: relations.map((relation) => ({
      relation,
      shares: render(compileShares(relation, dialect), dialect),
      sharesOf: (row) => relation.rollUps.map((_one, index) => row[`share${index}`] ?? null),
      add: render(compileApply(relation, { dialect, children: 'new' }), dialect),
      change: render(compileApply(relation, { dialect, children: 'changed' }), dialect),
      above: () =>
        planFor(model, relation.parent, { dialect, columns: summaryColumns([relation]) }),
    })),
  }
}

type KeepRelations = readonly RollUpRelation[]

interface Level {
  readonly touched: TouchedRows
  readonly plan: KeepPlan
}

/** What records give, by relation and parent. */
type Shares = ReadonlyMap<RelationPlan, ReadonlyMap<string, readonly unknown[]>>

async function readShares(tx: Transaction, levels: readonly Level[]): Promise<Shares> {
  const shares = new Map<RelationPlan, ReadonlyMap<string, readonly unknown[]>>()
  for (const { plan, touched } of levels) {
    for (const one of plan.relations) {
      const rows = await tx.read(one.shares, { ids: idRows(touched.ids) })
      const values = rows.map((row) => [String(row['parent_id']), one.sharesOf(row)] as const)
      shares.set(one, new Map(values))
    }
  }
  return shares
}

interface BothShares {
  readonly former: Shares
  readonly now: Shares
}

async function applyShares(tx: Transaction, level: Level, both: BothShares): Promise<void> {
  for (const one of level.plan.relations) await applyChanges(tx, one, { level, both })
}

async function applyChanges(
  tx: Transaction,
  one: RelationPlan,
  { level, both }: { readonly level: Level; readonly both: BothShares },
): Promise<void> {
  const { touched } = level
  const rows = differences(one, both)
  if (rows.length === 0) return
  const { parent } = one.relation
  const parents = rows.map(([id]) => String(id))
  const { columns: _columns, ...rest } = touched
  const above: Level = { touched: { ...rest, object: parent, ids: parents }, plan: one.above() }
  const formerAbove = await readShares(tx, [above])
  const holes = { shares: JSON.stringify(rows) }
  const changed = await apply(tx, one, { touched, statement: one.change, holes })
  if (changed.length === 0) return
  await tellOf(tx, one, { touched, ids: changed })
  const nowAbove = await readShares(tx, [above])
  await applyShares(tx, above, { former: formerAbove, now: nowAbove })
}

/** Rows for the hole `shares`: parents to whom something else is given than before. */
function differences(
  one: RelationPlan,
  { former, now }: BothShares,
): readonly (readonly unknown[])[] {
  const [before, after] = [former.get(one), now.get(one)]
  const parents = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  const none = one.relation.rollUps.map(() => null)
  return [...parents].sort().flatMap((id) => {
    const [gave, gives] = [before?.get(id) ?? none, after?.get(id) ?? none]
    return gave.every((share, index) => share === gives[index]) ? [] : [[id, ...gives, ...gave]]
  })
}

interface Application {
  readonly touched: TouchedRows
  readonly statement: Statement
  readonly holes: Holes
}

/** Gives the ids of the parents that changed. */
async function apply(
  tx: Transaction,
  one: RelationPlan,
  { touched, statement, holes }: Application,
): Promise<readonly string[]> {
  const { now } = touched
  const rows = await withinRange(one, () => tx.read(statement, { ...holes, now }))
  refuseLong(one, rows)
  return rows.map((row) => String(row['id']))
}

/** Parents whose summaries moved: what is scored by them moves too. */
async function tellOf(
  tx: Transaction,
  one: RelationPlan,
  { touched, ids }: { readonly touched: TouchedRows; readonly ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return
  const { model, now } = touched
  const name = nameOf(model, one)
  touched.onChange?.(name, ids)
  const object = model.object(name)
  if (object === undefined) return
  await keepScores(tx, { model, object, ids, columns: summaryColumns([one.relation]), now })
}

function nameOf(model: Model, { relation }: RelationPlan): string {
  const { keyPrefix, name } = relation.parent
  return model.objectByKeyPrefix(keyPrefix)?.name ?? name
}

/** Whole numbers of SQLite end at 19 digits; a sum beyond them is refused like any that is too long. */
async function withinRange<Result>(
  { relation }: RelationPlan,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isOverflow = error instanceof StorageError && error.kind === 'overflow'
    const [first] = relation.rollUps
    throw isOverflow && first !== undefined ? tooLong(first.field.label, relation) : error
  }
}

function refuseLong({ relation }: RelationPlan, rows: readonly Row[]): void {
  for (const row of rows) {
    const long = relation.rollUps.find((_one, index) => row[`over${index}`] === 1)
    if (long !== undefined) throw tooLong(long.field.label, relation)
  }
}

function tooLong(label: string, { parent, child }: RollUpRelation): Error {
  return refuse(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${label} of ${parent.label} would get more digits than it can hold: give ${child.labelPlural} smaller values, or spread them over more ${parent.labelPlural}.`,
  )
}
