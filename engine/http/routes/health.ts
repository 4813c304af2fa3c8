/** Whether the server lives, and whether it takes requests. */
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import { publicRoute, type Route } from '../route.ts'

export function healthRoutes(parts: Pick<AppParts, 'ready' | 'automation'>): readonly Route[] {
  return [
    // It lives all the same: a job that stands still is for an administrator, not for a restart.
    publicRoute('GET', '/healthz', () => {
      const stoppedJobs = parts.automation.scheduled().stopped()
      return json({ status: stoppedJobs === 0 ? 'ok' : 'degraded', stoppedJobs })
    }),
    publicRoute('GET', '/readyz', () =>
      parts.ready() ? json({ status: 'ready' }) : json({ status: 'not ready' }, 503),
    ),
  ]
}
