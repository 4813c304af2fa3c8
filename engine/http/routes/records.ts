/** Objects and records, as the public REST API has them. */
import { message } from '../../base/message.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import { describeSummary } from '../../query/describe.ts'
import type { Retrieved, SaveOptions, SaveResult } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { describeOfModel } from '../describe-of-model.ts'
import { describeChangedAt, etagOfRecord, etagOfDescribe, ifMatchVersion } from '../etag.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { noResource, readableObject } from '../readable-object.ts'
import { recentItems } from '../recent-items.ts'
import { recordInput } from '../record-input.ts'
import { requireManagedBy } from '../managed-users.ts'
import { json, jsonText, noContent, tagged } from '../respond.ts'
import { route, type Answer, type Call, type Route } from '../route.ts'
import { data } from './addresses.ts'
import { isPushToChannel, pushToChannel } from './channel-pushes.ts'
import { newRecord, retrieveContent } from './contents.ts'
import {
  quickActionDefaults,
  quickActionOfObject,
  quickActionPart,
  quickActionsOfObject,
  quickActionsWord,
  runActionOfObject,
} from './quick-actions.ts'
import { childrenOf, parentOf, startOf, type RecordPlace } from './relationships.ts'
import { deletedRecords, updatedRecords } from './replication.ts'
import { listViewResource, listViewsOfObject } from './list-views.ts'
import { describeOneLayout, describeLayoutResource } from './layouts.ts'

type Parts = Pick<
  AppParts,
  | 'changeEvents'
  | 'clock'
  | 'contents'
  | 'deployer'
  | 'guesses'
  | 'recent'
  | 'records'
  | 'streamingClients'
> & {
  /** Absent where requests are steps of others: a password is none of a unit of work. */
  readonly auth?: AppParts['auth'] | undefined
}

/** Where new records are sent to. */
export const newRecordPath = `${data}/sobjects/:object`

export function recordRoutes(parts: Parts): readonly Route[] {
  const object = newRecordPath
  const byId =
    (work: (parts: Parts, call: Call) => Promise<Response>) =>
    (call: Call): Promise<Response> =>
      parts.guesses.watched(call.user.id, () => work(parts, call))
  const byPath =
    (work: (parts: Parts, call: Call) => Promise<Response>) =>
    (call: Call): Promise<Response> =>
      namesRecord(call) ? byId(work)(call) : work(parts, call)
  return [
    route('GET', `${data}/sobjects`, (call) => globalDescribe(parts, call)),
    route('GET', object, (call) => basicDescribe(parts, call)),
    route('POST', object, (call) => create(parts, call)),
    // One pattern for both: the router wants paths that cannot be mistaken for each other.
    route('GET', `${object}/:id`, (call) => {
      const resource = resourcesOfObject.get(call.param('id'))
      return resource === undefined ? byId(retrieve)(call) : resource(parts, call)
    }),
    route('PATCH', `${object}/:id`, byId(update)),
    route('DELETE', `${object}/:id`, byId(remove)),
    route('GET', `${object}/:field/:value`, (call) => {
      if (call.param('field') === 'describe') {
        return describeLayoutResource(parts, call, call.param('value'))
      }
      if (call.param('field') === quickActionsWord) return quickActionOfObject(parts, call)
      if (isPasswordOfUser(call)) return passwordStatus(parts, call)
      return retrieveContent(parts, call) ?? byPath(followedOrByKey)(call)
    }),
    route('GET', `${object}/:field/:value/:recordType`, (call) => {
      if (call.param('field') === quickActionsWord) return quickActionPart(parts, call)
      return call.param('field') === 'listviews'
        ? listViewResource(parts, call)
        : describeOneLayout(parts, call)
    }),
    route('GET', `${object}/:field/:value/:recordType/:context`, (call) =>
      quickActionDefaults(parts, call),
    ),
    route('PATCH', `${object}/:field/:value`, byPath(upsertOrParent)),
    // Clients that cannot send PATCH say it in the address.
    route('POST', `${object}/:id`, (call) => byId(update)(asPatch(call))),
    route('POST', `${object}/:field/:value`, (call) => {
      if (call.param('field') === quickActionsWord) return runActionOfObject(parts, call)
      if (isPasswordOfUser(call)) return setPassword(parts, call)
      if (isPushToChannel(call)) return byPath(pushToChannel)(call)
      return byPath(upsertOrParent)(asPatch(call))
    }),
  ]
}

/** `Account/001…/Contacts`, `Account/Id/001…`. By a key of its own a client asks for what may not be there yet. */
function namesRecord(call: Call): boolean {
  const field = call.param('field')
  return field.toLowerCase() === 'id' || normaliseId(field) !== undefined
}

