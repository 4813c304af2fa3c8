/** A file as UTF-8, whatever it was written in; what it is in is told by its own bytes, or asked. */
import { isAscii, isUtf8 } from 'node:buffer'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { delimiters } from '../csv-format.ts'

export interface FileText {
  readonly encoding: string
  /** A name of `delimiters`. */
  readonly delimiter: string
  readonly body: ReadableStream<Uint8Array>
}

export interface FileHints {
  /** '' where the file is to be looked at. */
  readonly encoding: string
  readonly delimiter: string
}

export const encodings: readonly string[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']

const lookedAtBytes = 64 * 1024

export async function readFileText(
  source: ReadableStream<Uint8Array>,
  hints: FileHints,
): Promise<FileText> {
  const reader = source.getReader()
  const start = await firstBytes(reader)
  const encoding = hints.encoding === '' ? encodingOf(start) : hints.encoding
  const decoder = new TextDecoder(encoding, { fatal: true })
  const first = decode(decoder, start)
  const delimiter = hints.delimiter === '' ? delimiterOf(first) : hints.delimiter
  return { encoding, delimiter, body: decoded(reader, decoder, first) }
}

async function firstBytes(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < lookedAtBytes) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    size += value.byteLength
  }
  return Buffer.concat(chunks)
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const zeros = [0, 1].map((at) => start.filter((byte, index) => byte === 0 && index % 2 === at))
  const [even = start, odd = start] = zeros
  // Texts of our alphabets have a zero in every second place.
  if (odd.length * 4 > start.length && odd.length > even.length) return 'utf-16le'
  if (even.length * 4 > start.length) return 'utf-16be'
  if (isAscii(start) || isUtf8(withoutBrokenEnd(start))) return 'utf-8'
  throw refuse(
    'INVALID_ARGUMENT',
    message('The file is not UTF-8: say which encoding it has, such as windows-1252.'),
    { fields: ['encoding'] },
  )
}

/** A character may have been cut in two where the first part of the file ends. */
function withoutBrokenEnd(start: Buffer): Buffer {
  let end = start.length
  while (end > 0 && end > start.length - 4 && ((start[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1
  return end > 0 && (start[end - 1] ?? 0) >= 0xc0 ? start.subarray(0, end - 1) : start
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw refuse(
      'INVALID_ARGUMENT',
      message('The file is not {encoding} throughout: say which encoding it has.', {
        encoding: decoder.encoding.toUpperCase(),
      }),
      { fields: ['encoding'] },
    )
  }
}

function decoded(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  decoder: TextDecoder,
  first: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(first)),
    pull: async (controller) => {
      const { done, value } = await reader.read()
      controller.enqueue(encoder.encode(decode(decoder, value)))
      if (done) controller.close()
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

/** The mark that the header has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const header = headerOf(text).replace(/"(?:[^"]|"")*"/g, '')
  let [best, most] = ['COMMA', 0]
  for (const [name, mark] of delimiters) {
    const count = header.split(mark).length - 1
    if (count > most) [best, most] = [name, count]
  }
  return best
}

function headerOf(text: string): string {
  let isQuoted = false
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && (char === '\n' || char === '\r') && index > 0) return text.slice(0, index)
  }
  return text
}
