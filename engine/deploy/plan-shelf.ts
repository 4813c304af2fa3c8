/** Plans that wait to be applied; each is forgotten after a while. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import type { Prepared } from './make-plan.ts'

export interface PlanShelf {
  put(prepared: Prepared): void
  get(id: string): Prepared | undefined
}

const plansMax = 200

export function createPlanShelf(clock: Clock): PlanShelf {
  const plans = new Map<string, { readonly prepared: Prepared; readonly until: number }>()
  return {
    put: (prepared) => {
      const now = clock.now()
      for (const [id, { until }] of plans) {
        if (until <= now || plans.size >= plansMax) plans.delete(id)
      }
      plans.set(prepared.plan.id, { prepared, until: now + limits.planLifetimeMs })
    },
    get: (id) => {
      const known = plans.get(id)
      return known === undefined || known.until <= clock.now() ? undefined : known.prepared
    },
  }
}
