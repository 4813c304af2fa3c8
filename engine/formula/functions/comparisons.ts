/** `=`, `<>`, `<` and their like: unknown when one side is empty; texts are compared by their characters. */
import { sql, type Sql } from '../../sql/sql.ts'
import { strict, type Operation } from '../operation.ts'
import { compare as compareRationals, type Rational } from '../rational.ts'
import { compileNumber, compilePlain, plain } from '../sql/build.ts'
import { compareSql } from '../sql/numbers.ts'
import type { SqlCall, SqlPlain } from '../sql/sql-value.ts'
import type { TypedNode, Value } from '../tree.ts'
import type { TypeKind } from '../types.ts'

type Sign = '=' | '<>' | '<' | '<=' | '>' | '>='

const meets: Readonly<Record<Sign, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

const signs: Readonly<Record<Sign, Sql>> = {
  '=': sql`=`,
  '<>': sql`<>`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
}

/** Negative, zero or positive; both values have the type of the kind and are not empty. */
export function order(kind: TypeKind, left: Value, right: Value): number {
  if (kind === 'number') return compareRationals(left as Rational, right as Rational)
  if (typeof left === 'string' && typeof right === 'string') return orderOfTexts(left, right)
  return Number(left) - Number(right)
}

/** By code points, as both databases do; JavaScript would compare halves of surrogate pairs. */
function orderOfTexts(left: string, right: string): number {
  if (left === right) return 0
  const [one, other] = [[...left], [...right]]
  const at = one.findIndex((character, index) => character !== other[index])
  if (at < 0) return -1
  return (one[at]?.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? -1)
}

function operation(sign: Sign, kind: TypeKind): Operation {
  return {
    name: sign,
    evaluate: strict<readonly [Value, Value]>(([left, right]) =>
      meets[sign](order(kind, left, right)),
    ),
    sql: (call) => compareInSql(call, sign, kind),
  }
}

function compareInSql(call: SqlCall, sign: Sign, kind: TypeKind): SqlPlain {
  const [left, right] = call.args
  if (left === undefined || right === undefined) throw new Error('two values are compared')
  if (kind === 'number') {
    const { dialect } = call.context
    const compared = compareSql(compileNumber(call, left), compileNumber(call, right), {
      operator: signs[sign],
      dialect,
    })
    return plain(compared.sql, compared.fails)
  }
  const [one, other] = [compilePlain(call, left), compilePlain(call, right)]
  return plain(sql`((${one.sql}) ${signs[sign]} (${other.sql}))`, [one.fails, other.fails])
}

const made = new Map<string, Operation>()

function operationFor(sign: Sign, args: readonly TypedNode[]): Operation {
  const kind = args[0]?.type.kind ?? 'null'
  const key = `${sign} ${kind}`
  const known = made.get(key) ?? operation(sign, kind)
  made.set(key, known)
  return known
}

export function equality(sign: '=' | '<>', args: readonly TypedNode[]): Operation {
  return operationFor(sign, args)
}

export function comparison(sign: '<' | '<=' | '>' | '>=', args: readonly TypedNode[]): Operation {
  return operationFor(sign, args)
}
