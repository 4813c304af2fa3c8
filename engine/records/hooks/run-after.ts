/** The hooks that run after a set was written, in the transaction that wrote it: what they refuse was never there. */
import { Refusal } from '../../base/refusal.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import { gateOf } from '../targets.ts'
import type { RowUpdate, RowWrite } from '../write-groups.ts'
import { readHookRows } from './hook-rows.ts'
import type { HookEvent, HookOutcome, HookRow, HookRun, HookValues } from './record-hooks.ts'
import { hasHooks, hookProblem, runHooks } from './run-hooks.ts'

export interface WrittenSet {
  readonly context: RecordContext
  readonly caller: Caller
  readonly model: Model
  readonly object: ObjectModel
  readonly run: HookRun
}

export interface WrittenRow {
  /** Its place in the set. */
  readonly index: number
  readonly row: RowWrite | RowUpdate
  readonly old: HookValues | undefined
}

export async function runAfter(
  set: WrittenSet,
  tx: Transaction,
  written: readonly WrittenRow[],
): Promise<void> {
  const made = written.filter(({ old }) => old === undefined)
  const changed = written.filter(({ old }) => old !== undefined)
  await runOn(set, tx, { event: 'afterInsert', written: made })
  await runOn(set, tx, { event: 'afterUpdate', written: changed })
}

interface AfterWrite {
  readonly event: HookEvent
  readonly written: readonly WrittenRow[]
}

async function runOn(set: WrittenSet, tx: Transaction, { event, written }: AfterWrite) {
  const { context, caller, object, run } = set
  if (written.length === 0 || !hasHooks(context, object, [event])) return
  const ids = written.map(({ row }) => row.id)
  const stored = await readHookRows(tx, object, ids)
  const rows: readonly HookRow[] = written.map(({ row: { id }, old }) => ({
    id,
    values: stored.get(id) ?? new Map(),
    ...(old && { old }),
  }))
  const outcomes = await runHooks(context, { object, event, rows, caller, run, tx })
  refuse(
    set,
    outcomes,
    written.map(({ index }) => index),
  )
}

/** One refusal that tells of each bad one by its place. */
function refuse(
  { model, object, caller }: WrittenSet,
  outcomes: readonly HookOutcome[],
  places: readonly number[],
): void {
  const gate = gateOf(model, caller)
  const byIndex = outcomes.flatMap(({ errors }, position) => {
    const index = places[position]
    if (errors.length === 0 || index === undefined) return []
    return [{ index, problems: errors.map((error) => hookProblem(gate, object, error)) }]
  })
  if (byIndex.length === 0) return
  throw new Refusal(
    byIndex.flatMap(({ problems }) => problems),
    { byIndex },
  )
}
