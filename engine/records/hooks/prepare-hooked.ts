/** Records of a set on their way through the hooks that run before they are written. */
import { fullAccess } from '../../access/full-access.ts'
import { Refusal } from '../../base/refusal.ts'
import { planWrite, type WritePlan } from '../../query/plan-write.ts'
import { finishChange, finishNew, type PlannedChange, type PlannedNew } from '../prepare-row.ts'
import { valuesOfNew } from '../prepare-save.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { RowUpdate, RowWrite } from '../write-groups.ts'
import { hookFields } from './hook-rows.ts'
import type { HookOutcome, HookRow, HookRun, HookValues } from './record-hooks.ts'
import { hookProblem, runHooks } from './run-hooks.ts'

export type PlannedRow = PlannedNew | PlannedChange

export interface HookedSet {
  readonly context: RecordContext
  readonly caller: Caller
  readonly run: HookRun
  readonly tx: Transaction | undefined
  /** In the order of the set; a refusal stays where it is. */
  readonly planned: readonly (PlannedRow | Refusal)[]
}

export function isChange(row: PlannedRow): row is PlannedChange {
  return 'current' in row
}

/** The rows with what hooks set and found wrong; those with problems of their own are not shown to hooks. */
export async function runBefore(set: HookedSet): Promise<readonly (PlannedRow | Refusal)[]> {
  const sound = set.planned.filter(
    (one): one is PlannedRow => !(one instanceof Refusal) && one.plan.problems.length === 0,
  )
  const made = sound.filter((one): one is PlannedNew => !isChange(one))
  const changed = sound.filter(isChange)
  const after = new Map<PlannedRow, PlannedRow>()
  const take = (rows: readonly PlannedRow[], outcomes: readonly HookOutcome[]): void =>
    outcomes.forEach((outcome, index) => {
      const row = rows[index]
      if (row !== undefined) after.set(row, withOutcome(row, outcome))
    })
  take(made, await runOn(set, 'beforeInsert', made.map(rowOfNew(set))))
  take(changed, await runOn(set, 'beforeUpdate', changed.map(rowOfChange)))
  return set.planned.map((one) => (one instanceof Refusal ? one : (after.get(one) ?? one)))
}

async function runOn(
  { context, caller, run, tx, planned }: HookedSet,
  event: 'beforeInsert' | 'beforeUpdate',
  rows: readonly HookRow[],
): Promise<readonly HookOutcome[]> {
  const first = planned.find((one) => !(one instanceof Refusal))
  if (first === undefined || first instanceof Refusal) return []
  return runHooks(context, { object: first.object, event, rows, caller, run, tx })
}

function rowOfNew({ context, caller }: HookedSet): (row: PlannedNew) => HookRow {
  return ({ object, gate, plan, computed }) => {
    const given = valuesOfNew({ gate, plan, services: context.services, computed })
    const values = new Map<string, unknown>(
      hookFields(object).map((field) => [field.name, given.get(field) ?? null]),
    )
    const owner = object.ownerField?.name
    if (owner !== undefined && values.get(owner) === null) values.set(owner, caller.userId)
    return { id: undefined, values }
  }
}

function rowOfChange({ id, plan, current }: PlannedChange): HookRow {
  const given = [...plan.values].map(([field, value]) => [field.name, value] as const)
  return {
    id,
    values: new Map<string, unknown>([...current.values, ...given]),
    old: current.values,
  }
}

/** What a hook sets is checked like what a caller sends, with rights to every field. */
function withOutcome(row: PlannedRow, { changes, errors }: HookOutcome): PlannedRow {
  if (changes.size === 0 && errors.length === 0) return row
  const { object, gate, plan } = row
  const mode = isChange(row) ? 'update' : 'create'
  const full = { ...gate, access: fullAccess(gate.model) }
  const set: WritePlan = planWrite(full, object, { body: changes, mode })
  const merged = {
    object,
    values: new Map([...plan.values, ...set.values]),
    problems: [...set.problems, ...errors.map((error) => hookProblem(gate, object, error))],
  }
  return { ...row, plan: merged }
}

/** What a change held before, for the hooks that run after it. */
export function oldValues(row: PlannedRow): HookValues | undefined {
  return isChange(row) ? row.current.values : undefined
}

export function finish(
  context: RecordContext,
  caller: Caller,
  row: PlannedRow,
): RowWrite | RowUpdate {
  return isChange(row) ? finishChange(context, caller, row) : finishNew(context, caller, row)
}
