/** Every route there is; a new one is one line here. */
import type { AppParts } from '../app-parts.ts'
import type { Route } from '../route.ts'
import { collectionRoutes } from './collections.ts'
import { eventRoutes } from './events.ts'
import { formulaRoutes } from './formulas.ts'
import { healthRoutes } from './health.ts'
import { metadataRoutes } from './metadata.ts'
import { pageRoutes } from './pages.ts'
import { planRoutes } from './plans.ts'
import { queryRoutes } from './queries.ts'
import { recordRoutes } from './records.ts'
import { recycleBinRoutes } from './recycle-bin.ts'
import { resourceRoutes } from './resources.ts'
import { screenRoutes } from './screens.ts'
import { sessionRoutes } from './session.ts'
import { signInRoutes } from './sign-in.ts'

export function allRoutes(parts: AppParts): readonly Route[] {
  return [
    ...healthRoutes(parts),
    ...signInRoutes(parts),
    ...sessionRoutes(parts),
    ...resourceRoutes(parts),
    ...recordRoutes(parts),
    ...queryRoutes(parts),
    ...collectionRoutes(parts),
    ...recycleBinRoutes(parts),
    ...screenRoutes(parts),
    ...metadataRoutes(parts),
    ...planRoutes(parts),
    ...formulaRoutes(parts),
    ...eventRoutes(parts),
    ...pageRoutes(parts),
  ]
}
