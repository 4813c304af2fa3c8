/**
 * Saves that name themselves are done once: whoever repeats a request with its `Idempotency-Key` gets the answer that was
 * lost. The header is that of the IETF draft "The Idempotency-Key HTTP Header Field".
 */
import { createHash } from 'node:crypto'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { RequestKey, SavedAnswer } from '../records/saved-answers.ts'
import type { AppParts } from './app-parts.ts'
import { booleanMember, booleanQuery, jsonObject } from './json-request.ts'
import { bodyBytesMax, readBytes } from './read-body.ts'
import { jsonText, noContent } from './respond.ts'
import type { Call, Route, SignedInRoute } from './route.ts'
import { newRecord } from './routes/contents.ts'
import { collectionRoutes } from './routes/collections.ts'
import { compositeRoutes, type CompositeParts } from './routes/composite.ts'
import { quickActionRoutes } from './routes/quick-actions.ts'
import { newRecordPath, recordRoutes } from './routes/records.ts'
import { treeRoutes } from './routes/tree.ts'
import { withContents } from './take-content.ts'

export const keyHeader = 'idempotency-key'

/** Visible characters, as in other headers. */
const keyShape = /^[\x21-\x7e]{1,255}$/

type Parts = CompositeParts & Pick<AppParts, 'savedAnswers'>

export interface Once {
  /** Whether a key means something for what is asked of the route; refuses a key where it does not. */
  isAsked(route: SignedInRoute, request: Request): boolean
  answer(route: SignedInRoute, call: Call): Promise<Response>
}

/** What it answers without having saved anything, so that nothing of it may stay. */
class NothingSaved extends Error {
  readonly response: Response
  constructor(response: Response) {
    super('a request with a key saved nothing')
    this.response = response
  }
}

class AnsweredMeanwhile extends Error {}

export function createOnce(parts: Parts): Once {
  const places = new Map(
    routesWith(parts).map((route, index) => [`${route.method} ${route.path}`, index]),
  )
  const placeOf = (route: SignedInRoute) => places.get(`${route.method} ${route.path}`)
  return {
    isAsked: (route, request) => {
      if (route.method === 'GET' || !request.headers.has(keyHeader)) return false
      if (placeOf(route) !== undefined) return true
      throw refuse(
        'INVALID_ARGUMENT',
        message(
          'Idempotency-Key is for saves of records: single ones, collections, trees and composite requests. Leave it out here.',
        ),
      )
    },
    answer: async (route, call) => {
      const key = { userId: call.user.id, key: keyFor(call) }
      const bytes = await readBytes(call.request, bodyBytesMax)
      const hash = hashOf(call.request, bytes)
      const known = await parts.savedAnswers.find(key)
      if (known !== undefined) return repeated(known, hash)
      // Made anew for each reader: one of two clones that is left unread keeps the other from ending.
      const given = () => ({ ...call, request: withBody(call.request, bytes) })
      await requireAllOrNone(route, given())
      const request = await contentsTaken(parts, route, given())
      const asked = { place: placeOf(route) ?? -1, call: { ...call, request }, key, hash }
      return (await saveOnce(parts, asked)) ?? repeated(await savedBy(parts, key), hash)
    },
  }
}

function routesWith(parts: Parts): readonly SignedInRoute[] {
  const all: readonly Route[] = [
    // Passwords and sessions are written beside the unit of work, which would wait for itself.
    ...recordRoutes({ ...parts, auth: undefined }),
    ...quickActionRoutes(parts),
    ...collectionRoutes(parts),
    ...treeRoutes(parts),
    ...compositeRoutes(parts).filter(({ path }) => path.endsWith('/composite')),
  ]
  return all.filter((route) => route.kind === 'signed in').filter(({ method }) => method !== 'GET')
}

interface Asked {
  readonly place: number
  readonly call: Call
  readonly key: RequestKey
  readonly hash: string
}

