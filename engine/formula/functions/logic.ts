/** AND, OR and NOT: an unknown condition counts as false in the first two and stays unknown in the third. */
import { joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { EvaluationCall, Operation } from '../operation.ts'
import { anyOf, compilePlain, plain, truth } from '../sql/build.ts'
import type { SqlCall, SqlPlain } from '../sql/sql-value.ts'

/** From left to right, and no further than the answer needs. */
function firstThat(wanted: boolean): (call: EvaluationCall) => boolean {
  return ({ args, machine }) => {
    for (const arg of args) {
      if ((machine.evaluate(arg) === true) === wanted) return wanted
    }
    return !wanted
  }
}

/** A later condition fails only where the earlier ones did not settle the answer. */
function lazily(call: SqlCall, settled: (condition: Sql) => Sql): readonly SqlPlain[] {
  const values: SqlPlain[] = []
  const before: Sql[] = []
  for (const arg of call.args) {
    const value = compilePlain(call, arg)
    const fails =
      value.fails === undefined || before.length === 0
        ? value.fails
        : sql`(${joinSql([...before, value.fails], sql` and `)})`
    values.push({ kind: 'plain', sql: truth(value.sql), ...(fails === undefined ? {} : { fails }) })
    before.push(settled(truth(value.sql)))
  }
  return values
}

function joinedBy(word: Sql, settled: (condition: Sql) => Sql): (call: SqlCall) => SqlPlain {
  return (call) => {
    const values = lazily(call, settled)
    const conditions = values.map((value) => value.sql)
    return plain(sql`(${joinSql(conditions, word)})`, [anyOf(values.map((value) => value.fails))])
  }
}

export const and: Operation = {
  name: 'AND',
  evaluate: firstThat(false),
  sql: joinedBy(sql` and `, (condition) => condition),
}

export const or: Operation = {
  name: 'OR',
  evaluate: firstThat(true),
  sql: joinedBy(sql` or `, (condition) => sql`not ${condition}`),
}

export const not: Operation = {
  name: 'NOT',
  evaluate({ args: [first], machine }) {
    const value = first === undefined ? null : machine.evaluate(first)
    return typeof value === 'boolean' ? !value : null
  },
  sql(call) {
    const [first] = call.args
    if (first === undefined) throw new Error('nothing to negate')
    const value = compilePlain(call, first)
    return plain(sql`(not (${value.sql}))`, [value.fails])
  },
}
