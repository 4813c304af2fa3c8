/** Fields that the engine fills: a caller may send them as they are, and change none. */
import { message } from '../../base/message.ts'
import type { HookOutcome, HookRow } from '../../records/hooks/record-hooks.ts'

export function keptAsItWas(
  { values, old }: HookRow,
  names: readonly string[],
): Partial<HookOutcome> | undefined {
  const changed = names.find((name) => (old?.get(name) ?? null) !== (values.get(name) ?? null))
  if (changed === undefined) return undefined
  const told = message('The engine fills {name}: leave it as it is.', { name: changed })
  return {
    errors: [{ message: told, field: changed, errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
  }
}
