/** A parsed query → its plan and its statement, for one page of the answer. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import { compileAggregate } from '../query/compile-aggregate.ts'
import { compilePage, type OrderKeys } from '../query/compile-page.ts'
import { compileCount, compileRead } from '../query/compile-read.ts'
import type { Moment } from '../query/date-range.ts'
import { isAggregate, planAggregate } from '../query/plan-aggregate.ts'
import { planRead, type PlanReadOptions } from '../query/plan-read.ts'
import {
  statedPlan,
  type PlannedCondition,
  type ReadPlan,
  type StatedPlan,
} from '../query/read-plan.ts'
import type { Gate } from '../query/resolve.ts'
import type { Query } from '../query/soql/query.ts'
import { render, type Sql, type Statement } from '../sql/sql.ts'
import type { RecordContext } from './record-parts.ts'
import type { Caller, QueryOptions } from './records.ts'
import type { Holes } from '../storage/storage.ts'
import { gateOf } from './targets.ts'

/** All that a statement follows from, beside who asks. */
export interface CompileContext {
  readonly models: Pick<RecordContext['models'], 'current'>
  readonly storage: Pick<RecordContext['storage'], 'dialect'>
}

interface QueryInSql {
  readonly plan: ReadPlan
  /** The answer are groups of the plan's records. */
  readonly grouped: boolean
  readonly sql: Sql
}

export interface CompiledQuery {
  readonly plan: StatedPlan
  readonly grouped: boolean
  /** The records count as looked at by whoever asks. */
  readonly viewed: boolean
  readonly statement: Statement
  /** What fills the places of texts that the statement does not hold. */
  readonly holes?: Holes
}

export interface FirstPage extends Required<Omit<QueryOptions, 'variables'>> {
  readonly moment: Moment
}

export interface QueryToCompile extends FirstPage {
  readonly query: Query
  readonly within?: PlanReadOptions['within']
  readonly ranked?: PlanReadOptions['ranked']
  readonly free?: PlanReadOptions['free']
  /** See `CompileReadOptions.narrow`. */
  readonly narrow?: boolean | undefined
  /** Where earlier pages ended; absent for the first page. */
  readonly behind?: { readonly after: OrderKeys; readonly given: number }
}

export function compile(
  context: CompileContext,
  caller: Caller,
  input: QueryToCompile,
): CompiledQuery {
  const { sql, plan, grouped } = compileSql(context, caller, input)
  const viewed = input.query.viewed === true
  return { plan: statedPlan(plan), grouped, viewed, statement: rendered(context, sql) }
}

export function compileSql(
  context: CompileContext,
  caller: Caller,
  input: QueryToCompile,
): QueryInSql {
  const { query, moment, deletedToo, pageRows, behind, within, ranked, free } = input
  const { narrow = false } = input
  const gate = gateOf(context.models.current(), caller)
  if (isAggregate(query)) return compileGroups(context, caller, { gate, ...input })
  const grouped = false
  const own = { ...(within && { within }), ...(ranked && { ranked }), free }
  const whole = planRead(gate, query, { moment, deletedToo, ...own })
  const plan = behind === undefined ? whole : restOf(whole, behind.given)
  const { dialect } = context.storage
  const untouched = plan.afterRead.length === 0
  const reader = { dialect, access: caller.access, apiVersion: caller.apiVersion, untouched }
  const options = { ...reader, narrow: narrow && !isSelective(plan) }
  const mayGoOn = plan.limit === undefined || plan.limit > pageRows
  if (plan.count) return { plan, grouped, sql: compileCount(plan, options) }
  const sql =
    mayGoOn || behind !== undefined
      ? compilePage(plan, { ...options, pageRows, after: behind?.after })
      : compileRead(plan, options)
  return { plan, grouped, sql }
}

function compileGroups(
  context: CompileContext,
  caller: Caller,
  {
    gate,
    query,
    moment,
    deletedToo,
    within,
    free,
    narrow = false,
  }: QueryToCompile & { readonly gate: Gate },
): QueryInSql {
  const plan = planAggregate(gate, query, { moment, deletedToo, ...(within && { within }), free })
  const { dialect } = context.storage
  const reader = { dialect, access: caller.access, apiVersion: caller.apiVersion }
  const options = { ...reader, narrow: narrow && !isSelective(plan.rows) }
  return { plan: plan.rows, grouped: true, sql: compileAggregate(plan, options) }
}

/** True where an id or a lookup is compared, whose index leads to few rows whoever asks. */
function isSelective({ where }: ReadPlan): boolean {
  return where !== undefined && isNarrowing(where)
}

function isNarrowing(condition: PlannedCondition): boolean {
  if (condition.kind === 'and') return condition.items.some(isNarrowing)
  if (condition.kind === 'compare') {
    return condition.operator === '=' && condition.column.kind.kind === 'id'
  }
  return condition.kind === 'oneOf' && !condition.negated && condition.column.kind.kind === 'id'
}

/** The rows of the query's own limit that earlier pages left over; its offset lies behind them. */
function restOf(plan: ReadPlan, given: number): ReadPlan {
  const limit = plan.limit === undefined ? undefined : Math.max(0, plan.limit - given)
  return { ...plan, skip: 0, limit }
}

export function rendered(context: CompileContext, query: Sql): Statement {
  const statement = render(query, context.storage.dialect)
  if (statement.text.length <= limits.queryStatementCharsMax) return statement
  throw refuse(
    'QUERY_TOO_COMPLICATED',
    'The query selects or compares more than a statement can hold (queryStatementCharsMax): ask for fewer fields.',
  )
}
