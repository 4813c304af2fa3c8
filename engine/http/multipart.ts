/**
 * Bodies of multipart/form-data, as the public API takes files: first what the record is as JSON, then its content. Read as
 * they come: never more than a piece of a file is in memory.
 */
import { message } from '../base/message.ts'
import { refuse, type Refusal } from '../base/refusal.ts'

export interface FormPart {
  readonly name: string
  readonly fileName: string | undefined
  readonly mediaType: string
  /** To be read to its end before the next part is asked for. */
  readonly body: AsyncIterable<Uint8Array>
}

const headBytesMax = 16 * 1024
const partsMax = 10
const blankLine = Buffer.from('\r\n\r\n')

/** Refuses what is no such body; throws away what nobody read of a part. */
export async function* readParts(request: Request): AsyncGenerator<FormPart> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '')
  const reader = new Pieces(request.body)
  try {
    // The first boundary stands at the very beginning, all others after a line break.
    reader.unread(Buffer.from('\r\n'))
    const mark = Buffer.from(`\r\n--${boundary}`)
    await drain(reader.until(mark))
    for (let count = 0; await hasNext(reader); count += 1) {
      if (count >= partsMax) throw malformed()
      const head = await collected(reader.until(blankLine), headBytesMax)
      const body = reader.until(mark)
      yield { ...readHead(head.toString('utf8')), body }
      await drain(body)
    }
  } finally {
    await reader.cancel()
  }
}

function boundaryOf(type: string): string {
  const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined) throw malformed()
  return boundary
}

export function malformed(): Refusal {
  return refuse(
    'INVALID_ARGUMENT',
    message(
      'The body is no valid multipart/form-data: first the record as JSON, then its content.',
    ),
  )
}

/** After a boundary: two hyphens end the body, a line break begins the next part. */
async function hasNext(reader: Pieces): Promise<boolean> {
  const two = await reader.take(2)
  if (two.equals(Buffer.from('--'))) return false
  if (!two.equals(Buffer.from('\r\n'))) throw malformed()
  return true
}

function readHead(text: string): Omit<FormPart, 'body'> {
  const lines = new Map(
    text.split('\r\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  const disposition = lines.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) throw malformed()
  const mediaType = (lines.get('content-type') ?? 'text/plain').split(';')[0] ?? ''
  return { name, fileName: parameter(disposition, 'filename'), mediaType: mediaType.trim() }
}

function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)
  return found?.[1]?.replace(/\\(.)/g, '$1').replaceAll('%22', '"')
}

/** Refuses what is longer. */
export async function collected(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > bytesMax) throw malformed()
    pieces.push(chunk)
  }
  return Buffer.concat(pieces)
}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const rest = chunks[Symbol.asyncIterator]()
  while ((await rest.next()).done !== true);
}

/** A stream that is read up to marks. */
class Pieces {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  #rest: Buffer = Buffer.alloc(0)
  #isOver = false

  constructor(body: ReadableStream<Uint8Array> | null) {
    this.#reader = body?.getReader()
    this.#isOver = this.#reader === undefined
  }

  unread(bytes: Buffer): void {
    this.#rest = Buffer.concat([bytes, this.#rest])
  }

  async take(count: number): Promise<Buffer> {
    while (this.#rest.length < count) await this.#more()
    const taken = this.#rest.subarray(0, count)
    this.#rest = this.#rest.subarray(count)
    return taken
  }

  /** Everything before the mark, which is passed over; once it is reached there is no more. */
  until(mark: Buffer): AsyncIterable<Uint8Array> {
    let found = false
    const next = async (): Promise<Uint8Array | undefined> => {
      while (!found) {
        const at = this.#rest.indexOf(mark)
        if (at >= 0) {
          found = true
          const before = this.#rest.subarray(0, at)
          this.#rest = this.#rest.subarray(at + mark.length)
          return before
        }
        // The mark may have begun at the end of what is here.
        const sure = this.#rest.length - mark.length
        if (sure > 0) {
          const before = this.#rest.subarray(0, sure)
          this.#rest = this.#rest.subarray(sure)
          return before
        }
        await this.#more()
      }
      return undefined
    }
    return {
      async *[Symbol.asyncIterator]() {
        for (let piece = await next(); piece !== undefined; piece = await next()) {
          if (piece.byteLength > 0) yield piece
        }
      },
    }
  }

  async #more(): Promise<void> {
    const next = this.#isOver ? undefined : await this.#reader?.read()
    if (next === undefined || next.done) {
      this.#isOver = true
      throw malformed()
    }
    this.#rest =
      this.#rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#rest, next.value])
  }

  async cancel(): Promise<void> {
    await this.#reader?.cancel()
  }
}
