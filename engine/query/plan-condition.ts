/** The where clause through the gate: names resolved, values in the form of their columns. */
import { compareSubject, listSubject } from './compare-subject.ts'
import type { ConditionContext } from './condition-context.ts'
import { located } from './located.ts'
import { planJoin } from './plan-join.ts'
import type { Subject } from './plan-operand.ts'
import { subjectOf } from './plan-subject.ts'
import type { PlannedCondition } from './read-plan.ts'
import type { Condition, Operand } from './soql/query.ts'

export function planCondition(context: ConditionContext, condition: Condition): PlannedCondition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        items: condition.items.map((item) => planCondition(context, item)),
      }
    case 'not':
      return { kind: 'not', item: planCondition(context, condition.item) }
    case 'compare':
      return located(context.query, condition.offset, () =>
        compareSubject(subjectIn(context, condition.operand), condition, context),
      )
    case 'list':
      return located(context.query, condition.offset, () =>
        listSubject(subjectIn(context, condition.operand), condition),
      )
    case 'join':
      return located(context.query, condition.offset, () => planJoin(context, condition))
  }
}

function subjectIn(context: ConditionContext, operand: Operand): Subject {
  return context.subjectOf?.(operand) ?? subjectOf(context, operand)
}
