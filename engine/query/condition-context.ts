/** What the planning of conditions knows of the query around them. */
import type { FreeLiterals } from './free-literals.ts'
import type { Moment } from './date-range.ts'
import type { Subject } from './plan-operand.ts'
import type { ReadPlan } from './read-plan.ts'
import type { Gate } from './resolve.ts'
import type { Operand, Query } from './soql/query.ts'
import type { TableSet } from './table-set.ts'

export interface ConditionContext {
  readonly gate: Gate
  readonly query: Pick<Query, 'text'>
  readonly tables: TableSet
  readonly moment: Moment
  /** Called when the plan depends on the moment. */
  readonly onMomentary: () => void
  /** Plans the query of a semi-join over tables of its own. */
  readonly planInner: (inner: Query, from: TableSet) => ReadPlan
  /** What stands on the left of a comparison, where it is not a field or a date function (HAVING). */
  readonly subjectOf?: (operand: Operand) => Subject
  /** Takes note of texts that may be others the next time; absent where the plan is for this query alone. */
  readonly free?: FreeLiterals | undefined
}
