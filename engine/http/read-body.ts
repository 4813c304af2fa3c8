/** Bodies of requests: bounded before they are read, valid UTF-8 or refused. */
import { isUtf8 } from 'node:buffer'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'

/** The whole body as text; refuses what is too long or not text. */
export async function readBody(request: Request, bytesMax: number): Promise<string> {
  return asText(await readBytes(request, bytesMax))
}

function asText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refuse('JSON_PARSER_ERROR', 'The body is not valid UTF-8.')
  const text = bytes.toString('utf8')
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** Who sends a message must stand within these first bytes of it. */
export const admissionBytes = 64 * 1024

/**
 * As `readBody`, for messages that say within themselves who sends them: `admit` is given the beginning and refuses
 * strangers before the rest is read.
 */
export async function readAdmittedBody(
  request: Request,
  bytesMax: number,
  admit: (start: string) => Promise<void>,
): Promise<string> {
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) > bytesMax) throw tooLarge(bytesMax)
  let admitted = false
  const body = isGzip(request) ? unzipped(request) : request.body
  const bytes = await readCounted(body, bytesMax, async (start, isWhole) => {
    if (admitted || (!isWhole && start.length < admissionBytes)) return
    admitted = true
    await admit(start.subarray(0, admissionBytes).toString('utf8'))
  })
  return asText(bytes)
}

/** The whole body as it is, out of its gzip; refuses what is too long. */
export async function readBytes(request: Request, bytesMax: number): Promise<Buffer> {
  if (isGzip(request)) return readCounted(unzipped(request), bytesMax)
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) > bytesMax) throw tooLarge(bytesMax)
  // With a length the parser itself ends the body there; without one the bytes are counted as they come.
  return length === null
    ? readCounted(request.body, bytesMax)
    : Buffer.from(await request.arrayBuffer())
}

/** The media type in lower case, without parameters; '' when none is given. */
export function mediaType(request: Request): string {
  const type = request.headers.get('content-type') ?? ''
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}

/** True for a body in gzip; refuses other encodings. */
export function isGzip(request: Request): boolean {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'gzip' || encoding === 'x-gzip') return true
  if (encoding === 'identity' || encoding === '') return false
  throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the body plain or with Content-Encoding: gzip.')
}

/** What is counted is what comes out, so that nothing small becomes something huge. */
function unzipped(request: Request): ReadableStream<Uint8Array> | null {
  return request.body?.pipeThrough<Uint8Array>(new DecompressionStream('gzip')) ?? null
}

async function readCounted(
  body: ReadableStream<Uint8Array> | null,
  bytesMax: number,
  onProgress?: Progress,
): Promise<Buffer> {
  if (body === null) return Buffer.alloc(0)
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await nextChunk(reader)
    if (done) return reported(reader, Buffer.concat(chunks), { isWhole: true, onProgress })
    size += value.byteLength
    if (size > bytesMax) {
      await reader.cancel()
      throw tooLarge(bytesMax)
    }
    chunks.push(value)
    // Put together only for as long as somebody looks at the beginning.
    if (onProgress === undefined || size - value.byteLength >= admissionBytes) continue
    await reported(reader, Buffer.concat(chunks), { isWhole: false, onProgress })
  }
}

type Progress = (read: Buffer, isWhole: boolean) => Promise<void>

/** What is refused is not read on. */
async function reported(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  read: Buffer,
  { isWhole, onProgress }: { readonly isWhole: boolean; readonly onProgress: Progress | undefined },
): Promise<Buffer> {
  try {
    await onProgress?.(read, isWhole)
    return read
  } catch (error) {
    await reader.cancel()
    throw error
  }
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const isBroken = error instanceof TypeError || code.startsWith('Z_')
    throw isBroken ? refuse('INVALID_ARGUMENT', 'The body is no valid gzip.') : error
  }
}

function tooLarge(bytesMax: number) {
  return refuse('ENTITY_TOO_LARGE', `The body may have at most ${bytesMax} bytes.`)
}

export const bodyBytesMax = limits.requestBodyBytesMax
