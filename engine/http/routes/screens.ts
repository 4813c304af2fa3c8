/** What the screens need in one request: the shell, an object, a record. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import type { AppParts } from '../app-parts.ts'
import { etagOfRecord } from '../etag.ts'
import { modelFor } from '../language-of.ts'
import { booleanMember, jsonObject, textMember } from '../json-request.ts'
import { json, jsonText } from '../respond.ts'
import { route, type Call, type Route } from '../route.ts'
import { appView } from '../views/app-view.ts'
import { objectView } from '../views/object-view.ts'
import { recordPaths } from '../views/record-paths.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'deployer' | 'organization' | 'recent' | 'records'>

export function screenRoutes(parts: Parts): readonly Route[] {
  return [
    route('GET', `${own}/ui/app`, (call) =>
      json(appView(modelFor(parts, call.caller), call.user, parts.organization)),
    ),
    route('GET', `${own}/ui/objects/:object`, (call) => objectScreen(parts, call)),
    route('GET', `${own}/ui/objects/:object/form`, async (call) =>
      jsonText(await parts.records.formFacts(call.caller, call.param('object'))),
    ),
    route('POST', `${own}/ui/lookups/:object/:field`, (call) => lookup(parts, call)),
    route('GET', `${own}/ui/records/:id`, (call) => recordScreen(parts, call)),
  ]
}

function gateOf(parts: Parts, call: Call): Gate {
  return { model: modelFor(parts, call.caller), access: call.caller.access }
}

function objectScreen(parts: Parts, call: Call): Response {
  const gate = gateOf(parts, call)
  const object = visibleObject(gate, gate.model.object(call.param('object')))
  const describe = parts.records.describe(call.caller, object.name)
  return jsonText(objectView(gate, call.user, { object, describe }))
}

/** `{ "q", "values", "id", "all" }` → as a query answers. */
async function lookup(parts: Parts, call: Call): Promise<Response> {
  const body = await jsonObject(call.request)
  const values = body.get('values') ?? {}
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw refuse('INVALID_ARGUMENT', '"values" must be an object.', { fields: ['values'] })
  }
  const id = textMember(body, 'id')
  const { text } = await parts.records.lookUp(call.caller, {
    object: call.param('object'),
    field: call.param('field'),
    soql: textMember(body, 'q'),
    words: textMember(body, 'words'),
    values: new Map(Object.entries(values)),
    id: id === '' ? undefined : normaliseId(id),
    all: booleanMember(body, 'all'),
  })
  return jsonText(text)
}

async function recordScreen(parts: Parts, call: Call): Promise<Response> {
  const gate = gateOf(parts, call)
  const id = normaliseId(call.param('id'))
  const object = visibleObject(gate, gate.model.objectByKeyPrefix(id?.slice(0, 3) ?? ''))
  const { text, version } = await parts.records.retrieve(
    call.caller,
    object.name,
    id ?? '',
    recordPaths(gate, object),
  )
  if (call.credential.kind === 'session' && id !== undefined) parts.recent.note(call.user.id, [id])
  const rest = {
    etag: etagOfRecord(version),
    editable: gate.access.mayObject(object.name, 'edit'),
    deletable: gate.access.mayObject(object.name, 'delete'),
  }
  return jsonText(`{"record":${text},${JSON.stringify(rest).slice(1)}`)
}

/** What is not there and what may not be known of are answered alike. */
function visibleObject(gate: Gate, object: ObjectModel | undefined): ObjectModel {
  if (object !== undefined && gate.access.mayObject(object.name, 'read')) return object
  throw refuse('NOT_FOUND', message('The requested resource does not exist'))
}