/** No record has such an id. */
const resourcesOfObject: ReadonlyMap<string, (parts: Parts, call: Call) => Answer> = new Map<
  string,
  (parts: Parts, call: Call) => Answer
>([
  ['describe', describe],
  ['updated', updatedRecords],
  ['deleted', deletedRecords],
  ['listviews', listViewsOfObject],
  [quickActionsWord, quickActionsOfObject],
])

function globalDescribe(parts: Parts, call: Call): Response {
  const text = parts.records.globalDescribe(call.caller)
  return tagged(call.request, {
    text,
    etag: etagOfDescribe(call.caller),
    ...describeChangedAt(call.caller.access, parts.clock.now()),
    extra: call.limitInfo,
  })
}

function describe(parts: Parts, call: Call): Response {
  const ofModel = describeOfModel(parts, call)
  if (ofModel !== undefined) return json(ofModel, 200, call.limitInfo)
  const text = parts.records.describe(call.caller, call.param('object'))
  return tagged(call.request, {
    text,
    etag: etagOfDescribe(call.caller),
    ...describeChangedAt(call.caller.access, parts.clock.now()),
    extra: call.limitInfo,
  })
}

async function basicDescribe(parts: Parts, call: Call): Promise<Response> {
  const { access, apiVersion } = call.caller
  const object = readableObject(parts, call, call.param('object'))
  const { keyPrefix } = object
  const recent = await recentItems(parts, call, { max: recentItemsShown, keyPrefix })
  const described = JSON.stringify(describeSummary(access, object, apiVersion))
  const text = `{"objectDescribe":${described},"recentItems":[${recent.join(',')}]}`
  return jsonText(text, 200, call.limitInfo)
}

const recentItemsShown = 10

/** `?fields=A,B`; undefined for all. */
function askedFields(call: Call): readonly string[] | undefined {
  const names = call
    .query('fields')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names?.length === 0 ? undefined : names
}

async function retrieve(parts: Parts, call: Call): Promise<Response> {
  const found = await parts.records.retrieve(
    call.caller,
    call.param('object'),
    call.param('id'),
    askedFields(call),
  )
  // Somebody looks at the record; programs read what nobody sees.
  const id = normaliseId(call.param('id'))
  if (call.credential.kind === 'session' && id !== undefined) parts.recent.note(call.user.id, [id])
  return recordAnswer(parts, call, found)
}

/** The version tells when a record was changed; a value that the engine computes may have moved without it. */
function recordAnswer(
  { deployer }: Parts,
  call: Call,
  { text, version, lastModified: modified }: Retrieved,
): Response {
  const etag = etagOfRecord(version)
  const asked = askedFields(call)?.map((name) => name.toLowerCase())
  const all = deployer.store.current().object(call.param('object'))?.fields ?? []
  const fields = all.filter(({ name }) => asked?.includes(name.toLowerCase()) !== false)
  const isComputed = fields.some(
    (field) => field.formula !== undefined || field.type.calculated === true,
  )
  return isComputed
    ? jsonText(text, 200, { ...call.limitInfo, ETag: etag })
    : tagged(call.request, { text, etag, modified, extra: call.limitInfo })
}

async function followedOrByKey(parts: Parts, call: Call): Promise<Response> {
  return followed(parts, call) ?? retrieveByKey(parts, call)
}

/** What a record leads to, by the name of the relationship. */
function followed(parts: Parts, call: Call): Promise<Response> | undefined {
  const start = startOf(parts, call)
  if (start === undefined) return undefined
  const fields = askedFields(call)
  return (async () => {
    const parent = await parentOf(parts, call, start)
    if (parent === undefined) return childrenOf(parts, call, { ...start, fields })
    const found = await parts.records.retrieve(call.caller, parent.object, parent.id, fields)
    return jsonText(found.text, 200, { ...call.limitInfo, ETag: etagOfRecord(found.version) })
  })()
}

/** A parent is changed where a record leads to it; anything else is an upsert. */
async function upsertOrParent(parts: Parts, call: Call): Promise<Response> {
  const start = startOf(parts, call)
  const parent = start && (await parentOf(parts, call, start))
  if (parent === undefined) return upsert(parts, call)
  const { body } = recordInput(await jsonObject(call.request), parent.object)
  const options = await ifMatch(parts, { ...call, param: (name) => parentParam(parent, name) })
  const saved = await parts.records.update(call.caller, parent.object, parent.id, body, options)
  return noContent({ ...call.limitInfo, ETag: etagOfRecord(saved.version) })
}

function parentParam({ object, id }: RecordPlace, name: string): string {
  return name === 'object' ? object : id
}

