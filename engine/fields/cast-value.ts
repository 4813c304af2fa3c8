/**
 * Carries stored values over to another type or to other attributes; the new type checks what comes
 * out.
 */
import { plainText } from './clean-html.ts'
import type { ApiValue, CastPlan, Conversion, FieldOptions, FieldType } from './field-type.ts'
import { splitValues } from './picklist-values.ts'

/** A field before or after a change. */
export interface TypedOptions {
  readonly type: FieldType
  readonly options: FieldOptions
}

/** How the change goes, or undefined when the first type may not become the second. */
export function planCast(from: TypedOptions, to: TypedOptions): CastPlan | undefined {
  if (from.type.name !== to.type.name) {
    return new Map(Object.entries(from.type.casts ?? {})).get(to.type.name)
  }
  return { to: to.type.name, loses: isNarrower(from, to), via: 'same' }
}

/** Some values that fitted before no longer do, or lose decimal places. */
function isNarrower(from: TypedOptions, to: TypedOptions): boolean {
  const before = from.type.describe(from.options)
  const after = to.type.describe(to.options)
  const wholeDigits = (hint: typeof before): number => (hint.precision ?? 0) - (hint.scale ?? 0)
  return (
    (after.length ?? 0) < (before.length ?? 0) ||
    (after.scale ?? 0) < (before.scale ?? 0) ||
    wholeDigits(after) < wholeDigits(before)
  )
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/**
 * By conversion, what a text becomes. What fits nowhere stays as it is, for the new type to refuse.
 */
const textConversions: Readonly<Record<Conversion, (text: string) => ApiValue>> = {
  same: (text) => text,
  text: (text) => text,
  plain: plainText,
  decimal: (text) => text.trim(),
  truth: (text) => truths.get(text.trim().toLowerCase()) ?? text,
  first: (text) => splitValues(text)[0] ?? null,
  day: (text) => text.slice(0, 10),
  midnight: (text) => `${text}T00:00:00.000+0000`,
}

/**
 * The API value for the new type, from the old value's JSON text as `readJson` gives it. Takes the
 * text because a parsed number would lose digits: decimals come out as decimal strings.
 */
export function castJson(json: string, via: Conversion): ApiValue {
  if (json === 'null') return null
  if (json.startsWith('"')) return textConversions[via](String(JSON.parse(json)))
  if (json === 'true' || json === 'false') return via === 'text' ? json : json === 'true'
  return json
}
