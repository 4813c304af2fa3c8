/** Describes of objects that are made of the model, under the address by which they were asked for. */
import { describeVirtual, describeVirtualGlobal } from '../query/virtual/describe-virtual.ts'
import { gateOf } from '../records/targets.ts'
import type { AppParts } from './app-parts.ts'
import { modelFor } from './language-of.ts'
import type { Call } from './route.ts'

type Parts = Pick<AppParts, 'deployer'>

/** Undefined for objects with a table, and where the caller may not know of it. */
export function describeOfModel(parts: Parts, call: Call): object | undefined {
  return describeVirtual(gateFor(parts, call), call.param('object'), rootOf(call))
}

export function globalDescribeOfModel(parts: Parts, call: Call): object {
  return describeVirtualGlobal(gateFor(parts, call), rootOf(call))
}

function gateFor(parts: Parts, { caller }: Call) {
  return gateOf(modelFor(parts, caller), caller)
}

function rootOf({ request, caller }: Call): string {
  const version = `/services/data/v${caller.apiVersion}`
  const isTooling = new URL(request.url).pathname.split('/')[4] === 'tooling'
  return isTooling ? `${version}/tooling` : version
}