/** Undefined when somebody else has done the same meanwhile. */
async function saveOnce(parts: Parts, asked: Asked): Promise<Response | undefined> {
  const { place, call, key, hash } = asked
  try {
    return await parts.records.together(async (records, tx) => {
      const route = routesWith({ ...parts, records, within: true })[place]
      if (route === undefined) throw new Error('routes come in one order')
      const response = await route.handle({ ...call, request: call.request.clone() })
      const body = await response.text()
      const location = response.headers.get('location') ?? undefined
      const answer: SavedAnswer = { hash, status: response.status, location, body }
      if (hasFailed(answer)) throw new NothingSaved(responseOf(answer))
      if (!(await parts.savedAnswers.put(tx, key, answer))) throw new AnsweredMeanwhile()
      return responseOf(answer, call)
    })
  } catch (error) {
    if (error instanceof NothingSaved) return error.response
    if (error instanceof AnsweredMeanwhile) return undefined
    throw error
  }
}

async function savedBy(parts: Parts, key: RequestKey): Promise<SavedAnswer> {
  const answer = await parts.savedAnswers.find(key)
  if (answer !== undefined) return answer
  throw refuse('UNABLE_TO_LOCK_ROW', message('The record is being changed by others: try again.'))
}

/** What a program within limits saved is not answered to others, nor the other way round. */
function keyFor({ request, user: { limitedTo } }: Call): string {
  const key = keyOf(request)
  return limitedTo === undefined ? key : `${limitedTo} ${key}`
}

function keyOf(request: Request): string {
  const key = request.headers.get(keyHeader) ?? ''
  if (keyShape.test(key)) return key
  throw refuse(
    'INVALID_ARGUMENT',
    message('Idempotency-Key has 1 to 255 visible ASCII characters, such as a UUID.'),
  )
}

function hashOf(request: Request, bytes: Buffer): string {
  const { pathname, search } = new URL(request.url)
  const hash = createHash('sha256').update(`${request.method} ${pathname}${search}\n`)
  return hash.update(bytes).digest('base64')
}

/** The same request with a body that has been read already, out of its gzip. */
function withBody(request: Request, bytes: Buffer): Request {
  const headers = new Headers(request.headers)
  headers.delete('content-encoding')
  headers.delete('content-length')
  const body = bytes.length === 0 ? null : new Uint8Array(bytes)
  return new Request(request.url, { method: request.method, headers, body })
}

/** Contents of files are written beside the unit of work, which would wait for itself: they come in before it opens. */
async function contentsTaken(parts: Parts, route: SignedInRoute, call: Call): Promise<Request> {
  const { request } = call
  if (request.body === null) return request
  const body =
    route.method === 'POST' && route.path === newRecordPath
      ? await newRecord(parts, call)
      : await withContents(parts, call, await jsonObject(request))
  const taken = withBody(request, Buffer.from(JSON.stringify(Object.fromEntries(body))))
  taken.headers.set('content-type', 'application/json')
  return taken
}

/** What may succeed in part cannot be taken back as a whole. */
async function requireAllOrNone(route: SignedInRoute, call: Call): Promise<void> {
  if (!/\/composite(?:$|\/sobjects)/.test(route.path)) return
  const isWhole =
    route.method === 'DELETE'
      ? booleanQuery(call.query('allOrNone'))
      : booleanMember(await jsonObject(call.request), 'allOrNone')
  if (isWhole) return
  throw refuse(
    'INVALID_ARGUMENT',
    message('With Idempotency-Key several records are saved all or none: set allOrNone to true.'),
  )
}

interface Told {
  readonly success?: boolean
  readonly compositeResponse?: readonly { readonly httpStatusCode: number }[]
}

/** Of an all-or-nothing request one failure says that nothing was saved. */
function hasFailed({ status, body }: SavedAnswer): boolean {
  if (status >= 400) return true
  const told: Told | readonly Told[] = body === '' ? {} : JSON.parse(body)
  if (Array.isArray(told)) return told.some(({ success }) => success === false)
  return 'compositeResponse' in told
    ? (told.compositeResponse ?? []).some(({ httpStatusCode }) => httpStatusCode >= 400)
    : false
}

function repeated(answer: SavedAnswer, hash: string): Response {
  if (answer.hash === hash) return responseOf(answer)
  throw refuse(
    'CONFLICT',
    message(
      'This Idempotency-Key was used for another request within the last {hours} hours: take a new key for a new request.',
      { hours: limits.savedAnswerHoursMax },
    ),
  )
}

function responseOf({ status, location, body }: SavedAnswer, call?: Call): Response {
  const place = location === undefined ? {} : { Location: location }
  const headers = { ...place, ...call?.limitInfo }
  return body === '' && status === 204 ? noContent(headers) : jsonText(body, status, headers)
}
