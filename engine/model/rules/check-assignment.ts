/** Assignment rules: whether what their entries compare is there, and who gets the records can own them. */
import type { AssignmentRule, RuleEntry } from '../../../metadata/types.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import type { Pointer } from '../source-problem.ts'
import { checkCriteria, checkRuleFormula, report, type RuleCheck } from './rule-formulas.ts'

export function checkAssignment(
  check: RuleCheck,
  rules: readonly Readonly<AssignmentRule>[],
): void {
  const active = rules.flatMap((rule, at) => (rule.active === true ? [at] : []))
  if (active.length > 1) {
    report(check, ['assignmentRule', active[1] ?? 0], message('only one rule can be active'))
  }
  rules.forEach(({ ruleEntry: entries = [] }, at) => {
    const pointer = ['assignmentRule', at, 'ruleEntry']
    if (entries.length > limits.ruleEntriesMax) {
      const reason = message('at most {max} entries are possible (ruleEntriesMax)', {
        max: limits.ruleEntriesMax,
      })
      report(check, pointer, reason)
    }
    entries
      .slice(0, limits.ruleEntriesMax)
      .forEach((entry, position) => checkEntry(check, entry, [...pointer, position]))
  })
}

function checkEntry(check: RuleCheck, entry: Readonly<RuleEntry>, pointer: Pointer): void {
  checkCriteria(check, pointer, entry)
  const { assignedTo, assignedToType, distribution, workloadMax, workloadFilter } = entry
  const isQueue = assignedToType === 'Queue'
  if ((assignedTo === undefined) !== (assignedToType === undefined)) {
    report(check, pointer, message('assignedTo and assignedToType go together'))
  }
  if (distribution !== undefined && !isQueue) {
    const reason = message('a distribution needs a queue, among whose members it chooses')
    report(check, [...pointer, 'distribution'], reason)
  }
  if (distribution === undefined && (workloadMax !== undefined || workloadFilter !== undefined)) {
    const reason = message('a workload is asked for where records are distributed')
    report(check, pointer, reason)
  }
  const { body } = check.outline.declaration
  const mayQueue = body.enableQueues === true || check.outline.byName.get('ownerid') !== undefined
  if (isQueue && !mayQueue) {
    report(check, [...pointer, 'assignedToType'], message('queues cannot own these records'))
  }
  if (workloadFilter === undefined) return
  const formula = { text: workloadFilter, result: { type: 'Checkbox' } } as const
  checkRuleFormula(check, [...pointer, 'workloadFilter'], formula)
}
