/** Powers, roots and logarithms: exact where the result is, to forty digits elsewhere. */
import { message } from '../../base/message.ts'
import { Decimal } from 'decimal.js'
import { FormulaFailure } from '../problem.ts'
import {
  absolute,
  divide,
  one,
  parseRational,
  printRational,
  roundTo,
  type Rational,
} from '../rational.ts'

const Precise = Decimal.clone({ precision: 40, defaults: true })
const exactExponentMax = 1_000n
const exponentMax = 10_000

function toDecimal(value: Rational): Decimal {
  if (value.den === 1n) return new Precise(value.num.toString())
  return new Precise(value.num.toString()).div(value.den.toString())
}

function fromDecimal(value: Decimal): Rational {
  if (!value.isFinite() || value.abs().gt('1e300'))
    throw new FormulaFailure(message('a power, root or logarithm has no result'))
  const parsed = parseRational(value.toDecimalPlaces(60).toFixed())
  if (parsed === undefined)
    throw new FormulaFailure(message('a power, root or logarithm has no result'))
  return parsed
}

export function power(base: Rational, exponent: Rational): Rational {
  const isWhole = exponent.num % exponent.den === 0n
  const times = exponent.num / exponent.den
  if (!isWhole || absolute(times) > exactExponentMax) {
    if (absolute(times) > exponentMax) throw new FormulaFailure(message('an exponent is too large'))
    return fromDecimal(toDecimal(base).pow(toDecimal(exponent)))
  }
  if (absolute(base.num) > 1n << 1024n || base.den > 1n << 1024n) {
    throw new FormulaFailure(message('a power is too large'))
  }
  if (sizeOf(base) * Number(absolute(times)) > 20_000) {
    throw new FormulaFailure(message('a power is too large'))
  }
  const raised = { num: base.num ** absolute(times), den: base.den ** absolute(times) }
  return times < 0n ? divide(one, raised) : raised
}

/** Bits of the larger part, roughly. */
function sizeOf(value: Rational): number {
  const larger = absolute(value.num) > value.den ? absolute(value.num) : value.den
  return larger.toString(16).length * 4
}

export function squareRoot(value: Rational): Rational {
  if (value.num < 0n) throw new FormulaFailure(message('a negative number has no square root'))
  return fromDecimal(toDecimal(value).sqrt())
}

export function exponential(value: Rational): Rational {
  if (absolute(value.num) > value.den * 700n)
    throw new FormulaFailure(message('an exponent is too large'))
  return fromDecimal(toDecimal(value).exp())
}

export function naturalLogarithm(value: Rational): Rational {
  if (value.num <= 0n) throw new FormulaFailure(message('only positive numbers have a logarithm'))
  return fromDecimal(toDecimal(value).ln())
}

export function commonLogarithm(value: Rational): Rational {
  if (value.num <= 0n) throw new FormulaFailure(message('only positive numbers have a logarithm'))
  return fromDecimal(toDecimal(value).log(10))
}

/** 10 digits after the point for numbers that may never end; the shortest form for all others. */
export function printNumber(value: Rational, isEndless: boolean): string {
  return isEndless ? printRational(roundTo(value, endlessScale)) : printRational(value)
}

export const endlessScale = 10
