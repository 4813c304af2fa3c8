/** Answers. Texts that the database built pass through untouched. */
import { printAside } from '../records/exact-json.ts'
import { emptyHeaders, jsonHeaders, revalidatedJsonHeaders, type Headers } from './headers.ts'

/** JSON as it is: a text, or a text in UTF-8. */
export function jsonText(
  text: string | Uint8Array<ArrayBuffer>,
  status = 200,
  extra: Headers = {},
): Response {
  return kept(text, new Response(text, { status, headers: { ...jsonHeaders, ...extra } }))
}

type PlainBody = string | Uint8Array<ArrayBuffer>

const bodies = new WeakMap<Response, PlainBody>()

function kept(body: PlainBody, response: Response): Response {
  bodies.set(response, body)
  return response
}

/** What an answer was made of, without reading it; undefined for what is no JSON of ours. */
export function plainBodyOf(response: Response): PlainBody | undefined {
  return bodies.get(response)
}

export function json(value: unknown, status = 200, extra: Headers = {}): Response {
  return jsonText(JSON.stringify(value), status, extra)
}

/** The same of what holds numbers that were put aside: they come out digit by digit. */
export function exactJson(value: unknown): Response {
  return jsonText(printAside(value))
}

export function noContent(extra: Headers = {}): Response {
  return new Response(null, { status: 204, headers: { ...emptyHeaders, ...extra } })
}

export interface Modified {
  /** When what is told last changed. */
  readonly modified?: number
  /** What is said of it, where that is earlier. */
  readonly told?: number
}

export interface TaggedAnswer extends Modified {
  readonly text: string
  readonly etag: string
  readonly extra?: Headers
}

/** JSON text with its ETag, or 304 when the caller has it already. */
export function tagged(request: Request, answer: TaggedAnswer): Response {
  const { text, etag, modified, told = modified, extra } = answer
  const since = told === undefined ? {} : { 'Last-Modified': new Date(told).toUTCString() }
  const headers = { ...revalidatedJsonHeaders, ETag: etag, ...since, ...extra }
  return isKnown(request, { etag, modified })
    ? new Response(null, { status: 304, headers: withoutType(headers) })
    : kept(text, new Response(text, { status: 200, headers }))
}

/** A tag says more than a time, which knows whole seconds alone. */
function isKnown(
  request: Request,
  { etag, modified }: { readonly etag: string; readonly modified: number | undefined },
): boolean {
  const tag = request.headers.get('if-none-match')
  if (tag !== null || modified === undefined) return matchesTag(tag, etag)
  const since = Date.parse(request.headers.get('if-modified-since') ?? '')
  return since >= Math.floor(modified / 1000) * 1000
}

/** `If-None-Match` compares weakly: a proxy that compressed an answer marks its tag with `W/`. */
export function matchesTag(asked: string | null, etag: string): boolean {
  if (asked === null) return false
  return asked.split(',').some((tag) => {
    const trimmed = tag.trim()
    return trimmed === '*' || trimmed.replace(/^W\//, '') === etag
  })
}

function withoutType(headers: Headers): Headers {
  const { 'Content-Type': _type, ...rest } = headers
  return rest
}
