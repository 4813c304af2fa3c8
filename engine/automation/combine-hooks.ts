/** Several parts that listen to saves as one: each is asked in turn, and sees what those before it set. */
import type { HookCall, HookOutcome, HookRow, RecordHooks } from '../records/hooks/record-hooks.ts'

/** `afterwards`: their order once the records are written. */
export function combineHooks(
  parts: readonly RecordHooks[],
  afterwards: readonly RecordHooks[] = parts,
): RecordHooks {
  return {
    has: (object, event) => parts.some((part) => part.has(object, event)),
    // Of the first: nobody else has any.
    atOnce: (object, event) => parts[0]?.atOnce?.(object, event),
    call: async (call) => {
      const order = call.event.startsWith('after') ? afterwards : parts
      const listening = order.filter((part) => part.has(call.object, call.event))
      let rows = call.rows
      let outcomes: readonly HookOutcome[] = rows.map(() => nothing)
      for (const part of listening) {
        const more = await part.call({ ...call, rows } satisfies HookCall)
        outcomes = outcomes.map((outcome, index) => joined(outcome, more[index] ?? nothing))
        rows = rows.map((row, index) => withChanges(row, more[index] ?? nothing))
      }
      return outcomes
    },
  }
}

/** Where a part has nothing to say. */
export const nothing: HookOutcome = { changes: new Map(), errors: [] }

function joined(first: HookOutcome, second: HookOutcome): HookOutcome {
  if (second === nothing) return first
  return {
    changes: new Map([...first.changes, ...second.changes]),
    errors: [...first.errors, ...second.errors],
  }
}

function withChanges(row: HookRow, { changes }: HookOutcome): HookRow {
  return changes.size === 0 ? row : { ...row, values: new Map([...row.values, ...changes]) }
}
