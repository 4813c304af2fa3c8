/** What the page of a record offers about action plans: starting one on it. */
import { findObject } from '../../base/app-context.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import type { AppScreen, ObjectScreen } from '../../base/wire.ts'

/** Plans can be about such records, and the user may make plans. */
export function mayStartPlan(screen: AppScreen | undefined, { describe }: ObjectScreen): boolean {
  const isTarget = describe.childRelationships?.some(
    ({ childSObject, field }) => childSObject === 'ActionPlan' && field === 'TargetId',
  )
  return isTarget === true && findObject(screen, 'ActionPlan')?.createable === true
}

export interface PlanTarget {
  readonly app: string
  readonly object: string
  readonly id: string
  readonly timeZone: string
}

/** The user is then on the page of the new plan. */
export async function startPlanOn({ app, object, id, timeZone }: PlanTarget): Promise<void> {
  const { startPlan } = await import('../../elements/plan-panel/start-dialog.ts')
  // Swedish writes days as ISO does.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date())
  const planId = await startPlan({ object, targetId: id, today })
  if (planId !== undefined) await router.navigate(paths.record(app, 'ActionPlan', planId))
}
