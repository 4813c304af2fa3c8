/** Rounding, remainders, extremes, roots and logarithms. */
import { message } from '../../base/message.ts'
import { sql, type Sql } from '../../sql/sql.ts'
import type { FormulaFunction } from '../function-entry.ts'
import { strict } from '../operation.ts'
import { FormulaFailure } from '../problem.ts'
import {
  absolute,
  compare,
  floorUnits,
  negate,
  parseRational,
  roundTo,
  subtract,
  toInteger,
  truncateTo,
  whole,
  zero,
  type Rational,
} from '../rational.ts'
import { anyOf, compileNumber, failsOf } from '../sql/build.ts'
import { alignNumbers, compareSql, makeNumber, overflowed, remainderSql } from '../sql/numbers.ts'
import { roundSql } from '../sql/rounding.ts'
import type { Rounding } from '../sql/rounding.ts'
import { NotInSql, type SqlCall, type SqlNumber } from '../sql/sql-value.ts'
import type { TypedNode } from '../tree.ts'
import { commonLogarithm, exponential, naturalLogarithm, power, squareRoot } from './powers.ts'
import { resolveNumbers } from './resolve-numbers.ts'

const number = { name: 'number', kinds: ['number'] } as const
const places = { name: 'num_digits', kinds: ['number'] } as const
const placesMax = 100

function operand(call: SqlCall, index = 0): SqlNumber {
  const node = call.args[index]
  if (node === undefined) throw new Error('a number is missing')
  return compileNumber(call, node)
}

/** Digits after the point as the function takes them; absurd ones are a failure. */
function digitsOf(value: Rational | undefined): number {
  const digits = value === undefined ? 0 : toInteger(value)
  if (Math.abs(digits) > placesMax)
    throw new FormulaFailure(message('too many digits after the point'))
  return digits
}

/** SQL rounds to a constant number of digits. */
function constantDigits(node: TypedNode | undefined): number {
  if (node === undefined) return 0
  if (node.kind === 'constant' && typeof node.value === 'object' && node.value !== null) {
    const digits = 'num' in node.value ? toInteger(node.value) : NaN
    if (Math.abs(digits) <= 18) return digits
  }
  const [inner] = node.kind === 'call' && node.operation.name === '-' ? node.args : []
  if (inner?.kind === 'constant') return -constantDigits(inner)
  throw new NotInSql('rounding to a computed number of digits')
}

function rounding(
  name: string,
  doc: string,
  ends: { readonly round: (value: Rational) => Rational; readonly rule: Rounding },
): FormulaFunction {
  return {
    name,
    group: 'math',
    parameters: [number],
    doc,
    result: 'number',
    evaluate: strict<readonly [Rational]>(([value]) => ends.round(value)),
    sql: (call) => roundSql(operand(call), 0, { rule: ends.rule, dialect: call.context.dialect }),
  }
}

function awayFromZero(value: Rational): Rational {
  const isWhole = value.num % value.den === 0n
  if (isWhole) return truncateTo(value, 0)
  return whole(value.num / value.den + (value.num < 0n ? -1n : 1n))
}

function towards(name: string, doc: string, ends: Ends): FormulaFunction {
  return {
    name,
    group: 'math',
    parameters: [number, { ...places, ...(name === 'TRUNC' ? { optional: true } : {}) }],
    doc,
    result: 'number',
    evaluate: strict<readonly [Rational, Rational?]>(([value, digits]) =>
      ends.round(value, digitsOf(digits)),
    ),
    sql(call) {
      const digits = constantDigits(call.args[1])
      return roundSql(operand(call), digits, { rule: ends.rule, dialect: call.context.dialect })
    },
  }
}

interface Ends {
  readonly round: (value: Rational, digits: number) => Rational
  readonly rule: Rounding
}

/** MAX and MIN. */
function extreme(name: string, doc: string, wanted: 1 | -1): FormulaFunction {
  return {
    name,
    group: 'math',
    parameters: [{ ...number, repeats: true }],
    doc,
    result: resolveNumbers,
    evaluate: strict<readonly Rational[]>((values) =>
      values.reduce((best, value) => (compare(value, best) * wanted > 0 ? value : best)),
    ),
    sql(call) {
      const values = alignNumbers(call.args.map((arg) => compileNumber(call, arg)))
      return values.reduce((best, value) => better(call, best, { value, wanted }))
    },
  }
}

