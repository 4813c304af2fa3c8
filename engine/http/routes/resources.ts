/** What there is: versions, the resources of one version, the limits. */
import { newestApiVersion, oldestApiVersion } from '../../base/api-versions.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { recentItems } from '../recent-items.ts'
import { json, jsonText } from '../respond.ts'
import { publicRoute, route, type Call, type Route } from '../route.ts'
import { limitsView, type LimitParts } from '../views/limits-view.ts'
import { recordCountsView } from '../views/record-counts-view.ts'
import { baseUrl, data } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'organization' | 'publicUrl' | 'recent' | 'records'> &
  LimitParts

export function resourceRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('GET', '/services/data', () => json(versionList)),
    route('GET', data, (call) => json(resources(parts, call), 200, call.limitInfo)),
    route('GET', `${data}/limits`, async (call) =>
      json(await limitsView(parts), 200, call.limitInfo),
    ),
    {
      ...route('GET', `${data}/limits/recordCount`, async (call) =>
        json(await recordCountsView(parts, call), 200, call.limitInfo),
      ),
      permission: 'ViewSetup',
    },
    route('GET', `${data}/recent`, (call) => recentView(parts, call)),
  ]
}

const versionList = Array.from({ length: newestApiVersion - oldestApiVersion + 1 }, (_, index) => {
  const version = `${oldestApiVersion + index}.0`
  return { label: `Version ${version}`, url: `/services/data/v${version}`, version }
})

function resources(parts: Parts, call: Call): unknown {
  const root = `/services/data/v${call.caller.apiVersion}`
  const base = baseUrl(call.request, parts.publicUrl)
  return {
    identity: `${base}/id/${parts.organization.id}/${call.user.id}`,
    actions: `${root}/actions`,
    composite: `${root}/composite`,
    jobs: `${root}/jobs`,
    limits: `${root}/limits`,
    metadata: `${root}/metadata`,
    query: `${root}/query`,
    search: `${root}/search`,
    parameterizedSearch: `${root}/parameterizedSearch`,
    queryAll: `${root}/queryAll`,
    quickActions: `${root}/quickActions`,
    recent: `${root}/recent`,
    sobjects: `${root}/sobjects`,
    tabs: `${root}/tabs`,
    theme: `${root}/theme`,
  }
}

async function recentView(parts: Parts, call: Call): Promise<Response> {
  const asked = Number(call.query('limit') ?? limits.recentViewsPerUserMax)
  if (!Number.isInteger(asked) || asked < 1) {
    throw refuse('INVALID_ARGUMENT', '"limit" must be a whole number from 1 on.', {
      fields: ['limit'],
    })
  }
  const max = Math.min(asked, limits.recentViewsPerUserMax)
  const items = await recentItems(parts, call, { max })
  return jsonText(`[${items.join(',')}]`, 200, call.limitInfo)
}
