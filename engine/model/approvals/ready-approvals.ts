/** The approval processes and deadlines of a model that run, by object; understood when they are first asked for. */
import { indexOf } from '../compile-model.ts'
import type { Model } from '../model.ts'
import { compileApproval, type ApprovalPlan } from './approval-plan.ts'
import { compileEntitlement, type EntitlementPlan } from './entitlement-plan.ts'

export interface ReadyApprovals {
  /** Active, in the order in which they are tried. */
  readonly byObject: ReadonlyMap<string, readonly ApprovalPlan[]>
  /** By full name, active or not: what was begun is brought to its end. */
  readonly byName: ReadonlyMap<string, ApprovalPlan>
  readonly entitlements: ReadonlyMap<string, readonly EntitlementPlan[]>
}

const ready = new WeakMap<Model, ReadyApprovals>()

export function readyApprovals(model: Model): ReadyApprovals {
  const known = ready.get(model)
  if (known !== undefined) return known
  const made = makeReady(model)
  ready.set(model, made)
  return made
}

function makeReady(model: Model): ReadyApprovals {
  const index = indexOf(model)
  const byObject = new Map<string, ApprovalPlan[]>()
  const byName = new Map<string, ApprovalPlan>()
  for (const { fullName, body } of model.components('ApprovalProcess')) {
    const { plan } = compileApproval(body, fullName, index)
    if (plan === undefined) continue
    byName.set(fullName.toLowerCase(), plan)
    if (body.active !== true) continue
    byObject.set(plan.object, [...(byObject.get(plan.object) ?? []), plan])
  }
  for (const plans of byObject.values()) {
    plans.sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
  }
  const entitlements = new Map<string, EntitlementPlan[]>()
  for (const { fullName, body } of model.components('EntitlementProcess')) {
    const { plan } = compileEntitlement(body, fullName, index)
    if (plan === undefined || body.active !== true) continue
    entitlements.set(plan.object, [...(entitlements.get(plan.object) ?? []), plan])
  }
  return { byObject, byName, entitlements }
}
