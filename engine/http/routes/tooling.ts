/** The parts of the Tooling API that clients ask for: objects and fields as rows, and their describes. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { describeOfModel, globalDescribeOfModel } from '../describe-of-model.ts'
import { json, jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

export function toolingRoutes(parts: Parts): readonly Route[] {
  const path = `${data}/tooling`
  return [
    route('GET', path, (call) => json(resources(call), 200, call.limitInfo)),
    route('GET', `${path}/sobjects`, (call) =>
      json(globalDescribeOfModel(parts, call), 200, call.limitInfo),
    ),
    route('GET', `${path}/sobjects/:object`, (call) => basics(parts, call)),
    route('GET', `${path}/sobjects/:object/describe`, (call) => describe(parts, call)),
  ]
}

function resources({ caller }: Call): unknown {
  const root = `/services/data/v${caller.apiVersion}/tooling`
  return { query: `${root}/query`, sobjects: `${root}/sobjects` }
}

/** Records that the tools may ask about stand in tables: their own describe answers. */
function describe(parts: Parts, call: Call): Response {
  const found = describeOfModel(parts, call)
  return found === undefined
    ? jsonText(parts.records.describe(call.caller, call.param('object')), 200, call.limitInfo)
    : json(found, 200, call.limitInfo)
}

function basics(parts: Parts, call: Call): Response {
  const found = describeOfModel(parts, call)
  if (found === undefined) {
    throw refuse('NOT_FOUND', message('The requested resource does not exist'))
  }
  const { fields: _fields, ...objectDescribe } = Object.assign({ fields: [] }, found)
  return json({ objectDescribe, recentItems: [] }, 200, call.limitInfo)
}
