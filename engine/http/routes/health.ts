/** Whether the server lives, and whether it takes requests. */
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import { publicRoute, type Route } from '../route.ts'

export function healthRoutes(parts: Pick<AppParts, 'ready'>): readonly Route[] {
  return [
    publicRoute('GET', '/healthz', () => json({ status: 'ok' })),
    publicRoute('GET', '/readyz', () =>
      parts.ready() ? json({ status: 'ready' }) : json({ status: 'not ready' }, 503),
    ),
  ]
}
