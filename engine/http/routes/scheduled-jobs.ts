/** What runs by the clock, for those who look after it: when next, how it last ended, and once more now. */
import type { ScheduledJobView } from '../../jobs/scheduled-jobs.ts'
import type { AppParts } from '../app-parts.ts'
import { json, noContent } from '../respond.ts'
import { setupRoute, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'automation'>

export function scheduledJobRoutes(parts: Parts): readonly Route[] {
  const all = `${own}/scheduled-jobs`
  return [
    setupRoute('GET', all, async () =>
      json((await parts.automation.scheduled().list()).map(jobView)),
    ),
    setupRoute('POST', `${all}/:name/run`, async (call) => {
      await parts.automation.scheduled().runNow(call.param('name'), call.user.id)
      parts.automation.wake()
      return noContent()
    }),
  ]
}

function jobView({ nextAt, lastAt, lastState, lastOutcome, ...rest }: ScheduledJobView): object {
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString())
  return {
    ...rest,
    nextAt: time(nextAt),
    lastAt: time(lastAt),
    lastState: lastState ?? null,
    lastOutcome: lastOutcome ?? null,
  }
}
