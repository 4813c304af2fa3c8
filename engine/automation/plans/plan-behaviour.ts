/** How the objects of plans behave when they are saved: what each object does at which event. */
import type { Message } from '../../base/message.ts'
import type {
  HookError,
  HookEvent,
  HookOutcome,
  HookRow,
} from '../../records/hooks/record-hooks.ts'
import { textAt } from '../read-rows.ts'
import type { PlanUnit } from './plan-unit.ts'

export interface BehaviourCall {
  readonly unit: PlanUnit
  readonly rows: readonly HookRow[]
}

/** What is to be set and refused, by the place of the row. */
export type Behaviour = (call: BehaviourCall) => Promise<readonly HookOutcome[]>

/** By event. */
export type ObjectBehaviour = Readonly<Partial<Record<HookEvent, Behaviour>>>

export function outcomes(
  rows: readonly HookRow[],
  of: (row: HookRow) => Partial<HookOutcome> | undefined,
): readonly HookOutcome[] {
  return rows.map((row) => {
    const { changes = new Map(), errors = [] } = of(row) ?? {}
    return { changes, errors }
  })
}

export function wrong(told: Message | string, field?: string): Partial<HookOutcome> {
  const error: HookError = field === undefined ? { message: told } : { message: told, field }
  return { errors: [error] }
}

export function text(row: HookRow, name: string): string | undefined {
  return textAt(row.values, name)
}

/** A text that differs from what the record held before. */
export function isChanged({ values, old }: HookRow, name: string): boolean {
  return old !== undefined && (old.get(name) ?? null) !== (values.get(name) ?? null)
}
