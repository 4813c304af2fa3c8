/** Which entitlement processes hold for which records, and what they say of each. */
import type { Formula } from '../../formula/tree.ts'
import type { EntitlementPlan, MilestonePlan } from '../../model/approvals/entitlement-plan.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { ApprovalUnit } from '../approvals/approval-unit.ts'
import { criteriaOf, type Meets } from './evaluate-criteria.ts'
import type { Running } from './milestone-clock.ts'
import type { MilestoneRow } from './milestone-rows.ts'

export interface PlansOfRecords {
  readonly meets: Meets
  of(id: string): readonly EntitlementPlan[]
}

export async function plansOfRecords(
  unit: ApprovalUnit,
  object: ObjectModel,
  ids: readonly string[],
): Promise<PlansOfRecords> {
  const plans = readyApprovals(unit.model).entitlements.get(object.name) ?? []
  const meets = await criteriaOf(unit, object, { formulas: plans.flatMap(formulasOf), ids })
  return { meets, of: (id) => plans.filter(({ criteria }) => meets(criteria, id)) }
}

function formulasOf({ criteria, exits, stops, milestones }: EntitlementPlan): readonly Formula[] {
  const own = milestones.flatMap(({ begins, completes }) => [begins, completes])
  return [criteria, exits, stops, ...own].filter((formula) => formula !== undefined)
}

/** With what the criteria say of the record. */
export interface Judged extends Running {
  readonly object: ObjectModel
  readonly meets: Meets
}

/** Deadlines with what is declared of them; those that no process has any more are left out. */
export async function runningOf(
  unit: ApprovalUnit,
  rows: readonly MilestoneRow[],
): Promise<readonly Judged[]> {
  const byObject = new Map<ObjectModel, MilestoneRow[]>()
  for (const row of rows) {
    const object = unit.model.objectByKeyPrefix(row.recordId.slice(0, 3))
    if (object !== undefined) byObject.set(object, [...(byObject.get(object) ?? []), row])
  }
  const found: Judged[] = []
  for (const [object, own] of byObject) {
    const ids = [...new Set(own.map(({ recordId }) => recordId))]
    const plans = await plansOfRecords(unit, object, ids)
    for (const row of own) {
      const declared = declaredAs(plans.of(row.recordId), row)
      if (declared === undefined) continue
      found.push({ ...declared, row, object, meets: plans.meets })
    }
  }
  return found
}

function declaredAs(
  plans: readonly EntitlementPlan[],
  { kind }: MilestoneRow,
): { readonly plan: EntitlementPlan; readonly milestone: MilestonePlan } | undefined {
  for (const plan of plans) {
    const milestone = plan.milestones.find(({ name }) => name === kind)
    if (milestone !== undefined) return { plan, milestone }
  }
  return undefined
}
