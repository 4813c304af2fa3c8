/** The Bulk API before 2.0 under /services/async, with its own header for the session, its own errors, XML or JSON. */
import type { Context } from 'hono'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import { classicSpec, isQueryJob, type BatchContent } from '../../bulk/classic/classic-jobs.ts'
import type { Job } from '../../jobs/job-store.ts'
import { readXmlMessage } from '../../model/xml/xml-tree.ts'
import type { Caller } from '../../records/records.ts'
import type { AppParts } from '../app-parts.ts'
import { csvOfElements, csvOfRecords } from '../classic-rows.ts'
import { csvHeaders, jsonHeaders, xmlHeaders } from '../headers.ts'
import { parseJsonObject } from '../parse-json.ts'
import { isGzip, mediaType, readBody } from '../read-body.ts'
import { publicRoute, type Edge, type Method, type Route } from '../route.ts'
import { allowSlowBody } from '../slow-bodies.ts'
import { asRefusal } from '../soap/answer-soap.ts'
import { localName } from '../soap/envelope.ts'
import {
  classicAnswer,
  classicBatchView,
  classicError,
  classicJobView,
  type ClassicForm,
} from '../views/classic-view.ts'
import { soapVersion } from './soap-partner.ts'

type Parts = Pick<AppParts, 'auth' | 'bulk' | 'log' | 'requestId' | 'serving' | 'usage'>

interface Asked {
  readonly parts: Parts
  readonly context: Context<Edge>
  readonly request: Request
  readonly caller: Caller
  readonly form: ClassicForm
}

const root = '/services/async/:version/job'

export function bulkClassicRoutes(parts: Parts): readonly Route[] {
  const at = (method: Method, path: string, work: (asked: Asked) => Promise<Response>): Route =>
    publicRoute(method, root + path, (context) => answered(parts, context, work))
  return [
    at('POST', '', createJob),
    at('GET', '/:id', async (asked) => jobAnswer(asked, await jobOf(asked))),
    at('POST', '/:id', changeJob),
    at('POST', '/:id/batch', addBatch),
    at('GET', '/:id/batch', listBatches),
    at('GET', '/:id/batch/:batch', async (asked) => {
      return batchAnswer(asked, await batchOf(asked))
    }),
    at('GET', '/:id/batch/:batch/result', results),
    at('GET', '/:id/batch/:batch/result/:result', foundRows),
  ]
}

async function answered(
  parts: Parts,
  context: Context<Edge>,
  work: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const request = context.req.raw
  const form = formOf(request)
  try {
    if (!parts.serving()) {
      throw refuse('SERVER_UNAVAILABLE', 'The server is stopping. Try again shortly.')
    }
    parts.usage.count()
    const version = soapVersion(context.req.param('version'))
    const caller = (await userOf(parts, request)).caller('api', version)
    allowSlowBody(context.env.incoming)
    return await work({ parts, context, request, caller, form })
  } catch (error) {
    return classicError(form, asRefusal(parts, request, error))
  }
}

/** What is asked in JSON is answered in JSON. */
function formOf(request: Request): ClassicForm {
  const { headers } = request
  const accepts = headers.get('accept') ?? ''
  const isJson = mediaType(request) === 'application/json' || accepts.startsWith('application/json')
  return isJson ? 'json' : 'xml'
}

/** The session of this API comes in a header of its own; a bearer token is as good. */
function userOf({ auth }: Parts, { headers }: Request) {
  const bearer = /^(?:Bearer|OAuth) +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  const secret = headers.get('x-sfdc-session') ?? bearer ?? ''
  return auth.user({ kind: 'token', secret }, 'api')
}

async function createJob(asked: Asked): Promise<Response> {
  const { parts, caller } = asked
  const job = await parts.bulk.classic.create(caller, await readInfo(asked))
  return jobAnswer(asked, job, 201)
}

async function changeJob(asked: Asked): Promise<Response> {
  const { parts, caller, context } = asked
  const id = context.req.param('id') ?? ''
  const state = (await readInfo(asked)).get('state')
  const { classic } = parts.bulk
  if (state === 'Closed') return jobAnswer(asked, await classic.close(caller, id))
  if (state === 'Aborted') return jobAnswer(asked, await classic.abort(caller, id))
  throw refuse('INVALID_ARGUMENT', '"state" must be one of: Closed, Aborted.')
}

