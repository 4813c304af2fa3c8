/** The flows of a model that run, by name and by what starts them; each is understood when it is first asked for. */
import { flowOf } from './check-flows.ts'
import { indexOf } from './compile-model.ts'
import type { FlowPlan, FlowTrigger } from './flows/flow-plan.ts'
import type { Model } from './model.ts'

export interface TriggeredFlow extends FlowPlan {
  readonly trigger: FlowTrigger
}

export interface ReadyFlows {
  /** Active, and without anything that the engine does not act on. */
  readonly byName: ReadonlyMap<string, FlowPlan>
  /** By canonical object name, in the order in which they run. */
  readonly triggered: ReadonlyMap<string, readonly TriggeredFlow[]>
}

const ready = new WeakMap<Model, ReadyFlows>()

export function readyFlows(model: Model): ReadyFlows {
  const known = ready.get(model)
  if (known !== undefined) return known
  const made = makeReady(model)
  ready.set(model, made)
  return made
}

/** The plan of any flow, active or not; undefined where something in it is wrong. */
export function planOfFlow(model: Model, name: string): FlowPlan | undefined {
  const declaration = model.component('Flow', name)
  if (declaration === undefined) return undefined
  const { plan, problems } = flowOf(declaration.body, indexOf(model))
  return problems.length === 0 ? plan : undefined
}

function makeReady(model: Model): ReadyFlows {
  const byName = new Map<string, FlowPlan>()
  const triggered = new Map<string, TriggeredFlow[]>()
  for (const { fullName, body } of model.components('Flow')) {
    if (body.status !== 'Active') continue
    const plan = planOfFlow(model, fullName)
    if (plan === undefined || plan.inert.length > 0) continue
    byName.set(fullName, plan)
    const object = model.object(plan.trigger?.object ?? '')
    if (!isTriggered(plan) || object === undefined) continue
    triggered.set(object.name, [...(triggered.get(object.name) ?? []), plan])
  }
  for (const flows of triggered.values()) flows.sort(byOrder)
  return { byName, triggered }
}

function isTriggered(plan: FlowPlan): plan is TriggeredFlow {
  return plan.trigger !== undefined
}

function byOrder(a: FlowPlan, b: FlowPlan): number {
  return a.order - b.order || (a.name < b.name ? -1 : 1)
}
