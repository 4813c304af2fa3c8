/** A set of new and changed records of one object, saved in one unit of work by one statement per shape. */
import { message } from '../base/message.ts'
import { Refusal, refuse, type Problem } from '../base/refusal.ts'
import type { Column, Model, ObjectModel } from '../model/model.ts'
import { lockRecords, lockTargets } from '../roll-ups/lock-ahead.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { GroupedWrite, Transaction } from '../storage/storage.ts'
import { again } from './again.ts'
import type { ReadCurrent } from './current-row.ts'
import { computedDefaults, type ComputedDefaults } from './defaults/computed-defaults.ts'
import { explained } from './explain-storage-error.ts'
import { hookFields } from './hooks/hook-rows.ts'
import { readsAtOnce, runAtOnce, type PlannedRow } from './hooks/planned-rows.ts'
import { finish, oldValues, runBefore } from './hooks/prepare-hooked.ts'
import type { HookRun, HookValues } from './hooks/record-hooks.ts'
import { runAfter } from './hooks/run-after.ts'
import { hasHooks, hookRunOf } from './hooks/run-hooks.ts'
import { planChange, planNew } from './prepare-row.ts'
import type { RecordContext } from './record-parts.ts'
import { all, onceReady, refuseFailed, settled } from './outcomes.ts'
import type { Caller, CreateOptions, RecordBody, SaveOptions, SaveResult } from './records.ts'
import type { RowRights } from './row-rights.ts'
import { checkInWriter } from './rules/check-in-writer.ts'
import { requireId, requireObject } from './targets.ts'
import type { RowUpdate, RowWrite, WriteGroups } from './write-groups.ts'

/** One record of a set; without an id it is new. */
export interface SetItem {
  readonly id?: string | undefined
  readonly body: RecordBody
  /** What is wrong with it already. */
  readonly refused?: Refusal
  readonly options?: SaveOptions & CreateOptions
}

export interface SaveSet {
  readonly object: string
  readonly items: readonly SetItem[]
  /**
   * Refusals of single records are results. What only the database refuses (a value that another record has, a
   * reference that leads nowhere) fails the set as a whole all the same.
   */
  readonly partial: boolean
}

export interface SetParts {
  readonly context: RecordContext
  readonly groups: WriteGroups
  readonly readCurrent: ReadCurrent
  readonly rights: RowRights
}

type Outcome = SaveResult | Refusal

export const insertHooks = ['beforeInsert', 'afterInsert'] as const
export const updateHooks = ['beforeUpdate', 'afterUpdate'] as const

/** Results in the order of the items; a refusal of the whole tells in `byIndex` whose problems it holds. */
export function saveSet(
  parts: SetParts,
  caller: Caller,
  set: SaveSet,
): Promise<readonly Outcome[]> {
  const { context } = parts
  return again(context, async (attempt) => {
    const model = context.models.current()
    const object = requireObject(model, set.object, caller)
    const hooked = hasHooks(context, object, [...insertHooks, ...updateHooks])
    const run = hooked ? hookRunOf(context) : undefined
    const plan = { ...parts, caller, model, object, set, run }
    return explained(model, async () => {
      // Somebody was faster: this time nobody comes in between read and write.
      if (attempt > 1) {
        return context.storage.write(async (tx) => write(plan, tx, await prepareAll(plan, tx)))
      }
      const rows = await prepareAll(plan)
      return context.storage.write((tx) => write(plan, tx, rows))
    })
  })
}

interface SetPlan extends SetParts {
  readonly caller: Caller
  readonly model: Model
  readonly object: ObjectModel
  readonly set: SaveSet
  /** Undefined where the object has no hooks. */
  readonly run: HookRun | undefined
}

interface PreparedRow {
  readonly row: RowWrite | RowUpdate
  /** For hooks: what a changed record held before. */
  readonly old: HookValues | undefined
}

type Prepared = PreparedRow | Refusal

