/** Records that are about to be saved, as hooks and flows see them, and with what those made of them. */
import { fullAccess } from '../../access/full-access.ts'
import { planWrite, type WritePlan } from '../../query/plan-write.ts'
import type { PlannedChange, PlannedNew } from '../prepare-row.ts'
import { valuesOfNew } from '../prepare-save.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import { hookFields } from './hook-rows.ts'
import type { AtOnce, HookOutcome, HookRow } from './record-hooks.ts'
import { hookProblem } from './run-hooks.ts'

export type PlannedRow = PlannedNew | PlannedChange

export function isChange(row: PlannedRow): row is PlannedChange {
  return 'current' in row
}

export function rowOfNew({ context, caller }: Saving): (row: PlannedNew) => HookRow {
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

export function rowOfChange({ id, plan, current }: PlannedChange): HookRow {
  const given = [...plan.values].map(([field, value]) => [field.name, value] as const)
  return {
    id,
    values: new Map<string, unknown>([...current.values, ...given]),
    old: current.values,
  }
}

/** What a hook sets is checked like what a caller sends, with rights to every field. */
export function withOutcome<Row extends PlannedRow>(
  row: Row,
  { changes, errors }: HookOutcome,
): Row {
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

interface Saving {
  readonly context: RecordContext
  readonly caller: Caller
}

function atOnceOf(
  { hooks }: Pick<RecordContext, 'hooks'>,
  object: ObjectModel,
  event: 'beforeInsert' | 'beforeUpdate',
): AtOnce | undefined {
  return hooks?.atOnce?.(object.name, event)
}

/** Stored fields that a change must know for what is done at once. */
export function readsAtOnce(context: RecordContext, object: ObjectModel): readonly FieldModel[] {
  return atOnceOf(context, object, 'beforeUpdate')?.reads ?? none
}

const none: readonly FieldModel[] = []

/** The record with what is done to it without waiting; one that is wrong already stays as it is. */
export function runAtOnce<Row extends PlannedRow>(
  context: RecordContext,
  caller: Caller,
  row: Row,
): Row {
  const event = isChange(row) ? 'beforeUpdate' : 'beforeInsert'
  const atOnce = atOnceOf(context, row.object, event)
  if (atOnce === undefined || row.plan.problems.length > 0) return row
  const seen = isChange(row) ? rowOfChange(row) : rowOfNew({ context, caller })(row)
  return withOutcome(row, atOnce.run(seen, caller))
}
