/** One of several values in SQL, numbers brought to one form first. */
import { joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { TypedNode } from '../tree.ts'
import { anyOf, compileNumber, compilePlain, failsOf, plain } from './build.ts'
import { alignNumbers, makeNumber, overflowed } from './numbers.ts'
import { NotInSql, type SqlCall, type SqlPlain, type SqlValue } from './sql-value.ts'

/** Puts results, one per alternative, into one `case` expression. */
type Selector = (results: readonly Sql[]) => Sql

export interface Choice {
  /** Never null. */
  readonly condition: Sql
  readonly fails: Sql | undefined
  readonly yes: SqlValue
  readonly no: SqlValue
}

export function chooseSql(call: SqlCall, choice: Choice): SqlValue {
  const selector: Selector = ([yes, no]) =>
    sql`(case when ${choice.condition} then ${yes ?? sql`null`} else ${no ?? sql`null`} end)`
  return select(call, { selector, results: [choice.yes, choice.no], fails: [choice.fails] })
}

interface Selection {
  readonly selector: Selector
  readonly results: readonly SqlValue[]
  readonly fails: readonly (Sql | undefined)[]
}

function select(call: SqlCall, selection: Selection): SqlValue {
  const { selector, results } = selection
  const inside = results.some((result) => result.fails !== undefined)
    ? selector(results.map((result) => result.fails ?? sql`false`))
    : undefined
  const fails = [...selection.fails, inside]
  const plains = results.filter((result) => result.kind === 'plain')
  if (plains.length === results.length) {
    return plain(selector(plains.map((result) => result.sql)), fails)
  }
  const numbers = results.filter((result) => result.kind === 'number')
  if (numbers.length !== results.length) throw new Error('a choice between numbers and others')
  const aligned = alignNumbers(numbers)
  const digits = Math.max(...aligned.map((one) => one.digits))
  const scale = aligned[0]?.scale ?? 0
  const num = selector(aligned.map((one) => one.num))
  if (aligned.every((one) => one.den === undefined))
    return makeNumber({ num, digits, scale }, fails)
  const one = call.context.dialect.name === 'postgres' ? sql`1::numeric` : sql`1`
  const den = {
    sql: selector(aligned.map((number) => number.den?.sql ?? one)),
    digits: Math.max(...aligned.map((number) => number.den?.digits ?? 1)),
  }
  return makeNumber({ num, digits, scale, den }, fails)
}

/** A function of two plain values that are never null. */
export function branchSql(call: SqlCall, make: (left: Sql, right: Sql) => Sql): SqlPlain {
  const [left, right] = call.args
  if (left === undefined || right === undefined) throw new Error('two arguments')
  const [one, other] = [compilePlain(call, left), compilePlain(call, right)]
  return plain(make(one.sql, other.sql), [one.fails, other.fails])
}

/** CASE(subject, value, result, …, otherwise). */
export function caseSql(call: SqlCall): SqlValue {
  const { args } = call
  const subject = args[0]
  const otherwise = args.at(-1)
  if (subject === undefined || otherwise === undefined) throw new Error('CASE without arguments')
  const pairs = args.slice(1, -1)
  const values = pairs.filter((_, index) => index % 2 === 0)
  const results = [...pairs.filter((_, index) => index % 2 === 1), otherwise]
  const head = heads(call, subject, values)
  const selector: Selector = (chosen) => {
    const whens = head.values.map(
      (value, index) => sql` when ${value} then ${chosen[index] ?? sql`null`}`,
    )
    const last = chosen.at(-1) ?? sql`null`
    return sql`(case ${head.subject}${joinSql(whens, sql``)} else ${last} end)`
  }
  const compiled = results.map((result) => call.compile(result))
  return select(call, { selector, results: compiled, fails: head.fails })
}

interface Heads {
  readonly subject: Sql
  readonly values: readonly Sql[]
  readonly fails: readonly (Sql | undefined)[]
}

/** The subject and what it is compared with, in one form. */
function heads(call: SqlCall, subject: TypedNode, values: readonly TypedNode[]): Heads {
  if (subject.type.kind !== 'number') {
    const compiled = [subject, ...values].map((node) => compilePlain(call, node))
    const [one, ...others] = compiled
    if (one === undefined) throw new Error('CASE without a subject')
    refuseFailing(others)
    return { subject: one.sql, values: others.map((value) => value.sql), fails: [one.fails] }
  }
  const numbers = [subject, ...values].map((node) => compileNumber(call, node))
  const [one, ...others] = alignNumbers(numbers)
  if (one === undefined) throw new Error('CASE without a subject')
  refuseFailing(others)
  if ([one, ...others].some((number) => number.den !== undefined)) {
    throw new NotInSql('CASE over a quotient')
  }
  const { dialect } = call.context
  const fails = [one.fails, overflowed(one.num, one.digits, dialect)]
  return { subject: one.num, values: others.map((value) => value.num), fails }
}

/** The evaluator reaches a value only when all before it differ; SQL would have to repeat that. */
function refuseFailing(values: readonly SqlValue[]): void {
  if (anyOf(failsOf(values)) !== undefined) throw new NotInSql('CASE with values that can fail')
}
