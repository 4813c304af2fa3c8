/** Live events as server-sent events. */
import type { AppParts } from '../app-parts.ts'
import { eventStreamHeaders } from '../headers.ts'
import { route, type Route } from '../route.ts'
import { own } from './addresses.ts'

export function eventRoutes({ streams }: Pick<AppParts, 'streams'>): readonly Route[] {
  return [
    route('GET', `${own}/events`, ({ request, user, credential }) => {
      // A HEAD request is routed here too; nobody would ever close its stream.
      const body = request.method === 'HEAD' ? null : streams.open(user, credential)
      return new Response(body, { headers: eventStreamHeaders })
    }),
  ]
}