/** Every record ready to be written, or its refusal; all refusals at once where one spoils the set. */
async function prepareAll(plan: SetPlan, tx?: Transaction): Promise<readonly Prepared[]> {
  const { context, caller, model, object, set } = plan
  const hasNew = set.items.some(({ id }) => id === undefined)
  const computed = hasNew ? await computedDefaults({ context, caller, model, object }) : undefined
  const repeated = repeatedIds(object, set.items)
  const options = (index: number): PrepareOptions => ({
    computed,
    tx,
    isRepeated: repeated.has(index),
  })
  const planOne = (item: SetItem, index: number): PlannedRow | Promise<PlannedRow> =>
    onceReady(planItem(plan, item, options(index)), (row) => runAtOnce(context, caller, row))
  const finishOne = (one: PlannedRow): PreparedRow | Promise<PreparedRow> => {
    const row = finish(context, caller, one)
    const prepared = { row, old: oldValues(one) }
    const asked = { model, object, values: row.values, previous: prepared.old, tx }
    const targets = plan.rights.demandTargets(caller, asked)
    return targets === undefined ? prepared : targets.then(() => prepared)
  }
  const { run } = plan
  const prepared =
    run === undefined
      ? await all(set.items, (item, index) => onceReady(planOne(item, index), finishOne))
      : await all(
          await runBefore({ context, caller, run, tx, planned: await all(set.items, planOne) }),
          (one) => (one instanceof Refusal ? one : finishOne(one)),
        )
  if (!set.partial) refuseFailed(prepared)
  return prepared
}

interface PrepareOptions {
  readonly computed: ComputedDefaults | undefined
  readonly tx: Transaction | undefined
  /** An earlier item is the same record. */
  readonly isRepeated: boolean
}

function planItem(
  { context, caller, model, object, readCurrent, rights, run }: SetPlan,
  { id, body, refused, options = {} }: SetItem,
  { computed, tx, isRepeated }: PrepareOptions,
): PlannedRow | Promise<PlannedRow> {
  if (refused !== undefined) throw refused
  if (id === undefined) return planNew(caller, { model, object, body, computed, ...options })
  if (isRepeated) throw repeatedRecord(id)
  const reads = run === undefined ? readsAtOnce(context, object) : hookFields(object)
  const input = { model, object, id, body, options, readCurrent, rights, tx }
  return planChange(caller, input, reads)
}

function repeatedIds(object: ObjectModel, items: readonly SetItem[]): ReadonlySet<number> {
  const seen = new Set<string>()
  const repeated = new Set<number>()
  items.forEach((item, index) => {
    if (item.id === undefined) return
    const id = idOf(object, item.id)
    if (seen.has(id)) repeated.add(index)
    seen.add(id)
  })
  return repeated
}

/** In one form, whichever was given; what is no id is refused where it is prepared. */
function idOf(object: ObjectModel, given: string): string {
  try {
    return requireId(object, given)
  } catch (error) {
    if (error instanceof Refusal) return given
    throw error
  }
}

function repeatedRecord(id: string): Refusal {
  return refuse(
    'DUPLICATE_VALUE',
    message('The record {id} stands twice in the list: give it once, with all changes.', { id }),
    { fields: ['Id'] },
  )
}

interface Entry extends PreparedRow {
  readonly index: number
}

type AnyGroup = Pick<GroupedWrite<RowWrite | RowUpdate, SaveResult>, 'run'>