async function retrieveByKey(parts: Parts, call: Call): Promise<Response> {
  const found = await parts.records.retrieveByExternalId(
    call.caller,
    call.param('object'),
    call.param('field'),
    call.param('value'),
    askedFields(call),
  )
  return recordAnswer(parts, call, found)
}

async function create(parts: Parts, call: Call): Promise<Response> {
  const object = call.param('object')
  const { body, isClone } = recordInput(await newRecord(parts, call), object)
  const saved = await parts.records.create(call.caller, object, body, { isClone })
  return json(saveAnswer(saved), 201, {
    ...call.limitInfo,
    ETag: etagOfRecord(saved.version),
    Location: `/services/data/v${call.caller.apiVersion}/sobjects/${encodeURIComponent(object)}/${saved.id}`,
  })
}

async function update(parts: Parts, call: Call): Promise<Response> {
  const object = call.param('object')
  const { body, base } = recordInput(await jsonObject(call.request), object)
  // Whoever says what the form started from wants a merge; the tag alone would refuse what can be kept.
  const options: SaveOptions = base === undefined ? await ifMatch(parts, call) : { base }
  const saved = await parts.records.update(call.caller, object, call.param('id'), body, options)
  return noContent({ ...call.limitInfo, ETag: etagOfRecord(saved.version) })
}

/** The version that a change is meant for; a time stands for the version that the record has, unless that is younger. */
async function ifMatch(
  { records }: Parts,
  { request, caller, param }: Call,
): Promise<Pick<SaveOptions, 'ifVersion'>> {
  const ifVersion = ifMatchVersion(request)
  if (ifVersion !== undefined) return { ifVersion }
  const since = Date.parse(request.headers.get('if-unmodified-since') ?? '')
  if (Number.isNaN(since)) return {}
  const found = await records.retrieve(caller, param('object'), param('id'), ['Id'])
  if (Math.floor(found.lastModified / 1000) * 1000 <= since) return { ifVersion: found.version }
  throw refuse(
    'ENTITY_FAILED_IFMATCH',
    message('The record was changed by somebody else: load it again.'),
  )
}

async function remove(parts: Parts, call: Call): Promise<Response> {
  const options = await ifMatch(parts, call)
  await parts.records.remove(call.caller, call.param('object'), call.param('id'), options)
  return noContent(call.limitInfo)
}

/** Before this version an update by key was answered without a body. */
const bodySinceVersion = 46

async function upsert(parts: Parts, call: Call): Promise<Response> {
  const object = call.param('object')
  const { body } = recordInput(await jsonObject(call.request), object)
  const field = call.param('field')
  const saved = await parts.records.upsert(call.caller, object, field, call.param('value'), body)
  const headers = { ...call.limitInfo, ETag: etagOfRecord(saved.version) }
  if (!saved.created && Number(call.caller.apiVersion) < bodySinceVersion) return noContent(headers)
  const answer = { ...saveAnswer(saved), created: saved.created }
  return json(answer, saved.created ? 201 : 200, headers)
}

function saveAnswer(saved: SaveResult): { id: string; success: true; errors: [] } {
  return { id: saved.id, success: true, errors: [] }
}

function asPatch(call: Call): Call {
  if (call.query('_HttpMethod')?.toUpperCase() === 'PATCH') return call
  throw refuse('METHOD_NOT_ALLOWED', "HTTP Method 'POST' not allowed. Allowed are GET,PATCH,DELETE")
}

function isPasswordOfUser(call: Call): boolean {
  return call.param('value') === 'password' && call.param('object').toLowerCase() === 'user'
}

async function userWithPassword(
  parts: Parts,
  call: Call,
): Promise<{ readonly auth: NonNullable<Parts['auth']>; readonly userId: string }> {
  const { auth, records } = parts
  if (auth === undefined) throw noResource()
  const isOwn = normaliseId(call.param('field')) === call.user.id && call.request.method === 'GET'
  if (!isOwn) await requireManagedBy(parts, call, call.param('field'))
  const { text } = await records.retrieve(call.caller, 'User', call.param('field'), ['Id'])
  const { Id: userId }: { Id?: unknown } = JSON.parse(text)
  return { auth, userId: String(userId) }
}

async function passwordStatus(parts: Parts, call: Call): Promise<Response> {
  const { auth, userId } = await userWithPassword(parts, call)
  return json({ isExpired: await auth.credentials.hasExpired(userId) }, 200, call.limitInfo)
}

async function setPassword(parts: Parts, call: Call): Promise<Response> {
  const { auth, userId } = await userWithPassword(parts, call)
  const body = await jsonObject(call.request)
  const by = { userId: call.user.id, way: call.caller.source }
  await auth.setPassword(userId, textMember(body, 'NewPassword'), by)
  return noContent(call.limitInfo)
}
