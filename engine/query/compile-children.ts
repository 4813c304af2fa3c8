/** The list of children in a record: a query of its own, correlated with the parent's row. */
import { limits } from '../base/limits.ts'
import { hole, identifier, integerLiteral, sql, textLiteral, type Sql } from '../sql/sql.ts'
import type { Dialect } from '../sql/dialect.ts'
import type { PlannedOutput } from './read-plan.ts'

export type PlannedChildren = Extract<PlannedOutput, { kind: 'children' }>

export interface ChildrenParts {
  readonly dialect: Dialect
  readonly apiVersion: string
  /** The JSON texts of the children, in order and cut to `rows`. */
  records(rows: number): Sql
  /** The number of all children that the query finds, its own limit aside. */
  readonly count: Sql
}

const max = limits.queryChildRowsMax

/**
 * `{"totalSize":2,"done":true,"records":[…]}`, or null where there are none. What goes beyond
 * `queryChildRowsMax` is left to `nextRecordsUrl`, whose first part is the hole `children`: the name
 * under which the server keeps the query.
 */
export function childrenText({ plan, alias, index }: PlannedChildren, parts: ChildrenParts): Sql {
  const { dialect } = parts
  const rows = parts.records(Math.min(plan.limit ?? max, max))
  const records = [textLiteral(',"records":['), dialect.joinInOrder(sql`j`), textLiteral(']}')]
  if (!mayHaveRest(plan)) {
    const whole = dialect.concat([
      textLiteral('{"totalSize":'),
      sql`cast(count(*) as text)`,
      textLiteral(',"done":true'),
      ...records,
    ])
    return sql`(select case when count(*) = 0 then 'null' else ${whole} end from (${rows}) as children)`
  }
  // All of them are counted only where the answer is full.
  const isMore = sql`count(*) = ${integerLiteral(max)} and (${parts.count}) > ${integerLiteral(max + plan.skip)}`
  const next = dialect.concat([
    textLiteral(`,"done":false,"nextRecordsUrl":"/services/data/v${parts.apiVersion}/query/`),
    dialect.cast({ kind: 'text' }, sql`${hole('children')}`),
    textLiteral(`-${index}-`),
    sql`${alias}.${identifier('Id')}`,
    textLiteral('"'),
  ])
  const all = dialect.concat([
    textLiteral('{"totalSize":'),
    sql`cast(case when ${isMore} then ${totalOf(plan.limit, parts)} else count(*) end as text)`,
    sql`case when ${isMore} then ${next} else ${textLiteral(',"done":true')} end`,
    ...records,
  ])
  return sql`(select case when count(*) = 0 then 'null' else ${all} end from (${rows}) as children)`
}

/** Whether one answer may not hold all children that the list asks for. */
export function mayHaveRest({ limit }: Pick<PlannedChildren['plan'], 'limit'>): boolean {
  return limit === undefined || limit > max
}

function totalOf(limit: number | undefined, { count }: ChildrenParts): Sql {
  if (limit === undefined) return sql`(${count})`
  return sql`case when (${count}) > ${integerLiteral(limit)} then ${integerLiteral(limit)} else (${count}) end`
}
