/** Bulk API 2.0: jobs that load CSV, and jobs that give it. */
import { refuse } from '../../base/refusal.ts'
import type { AnyJobs } from '../../bulk/bulk.ts'
import type { ResultKind } from '../../bulk/results.ts'
import type { Job } from '../../jobs/job-store.ts'
import type { AppParts } from '../app-parts.ts'
import { csvHeaders } from '../headers.ts'
import { jsonObject, textMember } from '../json-request.ts'
import { isGzip, mediaType } from '../read-body.ts'
import { json, noContent } from '../respond.ts'
import { route, uploading, type Call, type Route } from '../route.ts'
import { ingestView, queryView } from '../views/bulk-view.ts'
import { data } from './addresses.ts'

type Parts = Pick<AppParts, 'bulk'>

export function bulkRoutes(parts: Parts): readonly Route[] {
  const ingest = `${data}/jobs/ingest`
  const query = `${data}/jobs/query`
  const kinds: readonly ResultKind[] = ['successfulResults', 'failedResults', 'unprocessedrecords']
  return [
    ...jobRoutes(ingest, () => parts.bulk.ingest, ingestView),
    route('PATCH', `${ingest}/:id`, async (call) => {
      const state = await askedState(call, ['UploadComplete', 'Aborted'])
      const id = call.param('id')
      const { ingest: jobs } = parts.bulk
      const move = state === 'Aborted' ? jobs.abort : jobs.close
      return json(ingestView(await move(call.caller, id)), 200, call.limitInfo)
    }),
    uploading(route('PUT', `${ingest}/:id/batches`, (call) => upload(parts, call))),
    ...kinds.map((kind) =>
      route('GET', `${ingest}/:id/${kind}`, async (call) => {
        const body = await parts.bulk.ingest.results(call.caller, call.param('id'), kind)
        return new Response(body, { headers: { ...csvHeaders, ...call.limitInfo } })
      }),
    ),
    ...jobRoutes(query, () => parts.bulk.queries, queryView),
    route('PATCH', `${query}/:id`, async (call) => {
      await askedState(call, ['Aborted'])
      const job = await parts.bulk.queries.abort(call.caller, call.param('id'))
      return json(queryView(job), 200, call.limitInfo)
    }),
    route('GET', `${query}/:id/results`, (call) => resultPage(parts, call)),
  ]
}

/** What jobs of both kinds have in common. */
function jobRoutes(
  path: string,
  jobs: () => AnyJobs,
  view: (job: Job) => unknown,
): readonly Route[] {
  return [
    route('POST', path, async (call) => {
      const job = await jobs().create(call.caller, await jsonObject(call.request))
      return json(view(job), 200, call.limitInfo)
    }),
    route('GET', path, async (call) => {
      const records = (await jobs().list(call.caller)).map(view)
      return json({ done: true, records, nextRecordsUrl: null }, 200, call.limitInfo)
    }),
    route('GET', `${path}/:id`, async (call) => {
      const job = await jobs().find(call.caller, call.param('id'))
      return json(view(job), 200, call.limitInfo)
    }),
    route('DELETE', `${path}/:id`, async (call) => {
      await jobs().remove(await jobs().find(call.caller, call.param('id')))
      return noContent(call.limitInfo)
    }),
  ]
}

async function askedState(call: Call, allowed: readonly string[]): Promise<string> {
  const state = textMember(await jsonObject(call.request), 'state')
  if (allowed.includes(state)) return state
  throw refuse('INVALID_ARGUMENT', `"state" must be one of: ${allowed.join(', ')}.`, {
    fields: ['state'],
  })
}

async function upload({ bulk }: Parts, call: Call): Promise<Response> {
  const { request } = call
  const type = mediaType(request)
  if (type !== '' && type !== 'text/csv') {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the rows as text/csv.')
  }
  const source = { body: request.body, isGzip: isGzip(request) }
  await bulk.ingest.upload(call.caller, call.param('id'), source)
  return new Response(null, { status: 201, headers: { ...csvHeaders, ...call.limitInfo } })
}

async function resultPage({ bulk }: Parts, call: Call): Promise<Response> {
  const from = countQuery(call, 'locator') ?? 0
  const max = countQuery(call, 'maxRecords') ?? Number.MAX_SAFE_INTEGER
  const page = await bulk.queries.results(call.caller, call.param('id'), { from, max })
  return new Response(page.body, {
    headers: {
      ...csvHeaders,
      ...call.limitInfo,
      // Clients stop at the word, and go round for ever without the header.
      'Sforce-Locator': page.next === undefined ? 'null' : String(page.next),
      'Sforce-NumberOfRecords': String(page.rows),
    },
  })
}

function countQuery(call: Call, name: string): number | undefined {
  const text = call.query(name)
  if (text === undefined || text === '') return undefined
  if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text)
  throw refuse('INVALID_ARGUMENT', `"${name}" is none that an answer gave.`, { fields: [name] })
}