async function write(
  plan: SetPlan,
  tx: Transaction,
  prepared: readonly Prepared[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  const ready: Entry[] = []
  prepared.forEach((one, index) => {
    if (one instanceof Refusal) outcomes[index] = one
    else ready.push({ index, ...one })
  })
  const entries = await checked(plan, tx, { entries: ready, outcomes })
  const groups = groupsOf(plan, entries)
  if (groups.length > 1) await lockAll(plan, tx, entries)
  for (const { group, members } of groups) {
    const rows = members.map(({ row }) => ({ ...row, inWriter: undefined }))
    const results = await group.run(tx, rows)
    members.forEach(({ index }, position) => {
      const result = results[position]
      if (result !== undefined) outcomes[index] = result
    })
  }
  if (plan.run !== undefined) await runAfter({ ...plan, run: plan.run }, tx, entries)
  return outcomes
}

interface Checking {
  readonly entries: readonly Entry[]
  readonly outcomes: Outcome[]
}

/** What the rules that look at other records let through. */
async function checked(
  { model, set }: SetPlan,
  tx: Transaction,
  { entries, outcomes }: Checking,
): Promise<readonly Entry[]> {
  const rows = entries.map(({ row }) => row)
  const refusal = await settled(() => checkInWriter(tx, model, rows))
  if (refusal === undefined) return entries
  const found = problemsByIndex(refusal, entries)
  if (!set.partial) {
    throw new Refusal(refusal.problems, {
      byIndex: [...found].map(([index, { problems }]) => ({ index, problems })),
    })
  }
  for (const [index, one] of found) outcomes[index] = one
  return entries.filter(({ index }) => !found.has(index))
}

interface FailedRow {
  readonly index: number
  readonly problems: readonly Problem[]
}

/** By the place in the set; a refusal about a single row does not name it. */
function problemsByIndex(
  refusal: Refusal,
  entries: readonly Entry[],
): ReadonlyMap<number, Refusal> {
  const told = refusal.details?.['byIndex']
  const failed: readonly FailedRow[] = Array.isArray(told)
    ? told
    : [{ index: 0, problems: refusal.problems }]
  return new Map(
    failed.map(({ index, problems }) => {
      const entry = entries[index]
      if (entry === undefined) throw new Error('a refusal names a row that is not there')
      return [entry.index, new Refusal(problems)] as const
    }),
  )
}

interface SetGroup {
  readonly group: AnyGroup
  readonly members: readonly Entry[]
}

/** New records become one statement whatever columns they fill; changed ones one for each set of columns. */
function groupsOf(
  { groups, model, object }: SetPlan,
  entries: readonly Entry[],
): readonly SetGroup[] {
  const found = new Map<AnyGroup, Entry[]>()
  const add = (group: AnyGroup, entry: Entry): void => {
    const members = found.get(group) ?? []
    members.push(entry)
    found.set(group, members)
  }
  const made = entries.filter(({ row }) => !isUpdate(row))
  const [first] = made
  if (first !== undefined) {
    const group = groups.insert(
      model,
      object,
      inAllColumns(
        made.map(({ row }) => row),
        first.row,
      ),
    )
    for (const entry of made) add(group, entry)
  }
  for (const entry of entries) {
    const { row } = entry
    // A group of updates is given updates alone.
    if (isUpdate(row)) add(groups.update(model, object, row) as AnyGroup, entry)
  }
  return [...found].map(([group, members]) => ({ group, members }))
}

function isUpdate(row: RowWrite | RowUpdate): row is RowUpdate {
  return 'version' in row
}

/** A row that has a value wherever one of the rows has one. */
function inAllColumns(rows: readonly RowWrite[], first: RowWrite): RowWrite {
  const values = new Map<Column, ColumnValue>()
  for (const row of rows) {
    for (const [column, value] of row.values) {
      const known = values.get(column) ?? null
      // A reference to the caller counts as checked: any other takes its place.
      if (known === null || known === first.by) values.set(column, value ?? known)
    }
  }
  return { id: first.id, by: first.by, values }
}

/** What the groups would lock one after the other. */
async function lockAll(
  { model, object }: SetPlan,
  tx: Transaction,
  entries: readonly Entry[],
): Promise<void> {
  const values = entries.map(({ row }) => row.values)
  const ids = entries.flatMap(({ row }) => (isUpdate(row) ? [row.id] : []))
  if (ids.length > 0) await lockRecords(tx, model, new Map([[object, ids]]))
  await lockTargets(tx, { model, object }, values)
}
