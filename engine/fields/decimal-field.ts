/** Makes the field types that hold one exact decimal: Number, Currency and Percent. */
import { message } from '../base/message.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import {
  compareDecimals,
  decimalOfNumber,
  digitCount,
  floorTo,
  largestDecimal,
  negate,
  parseDecimal,
  printDecimal,
  roundHalfUp,
  type Decimal,
} from './decimal.ts'
import type {
  AdjustedFilter,
  ApiValue,
  CastPlan,
  ComparingOperator,
  Comparison,
  FieldHint,
  FieldOptions,
  FieldType,
  JsonSchema,
  ValueProblem,
} from './field-type.ts'
import { ordering } from './operators.ts'
import { booleanOption, optionsSchema } from './options-schema.ts'
import { isProblem, problem, wrongFilter, wrongType } from './value-problem.ts'

/**
 * What a JSON number carries exactly; more digits than these may have been bent before they came
 * here.
 */
const jsonDigitsMax = 15
export const precisionMax = 18
/** A power of ten above this is no exact JavaScript number, which the literals in SQL must be. */
export const scaleMax = 15

interface Shape {
  readonly precision: number
  readonly scale: number
}

export interface DecimalField {
  readonly name: string
  readonly purpose: string
  /** The scale where the declaration gives none. */
  readonly scale: number
  readonly mayBeUnique: boolean
  readonly use: 'number' | 'currency' | 'percent'
  readonly hint: Pick<FieldHint, 'type' | 'editor'>
  readonly casts: Readonly<Record<string, CastPlan>>
}

function shapeOf(options: FieldOptions, scale: number): Shape {
  return { precision: options.precision ?? precisionMax, scale: options.scale ?? scale }
}

function kindOf(shape: Shape): ColumnKind {
  return { kind: 'decimal', precision: shape.precision, scale: shape.scale }
}

/** The value as an exact decimal, not yet rounded. */
export function readDecimal(value: ApiValue): Decimal | ValueProblem {
  if (typeof value === 'string') return parseDecimal(value) ?? wrongType('a number')
  if (typeof value !== 'number') return wrongType('a number')
  const decimal = decimalOfNumber(value)
  if (decimal === undefined)
    return problem('NUMBER_OUTSIDE_VALID_RANGE', message('Not a finite number.'))
  return decimal
}

function isUnsafe(value: ApiValue, decimal: Decimal): boolean {
  return typeof value === 'number' && digitCount(decimal) > jsonDigitsMax
}

const unsafe = problem(
  'NUMBER_OUTSIDE_VALID_RANGE',
  message(
    'A JSON number is exact to {max} digits only: send more digits as a string, such as "12345678901234567.8".',
    { max: jsonDigitsMax },
  ),
)

function outside(shape: Shape): ValueProblem {
  const whole = shape.precision - shape.scale
  return problem(
    'NUMBER_OUTSIDE_VALID_RANGE',
    message('Value outside of valid range: at most {max} digits before the decimal point.', {
      max: whole,
    }),
  )
}

function checkBounds(decimal: Decimal, options: FieldOptions): ValueProblem | undefined {
  const { minimum, maximum } = options
  const low = minimum === undefined ? undefined : decimalOfNumber(minimum)
  const high = maximum === undefined ? undefined : decimalOfNumber(maximum)
  const isBelow = low !== undefined && compareDecimals(decimal, low) < 0
  const isAbove = high !== undefined && compareDecimals(decimal, high) > 0
  if (!isBelow && !isAbove) return undefined
  const text = message('Value outside of valid range: {minimum} to {maximum}.', {
    minimum: String(minimum),
    maximum: String(maximum),
  })
  return problem('NUMBER_OUTSIDE_VALID_RANGE', text)
}

