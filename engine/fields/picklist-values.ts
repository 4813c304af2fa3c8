/** Chosen values: membership of a restricted set, and what a controlling field allows. */
import { message } from '../base/message.ts'
import type { ApiValue, FieldOptions, PicklistEntry, ValueProblem } from './field-type.ts'
import { textProblem } from './text-column.ts'
import { problem, wrongType } from './value-problem.ts'

/** The longest single value, as on the platform. */
export const valueCharsMax = 255
const separator = ';'

export function isRestricted(options: FieldOptions): boolean {
  return options.valueSet?.restricted === true
}

/**
 * The chosen values of a multi-select text, in the order as written, blanks around them dropped.
 */
export function splitValues(text: string): string[] {
  return text
    .split(separator)
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

/** Canonical: declared values in their order, then others by code unit; each once. */
export function canonicalValues(text: string, options: FieldOptions): string {
  const rank = new Map((options.values ?? []).map((entry, index) => [entry.value, index]))
  const rankOf = (value: string): number => rank.get(value) ?? Number.POSITIVE_INFINITY
  const chosen = [...new Set(splitValues(text))]
  chosen.sort((left, right) => {
    const [leftRank, rightRank] = [rankOf(left), rankOf(right)]
    if (leftRank !== rightRank) return leftRank - rightRank
    return left < right ? -1 : 1
  })
  return chosen.join(separator)
}

/**
 * One value: form, and membership where the set is restricted; `kept` are values that may stay as
 * they are.
 */
export function checkValue(
  value: string,
  options: FieldOptions,
  kept: readonly string[],
): ValueProblem | undefined {
  const found = textProblem(value, valueCharsMax)
  if (found !== undefined || value === '' || kept.includes(value)) return found
  if (!isRestricted(options)) return undefined
  const isActive = (options.values ?? []).some((entry) => entry.active && entry.value === value)
  return isActive ? undefined : badValue(value)
}

function badValue(value: string): ValueProblem {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value
  return problem(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    message('Bad value for restricted picklist field: {value}', { value: shown }),
  )
}

/** A controlling checkbox appears in value settings by these words. */
function controllingText(value: ApiValue): string {
  if (typeof value === 'boolean') return value ? 'checked' : 'unchecked'
  return typeof value === 'string' ? value : ''
}

function isAllowed(entry: PicklistEntry | undefined, controlling: string): boolean {
  return entry?.validFor === undefined || entry.validFor.includes(controlling)
}

/**
 * Refuses a value that the controlling value does not allow. Works for one value and for several; a
 * value that is not declared has no settings and is left to `check`. Call it when either of the two
 * fields changes.
 */
export function checkDependent(
  value: ApiValue,
  controllingValue: ApiValue,
  options: FieldOptions,
): ValueProblem | undefined {
  if (value === null || value === '') return undefined
  if (typeof value !== 'string') return wrongType('text')
  const byValue = new Map((options.values ?? []).map((entry) => [entry.value, entry]))
  const controlling = controllingText(controllingValue)
  // A declared value that contains the separator exists for single choice only.
  const chosen = byValue.has(value) ? [value] : splitValues(value)
  const bad = chosen.find((each) => !isAllowed(byValue.get(each), controlling))
  if (bad === undefined) return undefined
  const field = options.valueSet?.controllingField ?? 'the controlling field'
  const state = controlling === '' ? message('empty') : controlling
  return problem(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    message('{value} can not be chosen while {field} is {state}.', { value: bad, field, state }),
  )
}
