/** What was deleted: back again, or gone for good. */
import type { AppParts } from '../app-parts.ts'
import { noContent } from '../respond.ts'
import { route, type Route } from '../route.ts'
import { own } from './addresses.ts'

export function recycleBinRoutes({ records }: Pick<AppParts, 'records'>): readonly Route[] {
  return [
    route('POST', `${own}/recycle-bin/:id/undelete`, async (call) => {
      await records.undelete(call.caller, call.param('id'))
      return noContent()
    }),
    route('DELETE', `${own}/recycle-bin/:id`, async (call) => {
      await records.purge(call.caller, call.param('id'))
      return noContent()
    }),
  ]
}
