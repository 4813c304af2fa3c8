/** AggregatePlan → one statement; the database builds the JSON text of the groups. */
import { limits } from '../base/limits.ts'
import { identifier, joinSql, sql, textLiteral, type Identifier, type Sql } from '../sql/sql.ts'
import type { AggregateOutput, AggregatePlan } from './aggregate-plan.ts'
import { columnSql, compileCondition } from './compile-condition.ts'
import {
  orderSql,
  rowLimit,
  source,
  conditionOptions,
  type CompileReadOptions,
} from './compile-read.ts'
import type { StoredColumn } from './read-plan.ts'
import type { ColumnKind } from '../sql/column-kind.ts'

/** The table of groups, whose columns conditions and orders compare. */
const grouped = identifier('grouped')

export function groupColumn(index: number, kind: ColumnKind): StoredColumn {
  return { alias: grouped, name: groupName(index), kind }
}

export function aggregateColumn(index: number, kind: ColumnKind): StoredColumn {
  return { alias: grouped, name: aggregateName(index), kind }
}

const groupName = (index: number): Identifier => identifier(`g${index}`)
const groupingName = (index: number): Identifier => identifier(`u${index}`)
const aggregateName = (index: number): Identifier => identifier(`a${index}`)
const textName = (index: number): Identifier => identifier(`t${index}`)
const inputName = (index: number): Identifier => identifier(`v${index}`)

/** `n`, the number of groups, and `body`, their JSON texts joined by commas; one group more than an answer may hold. */
export function compileAggregate(plan: AggregatePlan, options: CompileReadOptions): Sql {
  const { dialect } = options
  const sets = plan.sets.map((set) => groupsOf(plan, set, options))
  const groups = joinSql(sets, sql` union all `)
  const having =
    plan.having === undefined
      ? sql``
      : sql` where ${compileCondition(plan.having, conditionOptions(options))}`
  const order =
    plan.orderBy.length === 0 ? sql`` : sql` order by ${orderSql(plan.orderBy, dialect)}`
  const rows = Math.min(plan.limit ?? limits.queryGroupsMax + 1, limits.queryGroupsMax + 1)
  const found = sql`select ${groupText(plan, options)} as j from (${groups}) as ${grouped}${having}${order}${rowLimit(rows, plan.skip)}`
  return sql`with base as (${inputs(plan, options)}) select count(*) as n, ${dialect.joinInOrder(sql`j`)} as body from (${found}) as page`
}

/** What is grouped and what is computed, once per row. */
function inputs(plan: AggregatePlan, options: CompileReadOptions): Sql {
  const { dialect } = options
  const groups = plan.groups.map(
    ({ column }, index) => sql`${columnSql(column, dialect)} as ${groupName(index)}`,
  )
  const values = plan.aggregates.flatMap(({ column }, index) =>
    column === undefined ? [] : [sql`${columnSql(column, dialect)} as ${inputName(index)}`],
  )
  const columns = [...groups, ...values]
  return sql`select ${columns.length === 0 ? sql`1 as one` : joinSql(columns)} ${source(plan.rows, options)}`
}

function groupsOf(plan: AggregatePlan, set: readonly number[], options: CompileReadOptions): Sql {
  const { dialect } = options
  const groups = plan.groups.flatMap(({ column }, index) => {
    const isIn = set.includes(index)
    const value = isIn ? sql`${groupName(index)}` : dialect.bound(column.kind, null)
    const isTotal = sql`${isIn ? sql`0` : sql`1`} as ${groupingName(index)}`
    return [sql`${value} as ${groupName(index)}`, isTotal]
  })
  const aggregates = plan.aggregates.flatMap(({ column, function: computed }, index) => {
    if (column === undefined) return [sql`count(*) as ${aggregateName(index)}`]
    const input = sql`${inputName(index)}`
    const value = sql`${computed.sql(input, column.kind, dialect)} as ${aggregateName(index)}`
    const text = computed.text?.(input, column.kind, dialect)
    return text === undefined ? [value] : [value, sql`${text} as ${textName(index)}`]
  })
  const columns = joinSql([...groups, ...aggregates])
  if (set.length === 0) return sql`select ${columns} from base`
  return sql`select ${columns} from base group by ${joinSql(set.map((index) => sql`${groupName(index)}`))}`
}

function groupText(plan: AggregatePlan, { dialect }: CompileReadOptions): Sql {
  const pieces = plan.outputs.flatMap((output) => [
    textLiteral(`,${JSON.stringify(output.key)}:`),
    outputText(plan, output, dialect),
  ])
  const start = textLiteral('{"attributes":{"type":"AggregateResult"}')
  return dialect.concat([start, ...pieces, textLiteral('}')])
}

function outputText(
  plan: AggregatePlan,
  { from, index }: AggregateOutput,
  dialect: CompileReadOptions['dialect'],
): Sql {
  if (from === 'grouping') return sql`cast(${groupingName(index)} as text)`
  const kind = from === 'group' ? plan.groups[index]?.column.kind : plan.aggregates[index]?.kind
  if (kind === undefined) throw new Error(`nothing is at ${from} ${index}`)
  if (from === 'group') {
    const value = dialect.json(kind, sql`${groupName(index)}`)
    // An empty checkbox is written as false; a total is neither true nor false.
    return kind.kind === 'boolean'
      ? sql`case when ${groupingName(index)} = 1 then 'null' else ${value} end`
      : value
  }
  return plan.aggregates[index]?.function.text === undefined
    ? dialect.json(kind, sql`${aggregateName(index)}`)
    : sql`${textName(index)}`
}
