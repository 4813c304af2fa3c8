/** What happened around a record, and what is to be done. */
import { readTimeline } from '../../records/timeline.ts'
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import { route, type Route } from '../route.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'clock' | 'deployer' | 'records'>

export function timelineRoutes({ clock, deployer, records }: Parts): readonly Route[] {
  return [
    route('GET', `${own}/timeline/:id`, async (call) => {
      const { caller } = call
      const asked = { id: call.param('id'), before: call.query('before'), now: clock.now() }
      const model = deployer.store.current()
      return json(await readTimeline({ records, model }, caller, asked), 200, call.limitInfo)
    }),
  ]
}
