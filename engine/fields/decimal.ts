/** Exact decimals as a whole number and a scale; values never pass through binary floats. */

export interface Decimal {
  readonly units: bigint
  /** The value is `units` divided by ten to the power of this. */
  readonly scale: number
}

const plainPattern = /^-?[0-9]+(?:\.[0-9]+)?$/
const plainCharsMax = 100

/** Reads a plain decimal such as "-12.50"; no exponent, no signs of grouping. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > plainCharsMax || !plainPattern.test(text)) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), scale: fraction.length }
}

/** The decimal that the number's shortest form prints; undefined for NaN and the infinities. */
export function decimalOfNumber(number: number): Decimal | undefined {
  if (Number.isSafeInteger(number)) return { units: BigInt(number), scale: 0 }
  if (!Number.isFinite(number)) return undefined
  const [mantissa = '', exponent = '0'] = String(number).split('e')
  const decimal = parseDecimal(mantissa)
  if (decimal === undefined) return undefined
  const scale = decimal.scale - Number(exponent)
  if (scale >= 0) return { units: decimal.units, scale }
  return { units: decimal.units * 10n ** BigInt(-scale), scale: 0 }
}

/** How many digits the value has without leading zeros. */
export function digitCount(decimal: Decimal): number {
  return decimal.units === 0n ? 1 : absolute(decimal.units).toString().length
}

function absolute(units: bigint): bigint {
  return units < 0n ? -units : units
}

function rescaleUp(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale)
}

/** At the given scale; a tie goes away from zero, as on the platform. */
export function roundHalfUp(decimal: Decimal, scale: number): Decimal {
  if (decimal.scale <= scale) return { units: rescaleUp(decimal, scale), scale }
  const divisor = 10n ** BigInt(decimal.scale - scale)
  const rounded = (absolute(decimal.units) * 2n + divisor) / (divisor * 2n)
  return { units: decimal.units < 0n ? -rounded : rounded, scale }
}

/** The greatest value of the given scale that is not above. */
export function floorTo(decimal: Decimal, scale: number): Decimal {
  if (decimal.scale <= scale) return { units: rescaleUp(decimal, scale), scale }
  const divisor = 10n ** BigInt(decimal.scale - scale)
  const quotient = decimal.units / divisor
  const isBelow = decimal.units < 0n && quotient * divisor !== decimal.units
  return { units: isBelow ? quotient - 1n : quotient, scale }
}

/** Negative, zero or positive, as the first is below, equal to or above the second. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale)
  const difference = rescaleUp(left, scale) - rescaleUp(right, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The largest value of so many digits, of which `scale` after the point. */
export function largestDecimal(precision: number, scale: number): Decimal {
  return { units: 10n ** BigInt(precision) - 1n, scale }
}

export function negate(decimal: Decimal): Decimal {
  return { units: -decimal.units, scale: decimal.scale }
}

/** "-12.50" at scale 2; zero has no sign. */
export function printDecimal(decimal: Decimal): string {
  const digits = absolute(decimal.units)
    .toString()
    .padStart(decimal.scale + 1, '0')
  const sign = decimal.units < 0n ? '-' : ''
  if (decimal.scale === 0) return sign + digits
  const point = digits.length - decimal.scale
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}
