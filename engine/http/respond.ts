/** Answers. Texts that the database built pass through untouched. */
import { emptyHeaders, jsonHeaders, revalidatedJsonHeaders, type Headers } from './headers.ts'

/** JSON as it is: a text, or a text in UTF-8. */
export function jsonText(
  text: string | Uint8Array<ArrayBuffer>,
  status = 200,
  extra: Headers = {},
): Response {
  return new Response(text, { status, headers: { ...jsonHeaders, ...extra } })
}

export function json(value: unknown, status = 200, extra: Headers = {}): Response {
  return jsonText(JSON.stringify(value), status, extra)
}

export function noContent(extra: Headers = {}): Response {
  return new Response(null, { status: 204, headers: { ...emptyHeaders, ...extra } })
}

export interface TaggedAnswer {
  readonly text: string
  readonly etag: string
  readonly extra?: Headers
}

/** JSON text with its ETag, or 304 when the caller has it already. */
export function tagged(request: Request, answer: TaggedAnswer): Response {
  const { text, etag, extra } = answer
  const headers = { ...revalidatedJsonHeaders, ETag: etag, ...extra }
  return matchesTag(request.headers.get('if-none-match'), etag)
    ? new Response(null, { status: 304, headers: withoutType(headers) })
    : new Response(text, { status: 200, headers })
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
