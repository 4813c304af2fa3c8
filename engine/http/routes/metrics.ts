/** Figures for whoever watches over servers. */
import type { AppParts } from '../app-parts.ts'
import { emptyHeaders } from '../headers.ts'
import type { Metrics } from '../metrics.ts'
import { route, type Route } from '../route.ts'

export function metricsRoutes({ metrics }: Pick<AppParts, 'metrics'>): readonly Route[] {
  return [{ ...route('GET', '/metrics', () => figures(metrics)), permission: 'ViewSetup' }]
}

async function figures(metrics: Metrics): Promise<Response> {
  const { text, contentType } = await metrics.read()
  return new Response(text, { headers: { ...emptyHeaders, 'Content-Type': contentType } })
}
