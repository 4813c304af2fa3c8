/** Objects as choices, by their labels. */
import type { ObjectSummary } from '../base/wire.ts'
import type { Choice } from './form-controls.ts'

export function objectChoices(objects: readonly ObjectSummary[]): readonly Choice[] {
  return objects
    .map(({ name, label }) => ({ value: name, label }))
    .sort((one, other) => one.label.localeCompare(other.label))
}
