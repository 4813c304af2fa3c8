/** The hooks of deletes and undeletes: of the record that was meant, and of all that goes or comes back with it. */
import { Refusal } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Removal } from '../removal.ts'
import { gateOf } from '../targets.ts'
import { readHookRows } from './hook-rows.ts'
import type { HookEvent, HookRow } from './record-hooks.ts'
import { hasHooks, hookProblem, runHooks } from './run-hooks.ts'

export const deleteHooks = ['beforeDelete', 'afterDelete'] as const
export const undeleteHooks = ['beforeUndelete', 'afterUndelete'] as const

export type RemovalRows = ReadonlyMap<ObjectModel, readonly HookRow[]>

export function hooksListen(
  { context }: Removal,
  object: ObjectModel,
  events: readonly HookEvent[],
): boolean {
  return hasHooks(context, object, events)
}

export async function readRemovalRows(
  { tx }: Removal,
  object: ObjectModel,
  ids: readonly string[],
): Promise<readonly HookRow[]> {
  const stored = await readHookRows(tx, object, ids)
  return [...stored].map(([id, values]) => ({ id, values }))
}

/** A record that a hook refuses keeps all others from going, too. */
export async function runRemovalHooks(
  { context, caller, model, tx, hookRun: run }: Removal,
  event: HookEvent,
  rowsByObject: RemovalRows,
): Promise<void> {
  const gate = gateOf(model, caller)
  for (const [object, rows] of rowsByObject) {
    const outcomes = await runHooks(context, { object, event, rows, caller, run, tx })
    const problems = outcomes.flatMap(({ errors }) =>
      errors.map((error) => hookProblem(gate, object, error)),
    )
    if (problems.length > 0) throw new Refusal(problems)
  }
}
