/** Exact numbers as fractions: sums, products and quotients lose nothing until somebody rounds. */
import { message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import { FormulaFailure, FormulaLimit } from './problem.ts'

export interface Rational {
  readonly num: bigint
  /** Above zero. */
  readonly den: bigint
}

export const zero: Rational = { num: 0n, den: 1n }
export const one: Rational = { num: 1n, den: 1n }

const reduceFrom = 1n << 128n
const refuseFrom = 1n << BigInt(limits.formulaNumberBitsMax)
const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i
const digitsMax = 400

export function whole(value: number | bigint): Rational {
  return { num: BigInt(value), den: 1n }
}

export function fraction(num: bigint, den: bigint): Rational {
  if (den < 0n) return fraction(-num, -den)
  if (den < reduceFrom && den > -reduceFrom) return { num, den }
  const divisor = greatestCommonDivisor(absolute(num), den)
  const reduced = { num: num / divisor, den: den / divisor }
  if (reduced.den > refuseFrom) throw new FormulaLimit(message('a number became too long'))
  return reduced
}

function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [large, small] = [left, right]
  while (small !== 0n) [large, small] = [small, large % small]
  return large
}

export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** A decimal text, an exponent allowed; undefined when it is none. */
export function parseRational(text: string): Rational | undefined {
  const [, sign, digits = '', decimals = '', exponent = '0'] = decimalPattern.exec(text) ?? []
  const all = digits + decimals
  if (all === '' || all.length > digitsMax) return undefined
  const scale = decimals.length - Number(exponent)
  const units = sign === '-' ? -BigInt(all) : BigInt(all)
  return scale >= 0 ? { num: units, den: power10(scale) } : whole(units * power10(-scale))
}

/** The decimal that the number's shortest form prints. */
export function rationalOf(value: number): Rational {
  if (Number.isSafeInteger(value)) return { num: BigInt(value), den: 1n }
  const parsed = Number.isFinite(value) ? parseRational(String(value)) : undefined
  if (parsed === undefined) throw new FormulaFailure(message('not a finite number'))
  return parsed
}

const powers: bigint[] = [1n]

export function power10(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next++)
    powers.push((powers[next - 1] ?? 1n) * 10n)
  return powers[exponent] ?? 1n
}

export function add(left: Rational, right: Rational): Rational {
  if (left.den === right.den) return bounded({ num: left.num + right.num, den: left.den })
  return bounded(fraction(left.num * right.den + right.num * left.den, left.den * right.den))
}

export function negate(value: Rational): Rational {
  return { num: -value.num, den: value.den }
}

export function subtract(left: Rational, right: Rational): Rational {
  return add(left, negate(right))
}

export function multiply(left: Rational, right: Rational): Rational {
  return bounded(fraction(left.num * right.num, left.den * right.den))
}

export function divide(left: Rational, right: Rational): Rational {
  if (right.num === 0n) throw new FormulaFailure(message('division by zero'))
  return bounded(fraction(left.num * right.den, left.den * right.num))
}

function bounded(value: Rational): Rational {
  if (value.num < refuseFrom && value.num > -refuseFrom) return value
  throw new FormulaLimit(message('a number became too large'))
}

/** Negative, zero or positive, as the first is below, equal to or above the second. */
export function compare(left: Rational, right: Rational): number {
  const difference = left.num * right.den - right.num * left.den
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Times ten to the power of `scale`, as a whole number; a half goes away from zero. */
export function roundedUnits(value: Rational, scale: number): bigint {
  const num = scale >= 0 ? value.num * power10(scale) : value.num
  const den = scale >= 0 ? value.den : value.den * power10(-scale)
  if (den === 1n) return num
  const rounded = (absolute(num) * 2n + den) / (den * 2n)
  return num < 0n ? -rounded : rounded
}

/** Back from units: 1250n at scale 2 is 12.50. */
export function fromUnits(units: bigint, scale: number): Rational {
  return scale >= 0 ? { num: units, den: power10(scale) } : whole(units * power10(-scale))
}

export function roundTo(value: Rational, scale: number): Rational {
  return fromUnits(roundedUnits(value, scale), scale)
}

/** Towards zero. */
export function truncateTo(value: Rational, scale: number): Rational {
  const num = scale >= 0 ? value.num * power10(scale) : value.num
  const den = scale >= 0 ? value.den : value.den * power10(-scale)
  return fromUnits(num / den, scale)
}

/** The greatest whole number that is not above. */
export function floorUnits(value: Rational): bigint {
  const quotient = value.num / value.den
  return value.num < 0n && quotient * value.den !== value.num ? quotient - 1n : quotient
}

/** As a whole number of JavaScript, digits after the point cut off; a failure beyond 2^53. */
export function toInteger(value: Rational): number {
  const integer = Number(value.num / value.den)
  if (!Number.isSafeInteger(integer)) throw new FormulaFailure(message('a number is too large'))
  return integer
}

/** As a count of characters: digits after the point cut off, absurd sizes brought down. */
export function toCount(value: Rational): number {
  const integer = Number(value.num / value.den)
  return Math.max(-countMax, Math.min(countMax, integer))
}

const countMax = 1_000_000_000

export function toFloat(value: Rational): number {
  return value.den === 1n ? Number(value.num) : Number(printRational(roundTo(value, 30)))
}

/** The shortest exact decimal; `value` must have a power of ten below. */
export function printRational(value: Rational, scaleMax = 60): string {
  let scale = 0
  while (scale < scaleMax && (value.num * power10(scale)) % value.den !== 0n) scale += 1
  return printUnits(roundedUnits(value, scale), scale)
}

/** "-12.50" for -1250n at scale 2. */
export function printUnits(units: bigint, scale: number): string {
  const digits = absolute(units)
    .toString()
    .padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  if (scale === 0) return sign + digits
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
