/** The layouts of an object by record type, as the public REST API has them. */
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { json } from '../respond.ts'
import type { Call } from '../route.ts'
import {
  describeCompactLayouts,
  describeLayoutOf,
  describeLayouts,
  type LayoutSubject,
} from '../views/describe-layouts.ts'

type Parts = Pick<AppParts, 'deployer'>

/** `…/describe/layouts` and `…/describe/compactLayouts`. */
export function describeLayoutResource(parts: Parts, call: Call, resource: string): Response {
  const subject = subjectOf(parts, call)
  if (resource === 'layouts') return json(describeLayouts(subject), 200, call.limitInfo)
  if (resource === 'compactLayouts') {
    return json(describeCompactLayouts(subject), 200, call.limitInfo)
  }
  // There are no approvals to lay out.
  if (resource === 'approvalLayouts') return json({ approvalLayouts: [] }, 200, call.limitInfo)
  throw nothing()
}

/** `…/describe/layouts/<id of a record type>`. */
export function describeLayoutOfType(parts: Parts, call: Call): Response {
  if (call.param('field') !== 'describe' || call.param('value') !== 'layouts') throw nothing()
  const layout = describeLayoutOf(subjectOf(parts, call), call.param('recordType'))
  return json(layout, 200, call.limitInfo)
}

function nothing(): Refusal {
  return refuse('NOT_FOUND', 'The requested resource does not exist')
}

function subjectOf(parts: Parts, call: Call): LayoutSubject {
  const gate = { model: parts.deployer.store.current(), access: call.caller.access }
  const object = gate.model.object(call.param('object'))
  if (object === undefined || !gate.access.mayObject(object.name, 'read')) {
    throw nothing()
  }
  return { gate, user: call.user, object, version: call.caller.apiVersion }
}
