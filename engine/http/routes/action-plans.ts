/** Plans for many records at once. */
import { startMany } from '../../automation/plans/start-many.ts'
import type { AppParts } from '../app-parts.ts'
import { jsonObject } from '../json-request.ts'
import { json } from '../respond.ts'
import { route, type Route } from '../route.ts'
import { ingestView } from '../views/bulk-view.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'bulk' | 'deployer' | 'records'>

export function actionPlanRoutes({ deployer, ...parts }: Parts): readonly Route[] {
  return [
    route('POST', `${own}/action-plans`, async (call) => {
      const asked = await jsonObject(call.request)
      const job = await startMany({ ...parts, models: deployer.store }, call.caller, asked)
      return json(ingestView(job), 201)
    }),
  ]
}
