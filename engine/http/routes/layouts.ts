/** The layouts of an object by record type, as the public REST API has them. */
import { refuse, type Refusal } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { AppParts } from '../app-parts.ts'
import { modelFor } from '../language-of.ts'
import { json } from '../respond.ts'
import type { Call } from '../route.ts'
import type { DescribedObject } from '../views/describe-layout.ts'
import {
  describeApprovalLayouts,
  describeCompactLayouts,
  describeLayoutOf,
  describeLayouts,
  describeNamedLayouts,
  type LayoutSubject,
} from '../views/describe-layouts.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

const ofObject: ReadonlyMap<string, (subject: LayoutSubject) => unknown> = new Map([
  ['layouts', describeLayouts],
  ['compactLayouts', describeCompactLayouts],
  ['approvalLayouts', describeApprovalLayouts],
])

/** One of them, by the id of a record type or by its name. */
const byName: ReadonlyMap<string, (subject: LayoutSubject, name: string) => unknown> = new Map([
  ['layouts', describeLayoutOf],
  ['namedLayouts', describeNamedLayouts],
])

/** `…/describe/layouts` and the like. */
export function describeLayoutResource(parts: Parts, call: Call, resource: string): Response {
  const view = ofObject.get(resource)
  if (view === undefined) throw nothing()
  return json(view(subjectOf(parts, call)), 200, call.limitInfo)
}

/** `…/describe/layouts/<id of a record type>`, `…/describe/namedLayouts/<name>`. */
export function describeOneLayout(parts: Parts, call: Call): Response {
  const view = call.param('field') === 'describe' ? byName.get(call.param('value')) : undefined
  if (view === undefined) throw nothing()
  return json(view(subjectOf(parts, call), call.param('recordType')), 200, call.limitInfo)
}

function nothing(): Refusal {
  return refuse('NOT_FOUND', 'The requested resource does not exist')
}

function subjectOf(parts: Parts, call: Call): LayoutSubject {
  const gate = { model: modelFor(parts, call.caller), access: call.caller.access }
  const object = gate.model.object(call.param('object'))
  if (object === undefined || !gate.access.mayObject(object.name, 'read')) {
    throw nothing()
  }
  const { user, caller } = call
  return { ...describedObject(parts, call, object), user, version: caller.apiVersion }
}

/** The object with what its describe tells the caller of its fields. */
export function describedObject(
  parts: Parts,
  { caller }: Call,
  object: ObjectModel,
): DescribedObject {
  const gate = { model: modelFor(parts, caller), access: caller.access }
  const { fields }: Described = JSON.parse(parts.records.describe(caller, object.name))
  return { gate, object, details: new Map(fields.map((field) => [field.name, field])) }
}

/** Our own text, of which this is read. */
interface Described {
  readonly fields: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[]
}
