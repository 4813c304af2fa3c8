/** The statement that tells whether a record meets the filter of the lookup that leads to it. */
import type { CompiledFilter } from '../model/lookup-filters.ts'
import type { ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { hole, sql, type Identifier, type Sql } from '../sql/sql.ts'
import { source } from './compile-read.ts'
import type { RowLock } from './compile-rows.ts'
import { idColumn } from './compile-write.ts'
import type { Moment } from './date-range.ts'
import { planLookupFilter, type ReadSource } from './plan-lookup-filter.ts'
import type { Gate } from './resolve.ts'
import { TableSet } from './table-set.ts'

export interface LinkedInput {
  /** The engine's own. */
  readonly gate: Gate
  readonly target: ObjectModel
  readonly filter: CompiledFilter
  readonly readSource: ReadSource
  readonly moment: Moment
  readonly dialect: Dialect
  readonly lock: RowLock
  readonly apiVersion: string
}

/** One row where the record of the hole `id` meets the filter, none where it does not. */
export function compileLinked(input: LinkedInput): Sql {
  const { gate, dialect, apiVersion } = input
  const tables = new TableSet(gate.model, input.target)
  const { moment } = input
  const around = { onMomentary: nothing, planInner: noInner }
  const context = { gate, query: { text: '' }, tables, moment, ...around }
  const where = planLookupFilter(context, input.filter, input.readSource)
  const { root } = tables
  const plan = { root, joins: tables.joins, where, deletedToo: true }
  const isRecord = sql`${root.alias}.${idColumn} = ${hole('id')}`
  const options = { dialect, access: gate.access, apiVersion }
  return sql`select 1 as one ${source(plan, options, [isRecord])}${locking(input, root.alias)}`
}

function noInner(): never {
  throw new Error('the filter of a lookup holds no query')
}

function nothing(): void {
  // A statement that is used once may depend on the moment.
}

/** Only the record itself: its parents may be missing, and no database locks what is not there. */
function locking({ dialect, lock }: LinkedInput, alias: Identifier): Sql {
  if (dialect.name === 'sqlite' || lock === 'none') return sql``
  const words = lock === 'share' ? dialect.lockRows : dialect.lockRowsToChange
  return sql`${words} of ${alias}`
}
