/** Records of a set on their way through the hooks that run before they are written. */
import { Refusal } from '../../base/refusal.ts'
import { finishChange, finishNew, type PlannedNew } from '../prepare-row.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { RowUpdate, RowWrite } from '../write-groups.ts'
import type { HookOutcome, HookRow, HookRun, HookValues } from './record-hooks.ts'
import { isChange, rowOfChange, rowOfNew, withOutcome, type PlannedRow } from './planned-rows.ts'
import { runHooks } from './run-hooks.ts'

export interface HookedSet {
  readonly context: RecordContext
  readonly caller: Caller
  readonly run: HookRun
  readonly tx: Transaction | undefined
  /** In the order of the set; a refusal stays where it is. */
  readonly planned: readonly (PlannedRow | Refusal)[]
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