function better(
  call: SqlCall,
  best: SqlNumber,
  next: { readonly value: SqlNumber; readonly wanted: 1 | -1 },
): SqlNumber {
  const { dialect } = call.context
  const { value, wanted } = next
  if (best.den !== undefined || value.den !== undefined) {
    throw new NotInSql('the largest or smallest of quotients')
  }
  const operator = wanted === 1 ? sql`>=` : sql`<=`
  const compared = compareSql(best, value, { operator, dialect })
  const choice = sql`(case when ${compared.sql} then ${best.num} when ${value.num} is not null and ${best.num} is not null then ${value.num} end)`
  const fails = [...compared.fails, ...failsOf([best, value])]
  return makeNumber(
    { num: choice, digits: Math.max(best.digits, value.digits), scale: best.scale },
    [anyOf(fails)],
  )
}

function absoluteSql(call: SqlCall): SqlNumber {
  const value = operand(call)
  const { dialect } = call.context
  const size: Sql = sql`(case when ${value.num} < 0 then - ${value.num} else ${value.num} end)`
  return makeNumber({ ...value, num: size }, [
    value.fails,
    overflowed(value.num, value.digits, dialect),
  ])
}

function irrational(
  name: string,
  doc: string,
  compute: (value: Rational) => Rational,
): FormulaFunction {
  return {
    name,
    group: 'math',
    parameters: [number],
    doc,
    result: { kind: 'number', endless: true },
    evaluate: strict<readonly [Rational]>(([value], machine) => {
      machine.spend(100)
      return compute(value)
    }),
  }
}

function modulo(value: Rational, divisor: Rational): Rational {
  if (divisor.num === 0n) throw new FormulaFailure(message('division by zero'))
  const quotient = (value.num * divisor.den) / (value.den * divisor.num)
  return subtract(value, { num: divisor.num * quotient, den: divisor.den })
}

const pi = parseRational('3.14159265358979323846264338328') ?? zero

export const mathFunctions: readonly FormulaFunction[] = [
  towards('ROUND', 'Rounds to so many digits after the point; a half goes away from zero.', {
    round: roundTo,
    rule: 'half',
  }),
  towards('TRUNC', 'Cuts a number after so many digits behind the point.', {
    round: truncateTo,
    rule: 'down',
  }),
  rounding('CEILING', 'Rounds up to a whole number, away from zero when it is negative.', {
    round: awayFromZero,
    rule: 'up',
  }),
  rounding('FLOOR', 'Rounds down to a whole number, towards zero when it is negative.', {
    round: (value) => truncateTo(value, 0),
    rule: 'down',
  }),
  rounding('MCEILING', 'Rounds up to a whole number, towards zero when it is negative.', {
    round: (value) => whole(-floorUnits(negate(value))),
    rule: 'ceiling',
  }),
  rounding('MFLOOR', 'Rounds down to a whole number, away from zero when it is negative.', {
    round: (value) => whole(floorUnits(value)),
    rule: 'floor',
  }),
  {
    name: 'ABS',
    group: 'math',
    parameters: [number],
    doc: 'Gives a number without its sign.',
    result: resolveNumbers,
    evaluate: strict<readonly [Rational]>(([value]) => ({
      num: absolute(value.num),
      den: value.den,
    })),
    sql: absoluteSql,
  },
  {
    name: 'MOD',
    group: 'math',
    parameters: [number, { name: 'divisor', kinds: ['number'] }],
    doc: 'Gives what a division leaves over, with the sign of the number that was divided.',
    result: resolveNumbers,
    evaluate: strict<readonly [Rational, Rational]>(([value, divisor]) => modulo(value, divisor)),
    sql: (call) => remainderSql(operand(call), operand(call, 1), call.context.dialect),
  },
  extreme('MAX', 'Gives the largest of the numbers.', 1),
  extreme('MIN', 'Gives the smallest of the numbers.', -1),
  irrational('SQRT', 'Gives the square root of a number that is not negative.', squareRoot),
  irrational('EXP', 'Raises e to the power of a number.', exponential),
  irrational('LN', 'Gives the natural logarithm of a positive number.', naturalLogarithm),
  irrational('LOG', 'Gives the logarithm of a positive number to the base of 10.', commonLogarithm),
  {
    name: 'POWER',
    group: 'math',
    parameters: [number, { name: 'exponent', kinds: ['number'] }],
    doc: 'Raises a number to a power.',
    result: { kind: 'number', endless: true },
    evaluate: strict<readonly [Rational, Rational]>(([base, exponent], machine) => {
      machine.spend(100)
      return power(base, exponent)
    }),
  },
  {
    name: 'PI',
    group: 'math',
    parameters: [],
    doc: 'Gives the circumference of a circle whose diameter is 1.',
    result: { kind: 'number', endless: true },
    evaluate: () => pi,
  },
]
