/** Dependent picklists: which values the controlling field's value allows. */
import type { FieldInfo, PicklistValue, Value } from './wire.ts'

/** The positions whose bits are set; the first is the highest bit of the first byte. */
export function validForPositions(validFor: string): ReadonlySet<number> {
  const positions = new Set<number>()
  const bytes = atob(validFor)
  for (let byte = 0; byte < bytes.length; byte++) {
    for (let bit = 0; bit < 8; bit++) {
      if ((bytes.charCodeAt(byte) & (0x80 >> bit)) !== 0) positions.add(byte * 8 + bit)
    }
  }
  return positions
}

/** The position of the controlling field's value among its values; a checkbox counts false, true. */
export function controllerPosition(controller: FieldInfo, value: Value | undefined): number {
  if (controller.type === 'boolean') return value === true ? 1 : 0
  return (controller.picklistValues ?? []).findIndex((entry) => entry.value === value)
}

/** The field that decides about another one's values, and what is in it. */
export interface Controlling {
  readonly field: FieldInfo
  readonly value: Value | undefined
}

/** The values that may be chosen: active ones that the controller allows, and the stored one. */
export function choosableValues(
  field: FieldInfo,
  controlling: Controlling | undefined,
  stored: readonly string[] = [],
): readonly PicklistValue[] {
  const position = controlling ? controllerPosition(controlling.field, controlling.value) : -1
  return (field.picklistValues ?? []).filter((entry) => {
    if (stored.includes(entry.value) && !entry.active) return true
    if (!entry.active) return false
    if (!controlling || field.dependentPicklist !== true || !entry.validFor) return true
    return validForPositions(entry.validFor).has(position)
  })
}
