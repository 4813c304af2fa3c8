/** Exact decimals as texts: one way of reading and rounding for both databases. */
import { refuse } from '../base/refusal.ts'

const pattern = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i
const digitsMax = 400

export interface DecimalShape {
  readonly precision: number
  readonly scale: number
}

/**
 * The value times 10^scale, rounded half away from zero; refused when it is no decimal or too big.
 */
export function scaledDecimal(value: string | number, shape: DecimalShape): bigint {
  const [, sign, whole = '', fraction = '', exponent = '0'] = pattern.exec(String(value)) ?? []
  const digits = whole + fraction
  if (digits === '' || digits.length > digitsMax) {
    throw refuse('INVALID_ARGUMENT', `${JSON.stringify(value)} is not a decimal number`)
  }
  const surplus = fraction.length - Number(exponent) - shape.scale
  const magnitude = roundedShift(BigInt(digits), surplus)
  if (magnitude >= 10n ** BigInt(shape.precision)) {
    const wholeDigits = shape.precision - shape.scale
    const message = `${value} is out of range: at most ${wholeDigits} digits before the point`
    throw refuse('NUMBER_OUTSIDE_VALID_RANGE', message)
  }
  return sign === '-' ? -magnitude : magnitude
}

/** The value with exactly as many digits after the point as the shape says. */
export function decimalText(value: string | number, shape: DecimalShape): string {
  const scaled = scaledDecimal(value, shape)
  const magnitude = (scaled < 0n ? -scaled : scaled).toString().padStart(shape.scale + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  if (shape.scale === 0) return sign + magnitude
  const point = magnitude.length - shape.scale
  return `${sign}${magnitude.slice(0, point)}.${magnitude.slice(point)}`
}

/** Drops `surplus` digits, rounding half up; a negative number of them appends zeros. */
function roundedShift(digits: bigint, surplus: number): bigint {
  if (surplus <= 0) return digits * 10n ** BigInt(-surplus)
  const unit = 10n ** BigInt(surplus)
  return (digits + unit / 2n) / unit
}
