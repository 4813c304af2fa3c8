/** What a grouped query became after the gate. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { AggregateFunction } from './aggregate-functions.ts'
import type { PlannedColumn, PlannedCondition, PlannedOrder, ReadPlan } from './read-plan.ts'

export interface PlannedGroup {
  /** One spelling per field or function, so that mentions of it are recognised. */
  readonly key: string
  readonly column: PlannedColumn
}

export interface PlannedAggregate {
  readonly key: string
  readonly function: AggregateFunction
  /** Undefined for COUNT(): rows are counted. */
  readonly column: PlannedColumn | undefined
  readonly kind: ColumnKind
}

/** A member of the answer; `index` counts among the groups or the aggregates. */
export interface AggregateOutput {
  readonly key: string
  readonly from: 'group' | 'grouping' | 'aggregate'
  readonly index: number
}

export interface AggregatePlan {
  /** Which rows are grouped; selects nothing itself. */
  readonly rows: ReadPlan
  readonly groups: readonly PlannedGroup[]
  /** Which groups are formed: for each, the indexes of what its rows have in common. */
  readonly sets: readonly (readonly number[])[]
  readonly aggregates: readonly PlannedAggregate[]
  readonly outputs: readonly AggregateOutput[]
  /** Over the columns of `groupColumn` and `aggregateColumn`. */
  readonly having: PlannedCondition | undefined
  readonly orderBy: readonly PlannedOrder[]
  readonly limit: number | undefined
  readonly skip: number
}
