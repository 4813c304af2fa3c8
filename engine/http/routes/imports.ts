/** Imports of CSV files: uploaded, mapped, rehearsed, run, taken back; and records as a CSV file. */
import { refuse } from '../../base/refusal.ts'
import { exportRows } from '../../bulk/export-rows.ts'
import type { RowVerdict } from '../../bulk/import/import-rows.ts'
import type { ImportJob } from '../../bulk/import/imports.ts'
import type { AppParts } from '../app-parts.ts'
import { csvHeaders } from '../headers.ts'
import { booleanQuery, jsonObject, optionalJsonObject } from '../json-request.ts'
import { isGzip, mediaType } from '../read-body.ts'
import { json, noContent } from '../respond.ts'
import { route, uploading, type Call, type Route } from '../route.ts'
import { importView } from '../views/import-view.ts'
import { own } from './addresses.ts'

type Parts = Pick<AppParts, 'bulk' | 'deployer' | 'records'>

export function importRoutes({ bulk, ...parts }: Parts): readonly Route[] {
  const all = `${own}/imports`
  const one = `${all}/:id`
  const steps = ['rehearse', 'run'] as const
  return [
    route('POST', all, async (call) => {
      const asked = await jsonObject(call.request)
      return told(await bulk.imports.create(call.caller, asked), 201)
    }),
    route('GET', all, async (call) =>
      json({ imports: (await bulk.imports.list(call.caller)).map(importView) }),
    ),
    route('GET', one, async (call) => told(await bulk.imports.find(call.caller, call.param('id')))),
    route('DELETE', one, async (call) => {
      await bulk.imports.remove(call.caller, call.param('id'))
      return noContent()
    }),
    uploading(route('PUT', `${one}/file`, (call) => upload({ bulk }, call))),
    route('GET', `${one}/sample`, async (call) =>
      json(await bulk.imports.sample(call.caller, call.param('id'))),
    ),
    ...steps.map((step) =>
      route('POST', `${one}/${step}`, async (call) => {
        const asked = await optionalJsonObject(call.request)
        return told(await bulk.imports[step](call.caller, call.param('id'), asked))
      }),
    ),
    route('POST', `${one}/stop`, async (call) =>
      told(await bulk.imports.stop(call.caller, call.param('id'))),
    ),
    route('POST', `${one}/undo`, async (call) =>
      told(await bulk.imports.undo(call.caller, call.param('id'))),
    ),
    route('GET', `${one}/rows`, (call) => rows({ bulk }, call)),
    ...(['refused', 'done'] as const).map((kind) =>
      route('GET', `${one}/files/${kind}`, async (call) => {
        const body = await bulk.imports.file(call.caller, call.param('id'), kind)
        return new Response(body, { headers: attachment(`${kind}.csv`) })
      }),
    ),
    route('GET', `${own}/export`, async (call) => {
      const wish = {
        soql: call.query('q') ?? '',
        headings: call.query('headings') === 'names' ? ('names' as const) : ('labels' as const),
        isRaw: booleanQuery(call.query('raw')),
      }
      const { records, deployer } = parts
      const body = await exportRows({ records, models: deployer.store }, call.caller, wish)
      const name = (call.query('name') ?? '').slice(0, 100) || 'export'
      return new Response(body, { headers: attachment(`${name}.csv`) })
    }),
  ]
}

function told(job: ImportJob, status = 200): Response {
  return json(importView(job), status)
}

/** The browser saves it and shows nothing of it. */
export function attachment(name: string): Record<string, string> {
  const quoted = encodeURIComponent(name).replaceAll("'", '%27')
  return { ...csvHeaders, 'Content-Disposition': `attachment; filename*=UTF-8''${quoted}` }
}

async function upload({ bulk }: Pick<Parts, 'bulk'>, call: Call): Promise<Response> {
  const { request } = call
  const type = mediaType(request)
  if (type !== '' && type !== 'text/csv') {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the file as text/csv.')
  }
  const hints = new Map(
    (['encoding', 'delimiter'] as const).map((name) => [name, call.query(name) ?? '']),
  )
  const source = { body: request.body, isGzip: isGzip(request), hints }
  return told(await bulk.imports.upload(call.caller, call.param('id'), source))
}

const verdicts: readonly RowVerdict[] = ['created', 'changed', 'refused']
const rowsMax = 200

async function rows({ bulk }: Pick<Parts, 'bulk'>, call: Call): Promise<Response> {
  const asked = call.query('verdict') ?? ''
  const verdict = verdicts.find((one) => one === asked)
  if (asked !== '' && verdict === undefined) {
    throw refuse('INVALID_ARGUMENT', `"verdict" must be one of: ${verdicts.join(', ')}.`, {
      fields: ['verdict'],
    })
  }
  const from = countOf(call, 'from', 0)
  const max = Math.min(rowsMax, Math.max(1, countOf(call, 'max', 50)))
  const ofUndo = call.query('of') === 'undo'
  const wish = { verdict, from, max, ofUndo }
  return json(await bulk.imports.rows(call.caller, call.param('id'), wish))
}

function countOf(call: Call, name: string, fallback: number): number {
  const text = call.query(name) ?? ''
  if (text === '') return fallback
  if (/^\d{1,12}$/.test(text)) return Number(text)
  throw refuse('INVALID_ARGUMENT', `"${name}" must be a number.`, { fields: [name] })
}