/** The members of `jobInfo`, or of a JSON object. */
async function readInfo({ request, form }: Asked): Promise<ReadonlyMap<string, unknown>> {
  const text = await readBody(request, limits.requestBodyBytesMax)
  if (form === 'json') return parseJsonObject(text)
  const reading = readXmlMessage(text)
  if ('fault' in reading)
    throw refuse('INVALID_ARGUMENT', 'The message is no XML that can be read.')
  return new Map(reading.root.children.map((one) => [localName(one), one.text.trim()]))
}

async function jobOf({ parts, caller, context }: Asked): Promise<Job> {
  return parts.bulk.classic.find(caller, context.req.param('id') ?? '')
}

interface BatchOfJob {
  readonly job: Job
  readonly batch: Job
}

async function batchOf(asked: Asked): Promise<BatchOfJob> {
  const job = await jobOf(asked)
  const { parts, caller, context } = asked
  const id = context.req.param('batch') ?? ''
  return { job, batch: await parts.bulk.classic.batch(caller, job, id) }
}

async function jobAnswer(asked: Asked, job: Job, status = 200): Promise<Response> {
  const { parts, caller, form } = asked
  const batches = await parts.bulk.classic.batches(caller, job)
  return classicAnswer(form, 'jobInfo', { record: classicJobView(job, batches), status })
}

function batchAnswer({ form }: Asked, { job, batch }: BatchOfJob, status = 200): Response {
  const record = classicBatchView(batch, isQueryJob(classicSpec(job)))
  return classicAnswer(form, 'batchInfo', { record, status })
}

async function addBatch(asked: Asked): Promise<Response> {
  const { parts, caller, request } = asked
  const job = await jobOf(asked)
  const content = await contentOf(job, request)
  const batch = await parts.bulk.classic.addBatch(caller, job, content)
  return batchAnswer(asked, { job, batch }, 201)
}

async function contentOf(job: Job, request: Request): Promise<BatchContent> {
  const spec = classicSpec(job)
  if (isQueryJob(spec)) return { soql: (await readBody(request, limits.queryTextCharsMax)).trim() }
  if (spec.content === 'CSV') return { body: request.body, isGzip: isGzip(request) }
  const read = spec.content === 'XML' ? csvOfElements : csvOfRecords
  const csv = read(await readBody(request, limits.bulkParsedBatchBytesMax))
  return { body: new Blob([csv]).stream(), isGzip: false }
}

async function listBatches(asked: Asked): Promise<Response> {
  const { parts, caller, form } = asked
  const job = await jobOf(asked)
  const batches = await parts.bulk.classic.batches(caller, job)
  const isQuery = isQueryJob(classicSpec(job))
  const batchInfo = batches.map((batch) => classicBatchView(batch, isQuery))
  return classicAnswer(form, 'batchInfoList', { record: { batchInfo } })
}

/** Of a load its rows; of a query the list of what can be fetched, which here is one. */
async function results(asked: Asked): Promise<Response> {
  const { job, batch } = await batchOf(asked)
  if (!isQueryJob(classicSpec(job))) return streamed(asked, job, batch)
  return classicAnswer(asked.form, 'result-list', { record: { result: [batch.id] } })
}

async function foundRows(asked: Asked): Promise<Response> {
  const { job, batch } = await batchOf(asked)
  if (isQueryJob(classicSpec(job)) && asked.context.req.param('result') === batch.id) {
    return streamed(asked, job, batch)
  }
  throw refuse('NOT_FOUND', 'There is no such result in this batch.')
}

const headersOf = { CSV: csvHeaders, JSON: jsonHeaders, XML: xmlHeaders } as const

async function streamed({ parts, caller }: Asked, job: Job, batch: Job): Promise<Response> {
  const { body, content } = await parts.bulk.classic.results(caller, job, batch)
  return new Response(body, { headers: headersOf[content] })
}
