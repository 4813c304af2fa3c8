/** Contents of files as answers: downloaded, or shown where what they are is harmless; never run. */
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { FileContents } from '../automation/files/file-contents.ts'
import { shownAs } from '../automation/files/file-kinds.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { emptyHeaders, type Headers } from './headers.ts'
import { matchesTag } from './respond.ts'

export interface FileAsked {
  readonly request: Request
  /** As the record has it. */
  readonly reference: string
  readonly fileName: string
  /** To be looked at in a page of ours; what may not be shown is downloaded all the same. */
  readonly isPreview: boolean
}

export async function fileAnswer(
  contents: FileContents,
  { request, reference, fileName, isPreview }: FileAsked,
): Promise<Response> {
  const content = await contents.open(reference)
  if (content === undefined) {
    throw refuse('NOT_FOUND', message('The content of the file is not there any more.'))
  }
  const shown = shownAs(content.extension)
  const isShown = isPreview && shown !== undefined
  const etag = `"${content.sha256}"`
  const headers: Headers = {
    ...emptyHeaders,
    ...(isShown ? shownHeaders(shown) : downloadHeaders),
    'Cache-Control': 'private, no-cache',
    'Content-Type': (isPreview ? shown : undefined) ?? 'application/octet-stream',
    'Content-Disposition': disposition(isShown ? 'inline' : 'attachment', fileName),
    'X-Download-Options': 'noopen',
    ETag: etag,
  }
  if (matchesTag(request.headers.get('if-none-match'), etag)) {
    return new Response(null, { status: 304, headers })
  }
  const stream = Readable.toWeb(await content.stream()) as WebStream<Uint8Array>
  // The types of Node and of the web name the same thing.
  return new Response(stream as unknown as ReadableStream<Uint8Array>, {
    headers: { ...headers, 'Content-Length': String(content.size) },
  })
}

/** Whatever a browser makes of it, it makes it in no origin of ours. */
const downloadHeaders: Headers = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
}

/** In a frame of our own pages alone; the browser's own viewer of PDF files needs its styles, and no sandbox. */
function shownHeaders(type: string): Headers {
  const rest = type.startsWith('application/pdf') ? '' : '; sandbox'
  return {
    'X-Frame-Options': 'SAMEORIGIN',
    'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'${rest}`,
  }
}

/** Old clients read the first name, all others the second. */
export function disposition(kind: 'inline' | 'attachment', fileName: string): string {
  // Half a character could not be encoded.
  const clean = fileName.slice(0, 200).replace(/[\p{Cc}\p{Cs}/\\]/gu, '_')
  const plain = clean.replace(/[^\x20-\x7E]|["%]/g, '_')
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, escaped)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
