/**
 * The types of formula fields: what each scalar type is when its value is computed. Nothing is
 * stored, so there are no columns, no conversions and no indexes.
 */
import { foldText } from '../base/fold-text.ts'
import { limits } from '../base/limits.ts'
import { resultDigitsMax, type FormulaResult } from '../formula/result.ts'
import { checkbox } from './checkbox.ts'
import { currency } from './currency.ts'
import { dateTime } from './date-time.ts'
import { date } from './date.ts'
import { precisionMax, scaleMax } from './decimal-field.ts'
import type { Comparison, FieldOptions, FieldType, JsonSchema } from './field-type.ts'
import { number } from './number.ts'
import { optionsSchema } from './options-schema.ts'
import { percent } from './percent.ts'
import { filterText } from './text-column.ts'
import { text } from './text.ts'
import { time } from './time.ts'
import { isProblem } from './value-problem.ts'

/** The computed text folded, which filters and orders use as they use the folded column of others. */
export const foldedPart = 'folded'

/** A computed text is folded whole, where stored columns cut what grows too long for an index. */
const textComparison: Comparison = {
  column: foldedPart,
  value: (filter) => {
    const found = filterText(filter)
    return found === null || isProblem(found) ? found : foldText(found)
  },
}

const plainOptions = optionsSchema({ properties: { required: { const: false } } })
const decimalOptions = optionsSchema({
  properties: {
    required: { const: false },
    precision: { type: 'integer', minimum: 1, maximum: precisionMax },
    scale: { type: 'integer', minimum: 0, maximum: scaleMax },
  },
})

function computed(base: FieldType, options: JsonSchema, own: Partial<FieldType> = {}): FieldType {
  const { casts: _casts, uniqueColumn: _unique, ...rest } = base
  return Object.freeze({ ...rest, columns: () => ({}), options, ...own })
}

const computedText = computed(text, plainOptions, {
  comparison: () => textComparison,
  sortColumns: () => [foldedPart, ''],
  describe: (options) => ({
    ...text.describe({ ...options, length: limits.formulaTextDescribedChars }),
    editor: 'text',
  }),
})

const types: ReadonlyMap<string, FieldType> = new Map(
  [
    computedText,
    ...[checkbox, date, dateTime, time].map((type) => computed(type, plainOptions)),
    ...[number, currency, percent].map((type) => computed(type, decimalOptions)),
  ].map((type) => [type.name, type]),
)

/** Names of the types that a formula can give. */
export const formulaTypeNames: readonly string[] = [...types.keys()]

/** The type of a formula field that is declared with this type, or undefined where none can be. */
export function formulaType(name: string): FieldType | undefined {
  return types.get(name)
}

/** What the formula of such a field gives; the declaration passed `formulaType`. */
export function formulaResult(options: FieldOptions): FormulaResult {
  const { type } = options
  switch (type) {
    case 'Number':
    case 'Currency':
    case 'Percent':
      return { type, scale: options.scale ?? defaultScale(type, options) }
    case 'Checkbox':
    case 'Date':
    case 'DateTime':
    case 'Time':
      return { type }
    default:
      return { type: 'Text' }
  }
}

function defaultScale(name: string, options: FieldOptions): number {
  return types.get(name)?.describe(options).scale ?? 0
}

/** The declaration with the digits that its numbers really may have. */
export function formulaOptions(options: FieldOptions): FieldOptions {
  const result = formulaResult(options)
  return 'scale' in result
    ? { ...options, precision: resultDigitsMax, scale: result.scale }
    : options
}
