/** Action plans as a listener of saves: the objects, and what each does. */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { HookEvent, RecordHooks } from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { nothing } from '../combine-hooks.ts'
import { itemBehaviour, workBehaviour, workObjects } from './item-behaviours.ts'
import type { ObjectBehaviour } from './plan-behaviour.ts'
import { planBehaviour } from './plan-behaviours.ts'
import { isOwnWrite, planUnit } from './plan-unit.ts'
import { planObject } from './value-formula.ts'
import {
  dependencyBehaviour,
  partBehaviour,
  templateBehaviour,
  valueBehaviour,
  versionBehaviour,
} from './template-behaviours.ts'

const behaviours: ReadonlyMap<string, ObjectBehaviour> = new Map<string, ObjectBehaviour>([
  ['ActionPlanTemplate', templateBehaviour],
  ['ActionPlanTemplateVersion', versionBehaviour],
  ['ActionPlanTemplateItem', partBehaviour('ActionPlanTemplateVersion', 'ActionPlanTemplateItem')],
  ['ActionPlanTemplateItemValue', valueBehaviour],
  ['ActionPlnTmplItmDependency', dependencyBehaviour],
  ['ActionPlan', planBehaviour],
  ['ActionPlanItem', itemBehaviour],
  ...workObjects.map((object) => [object, workBehaviour(object)] as const),
])

/** Without all of these there are no plans. */
const needed = [
  'ActionPlanTemplate',
  'ActionPlanTemplateVersion',
  'ActionPlanTemplateItem',
  'ActionPlanTemplateItemValue',
  'ActionPlnTmplItmDependency',
  'ActionPlan',
  'ActionPlanItem',
  'ActionPlanItemDependency',
]

/** A plan brings its items along: fewer of them are enough for a unit of work. */
export function blockRowsOf(object: string): number | undefined {
  return object === planObject ? limits.planBlockRows : undefined
}

export interface PlanHooksParts {
  readonly models: Models
  readonly clock: Clock
}

export function createPlanHooks({ models, clock }: PlanHooksParts): RecordHooks {
  const whole = new WeakMap<object, boolean>()
  const hasPlans = (): boolean => {
    const model = models.current()
    const known = whole.get(model)
    if (known !== undefined) return known
    const found = needed.every((name) => model.object(name) !== undefined)
    whole.set(model, found)
    return found
  }
  const find = (object: string, event: HookEvent) => behaviours.get(object)?.[event]
  return {
    has: (object, event) => find(object, event) !== undefined && hasPlans(),
    call: async ({ object, event, rows, caller, model, records }) => {
      const behaviour = find(object, event)
      // What comes with the product, and what plans write themselves, is as it should be.
      const isTrusted = caller.source === 'system' || isOwnWrite(caller)
      if (behaviour === undefined || isTrusted) return rows.map(() => nothing)
      const unit = planUnit({ records, caller, model, clock })
      return behaviour({ unit, rows })
    },
  }
}
