/** Every route there is; a new one is one line here. */
import type { RouteParts } from '../app-parts.ts'
import type { Route } from '../route.ts'
import { accessRoutes } from './access.ts'
import { actionPlanRoutes } from './action-plans.ts'
import { actionRoutes } from './actions.ts'
import { approvalRoutes } from './approvals.ts'
import { authorizeRoutes } from './authorize.ts'
import { bulkClassicRoutes } from './bulk-classic.ts'
import { bulkRoutes } from './bulk.ts'
import { changeEventRoutes } from './change-events.ts'
import { cometdRoutes } from './cometd.ts'
import { collectionRoutes } from './collections.ts'
import { compositeRoutes } from './composite.ts'
import { deployRequestRoutes } from './deploy-requests.ts'
import { emailRoutes } from './emails.ts'
import { eventRoutes } from './events.ts'
import { filterRoutes } from './filters.ts'
import { flowRoutes } from './flows.ts'
import { formulaRoutes } from './formulas.ts'
import { frontdoorRoutes } from './frontdoor.ts'
import { healthRoutes } from './health.ts'
import { identityRoutes } from './identity.ts'
import { importRoutes } from './imports.ts'
import { lastingRoutes } from './lasting.ts'
import { metadataRoutes } from './metadata.ts'
import { metricsRoutes } from './metrics.ts'
import { notificationRoutes } from './notifications.ts'
import { ownIdentityRoutes } from './own-identity.ts'
import { pageRoutes } from './pages.ts'
import { planRoutes } from './plans.ts'
import { processRoutes } from './processes.ts'
import { queryRoutes } from './queries.ts'
import { quickActionRoutes } from './quick-actions.ts'
import { recordRoutes } from './records.ts'
import { recycleBinRoutes } from './recycle-bin.ts'
import { resourceRoutes } from './resources.ts'
import { scheduledJobRoutes } from './scheduled-jobs.ts'
import { schemaRoutes } from './schemas.ts'
import { screenRoutes } from './screens.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './session.ts'
import { sharingRoutes } from './sharing.ts'
import { singleSignOnRoutes } from './single-sign-on.ts'
import { soapMetadataRoutes } from './soap-metadata.ts'
import { soapPartnerRoutes } from './soap-partner.ts'
import { tabRoutes } from './tabs.ts'
import { timelineRoutes } from './timeline.ts'
import { tokenRoutes } from './token.ts'
import { toolingRoutes } from './tooling.ts'
import { treeRoutes } from './tree.ts'
import { userSessionRoutes } from './user-sessions.ts'
import { webhookRoutes } from './webhooks.ts'

export function allRoutes(parts: RouteParts): readonly Route[] {
  return [
    ...healthRoutes(parts),
    ...metricsRoutes(parts),
    ...tokenRoutes(parts),
    ...authorizeRoutes(parts),
    ...identityRoutes(parts),
    ...frontdoorRoutes(parts),
    ...singleSignOnRoutes(parts),
    ...soapPartnerRoutes(parts),
    ...soapMetadataRoutes(parts),
    ...deployRequestRoutes(parts),
    ...toolingRoutes(parts),
    ...schemaRoutes(parts),
    ...sessionRoutes(parts),
    ...ownIdentityRoutes(parts),
    ...userSessionRoutes(parts),
    ...resourceRoutes(parts),
    ...tabRoutes(parts),
    ...recordRoutes(parts),
    ...quickActionRoutes(parts),
    ...queryRoutes(parts),
    ...searchRoutes(parts),
    ...collectionRoutes(parts),
    ...compositeRoutes(parts),
    ...treeRoutes(parts),
    ...actionRoutes(parts),
    ...actionPlanRoutes(parts),
    ...bulkRoutes(parts),
    ...bulkClassicRoutes(parts),
    ...importRoutes(parts),
    ...recycleBinRoutes(parts),
    ...lastingRoutes(parts),
    ...screenRoutes(parts),
    ...metadataRoutes(parts),
    ...planRoutes(parts),
    ...formulaRoutes(parts),
    ...filterRoutes(parts),
    ...eventRoutes(parts),
    ...sharingRoutes(parts),
    ...timelineRoutes(parts),
    ...accessRoutes(parts),
    ...changeEventRoutes(parts),
    ...cometdRoutes(parts),
    ...webhookRoutes(parts),
    ...processRoutes(parts),
    ...scheduledJobRoutes(parts),
    ...flowRoutes(parts),
    ...notificationRoutes(parts),
    ...approvalRoutes(parts),
    ...emailRoutes(parts),
    ...pageRoutes(parts),
  ]
}
