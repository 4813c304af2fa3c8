/** Bodies of requests: bounded before they are read, valid UTF-8 or refused. */
import { isUtf8 } from 'node:buffer'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'

/** The whole body as text; refuses what is too long, compressed or not text. */
export async function readBody(request: Request, bytesMax: number): Promise<string> {
  const bytes = await readBytes(request, bytesMax)
  if (!isUtf8(bytes)) throw refuse('JSON_PARSER_ERROR', 'The body is not valid UTF-8.')
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The whole body as it is; refuses what is too long or compressed. */
export async function readBytes(request: Request, bytesMax: number): Promise<Buffer> {
  refuseEncoded(request)
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) > bytesMax) throw tooLarge(bytesMax)
  // With a length the parser itself ends the body there; without one the bytes are counted as they come.
  return length === null ? readCounted(request, bytesMax) : Buffer.from(await request.arrayBuffer())
}

/** The media type in lower case, without parameters; '' when none is given. */
export function mediaType(request: Request): string {
  const type = request.headers.get('content-type') ?? ''
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

function refuseEncoded(request: Request): void {
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding.trim().toLowerCase() !== 'identity') {
    throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the body without Content-Encoding.')
  }
}

async function readCounted(request: Request, bytesMax: number): Promise<Buffer> {
  if (request.body === null) return Buffer.alloc(0)
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.byteLength
    if (size > bytesMax) {
      await reader.cancel()
      throw tooLarge(bytesMax)
    }
    chunks.push(value)
  }
}

function tooLarge(bytesMax: number) {
  return refuse('ENTITY_TOO_LARGE', `The body may have at most ${bytesMax} bytes.`)
}

export const bodyBytesMax = limits.requestBodyBytesMax