function checkDecimal(
  value: ApiValue,
  options: FieldOptions,
  shape: Shape,
): ValueProblem | undefined {
  if (value === null) return undefined
  const decimal = readDecimal(value)
  if (isProblem(decimal)) return decimal
  const rounded = roundHalfUp(decimal, shape.scale)
  if (digitCount(rounded) > shape.precision) return outside(shape)
  if (isUnsafe(value, decimal)) return unsafe
  return checkBounds(decimal, options)
}

function toColumn(value: ApiValue, shape: Shape): ColumnValue {
  if (value === null) return null
  const decimal = readDecimal(value)
  if (isProblem(decimal)) throw new Error('a decimal field was given an unchecked value')
  return printDecimal(roundHalfUp(decimal, shape.scale))
}

function readFilter(filter: ApiValue): Decimal | ValueProblem {
  const decimal = readDecimal(filter)
  if (isProblem(decimal)) return wrongFilter(message('a number'))
  return isUnsafe(filter, decimal) ? unsafe : decimal
}

/** Conditions on a value that lies between two neighbours of the column, or beyond its ends. */
function besides(operator: ComparingOperator, decimal: Decimal, shape: Shape): AdjustedFilter {
  if (operator === '=') return 'never'
  if (operator === '!=') return 'always'
  const largest = largestDecimal(shape.precision, shape.scale)
  const smallest = negate(largest)
  const wantsLess = operator === '<' || operator === '<='
  if (compareDecimals(decimal, smallest) < 0) {
    return { operator: wantsLess ? '<' : '>=', value: printDecimal(smallest) }
  }
  const floor = floorTo(decimal, shape.scale)
  const below = compareDecimals(floor, largest) > 0 ? largest : floor
  return { operator: wantsLess ? '<=' : '>', value: printDecimal(below) }
}

function adjust(operator: ComparingOperator, filter: ApiValue, shape: Shape): AdjustedFilter {
  if (filter === null) return { operator, value: null }
  const decimal = readFilter(filter)
  if (isProblem(decimal)) return decimal
  const rounded = roundHalfUp(decimal, shape.scale)
  const isHeld = digitCount(rounded) <= shape.precision && compareDecimals(rounded, decimal) === 0
  return isHeld ? { operator, value: printDecimal(rounded) } : besides(operator, decimal, shape)
}

function comparisonOf(shape: Shape): Comparison {
  return {
    column: '',
    value: (filter) => {
      const adjusted = adjust('=', filter, shape)
      if (isProblem(adjusted)) return adjusted
      if (typeof adjusted === 'object') return adjusted.value
      return wrongFilter(
        message('a number of at most {scale} decimal places', { scale: shape.scale }),
      )
    },
    adjust: (operator, filter) => adjust(operator, filter, shape),
  }
}

const decimalSchema: JsonSchema = { type: ['number', 'string'] }

function decimalOptions(own: DecimalField): JsonSchema {
  return optionsSchema({
    properties: {
      precision: { type: 'integer', minimum: 1, maximum: precisionMax },
      scale: { type: 'integer', minimum: 0, maximum: scaleMax },
      ...(own.mayBeUnique ? { unique: booleanOption, externalId: booleanOption } : {}),
    },
  })
}

/** A type of exact decimals. */
export function decimalType(own: DecimalField): FieldType {
  const shape = (options: FieldOptions): Shape => shapeOf(options, own.scale)
  return {
    name: own.name,
    purpose: own.purpose,
    options: decimalOptions(own),
    operators: ordering,
    casts: own.casts,
    columns: (options) => ({ '': kindOf(shape(options)) }),
    schema: () => decimalSchema,
    check: (value, options) => checkDecimal(value, options, shape(options)),
    toColumns: (value, options) => ({ '': toColumn(value, shape(options)) }),
    readJson: (column, options, dialect) => dialect.json(kindOf(shape(options)), column('')),
    comparison: (options) => comparisonOf(shape(options)),
    sortColumns: () => [''],
    uniqueColumn: () => '',
    formulaUse: (options) => ({ kind: own.use, ...shape(options) }),
    describe: (options) => ({ ...own.hint, soapType: 'xsd:double', ...shape(options) }),
  }
}
