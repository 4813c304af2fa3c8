/** `+ - * / ^` on numbers, without any loss. */
import { strict, type Operation } from '../operation.ts'
import { add, divide, multiply, negate, subtract, type Rational } from '../rational.ts'
import { compileNumber } from '../sql/build.ts'
import { addSql, divideSql, multiplySql, negateSql, subtractSql } from '../sql/numbers.ts'
import type { SqlCall, SqlNumber } from '../sql/sql-value.ts'
import { power } from './powers.ts'

type Fold = (left: Rational, right: Rational) => Rational
type FoldSql = (left: SqlNumber, right: SqlNumber) => SqlNumber

function folded(name: string, fold: Fold, foldSql: FoldSql): Operation {
  return {
    name,
    evaluate: strict<readonly Rational[]>(([first, ...rest]) => {
      if (first === undefined) throw new Error(`${name} without operands`)
      return rest.reduce((left, right) => fold(left, right), first)
    }),
    sql: (call: SqlCall) =>
      call.args
        .map((arg) => compileNumber(call, arg))
        .reduce((left, right) => foldSql(left, right)),
  }
}

export const addNumbers = folded('+', add, addSql)
export const subtractNumbers = folded('-', subtract, subtractSql)
export const multiplyNumbers = folded('*', multiply, multiplySql)
export const divideNumbers = folded('/', divide, divideSql)

export const minus: Operation = {
  name: '-',
  evaluate: strict<readonly [Rational]>(([value]) => negate(value)),
  sql(call) {
    const [first] = call.args
    if (first === undefined) throw new Error('nothing to negate')
    return negateSql(compileNumber(call, first))
  },
}

export const raise: Operation = {
  name: '^',
  evaluate: strict<readonly [Rational, Rational]>(([base, exponent]) => power(base, exponent)),
}
