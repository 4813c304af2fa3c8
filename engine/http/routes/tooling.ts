/** The parts of the Tooling API that clients ask for: objects and fields as rows, and their describes. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { describeVirtual, describeVirtualGlobal } from '../../query/virtual/describe-virtual.ts'
import type { Gate } from '../../query/resolve.ts'
import type { AppParts } from '../app-parts.ts'
import { modelFor } from '../language-of.ts'
import { json, jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

export function toolingRoutes(parts: Parts): readonly Route[] {
  const path = `${data}/tooling`
  return [
    route('GET', path, (call) => json(resources(call), 200, call.limitInfo)),
    route('GET', `${path}/sobjects`, (call) =>
      json(describeVirtualGlobal(gateOf(parts, call), call.caller.apiVersion), 200, call.limitInfo),
    ),
    route('GET', `${path}/sobjects/:object`, (call) => basics(parts, call)),
    route('GET', `${path}/sobjects/:object/describe`, (call) => describe(parts, call)),
  ]
}

function resources({ caller }: Call): unknown {
  const root = `/services/data/v${caller.apiVersion}/tooling`
  return { query: `${root}/query`, sobjects: `${root}/sobjects` }
}

function gateOf(parts: Parts, { caller }: Call): Gate {
  return { model: modelFor(parts, caller), access: caller.access, language: caller.language }
}

/** Records that the tools may ask about stand in tables: their own describe answers. */
function describe(parts: Parts, call: Call): Response {
  const object = call.param('object')
  const found = describeVirtual(gateOf(parts, call), object, call.caller.apiVersion)
  return found === undefined
    ? jsonText(parts.records.describe(call.caller, object), 200, call.limitInfo)
    : json(found, 200, call.limitInfo)
}

function basics(parts: Parts, call: Call): Response {
  const found = describeVirtual(gateOf(parts, call), call.param('object'), call.caller.apiVersion)
  if (typeof found !== 'object' || found === null) {
    throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  }
  const { fields: _fields, ...objectDescribe } = Object.assign({ fields: [] }, found)
  return json({ objectDescribe, recentItems: [] }, 200, call.limitInfo)
}
