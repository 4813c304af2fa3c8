/** What there is: versions, the resources of one version, the limits. */
import { newestApiVersion, oldestApiVersion } from '../../base/api-versions.ts'
import { limits } from '../../base/limits.ts'
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import { publicRoute, route, type Call, type Route } from '../route.ts'
import { baseUrl, data } from './addresses.ts'

type Parts = Pick<AppParts, 'organization' | 'publicUrl' | 'usage'>

export function resourceRoutes(parts: Parts): readonly Route[] {
  return [
    publicRoute('GET', '/services/data', () => json(versionList)),
    route('GET', data, (call) => json(resources(parts, call), 200, call.limitInfo)),
    route('GET', `${data}/limits`, (call) => json(usageView(parts), 200, call.limitInfo)),
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
    composite: `${root}/composite`,
    limits: `${root}/limits`,
    query: `${root}/query`,
    queryAll: `${root}/queryAll`,
    sobjects: `${root}/sobjects`,
  }
}

function usageView(parts: Parts): unknown {
  const daily = { Max: limits.requestsPerDayMax, Remaining: parts.usage.remaining() }
  return { DailyApiRequests: daily }
}
