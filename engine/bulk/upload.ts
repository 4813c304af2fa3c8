/** An upload on its way into blocks of rows; never more than one of them is in memory. */
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { CsvError } from 'csv-parse'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { Refusal, refuse } from '../base/refusal.ts'
import { csvParser, delimiterOf, type CsvFormat } from './csv-format.ts'

export interface UploadSource {
  readonly body: ReadableStream<Uint8Array> | null
  readonly isGzip: boolean
  /** At most so many rows are one unit of work; fewer where each of them brings many others. */
  readonly blockRows?: number | undefined
}

export interface RowBlock {
  readonly number: number
  readonly firstRow: number
  readonly rows: readonly (readonly string[])[]
}

export interface Uploaded {
  readonly columns: readonly string[]
  readonly rows: number
}

/** Gives the header and the count of rows once the last block is saved. */
export async function readUpload(
  source: UploadSource,
  format: CsvFormat,
  save: (block: RowBlock) => Promise<void>,
): Promise<Uploaded> {
  const blocks = new Blocks(save, source.blockRows ?? limits.bulkBlockRows)
  const bytes = chunksOf(source.body)
  const rows = csvParser(format)
  const taken = (rest: AsyncIterable<readonly string[]>): Promise<void> => blocks.take(rest)
  const total = { bytes: 0 }
  const counted = (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> =>
    countedInto(total, withoutMasses(chunks, delimiterOf(format)))
  try {
    await (source.isGzip
      ? pipeline(bytes, createGunzip(), counted, rows, taken)
      : pipeline(bytes, counted, rows, taken))
  } catch (error) {
    throw explained(error)
  }
  // Clients that have no rows send nothing at all.
  return total.bytes === 0 ? { columns: [], rows: 0 } : blocks.finish()
}

async function* chunksOf(body: UploadSource['body']): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (reader === undefined) return
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    // Whoever sends more than is taken shall not go on.
    await reader.cancel()
  }
}

async function* countedInto(
  total: { bytes: number },
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    total.bytes += chunk.byteLength
    if (total.bytes > limits.bulkUploadBytesMax) {
      throw refuse(
        'ENTITY_TOO_LARGE',
        `An upload may have at most ${limits.bulkUploadBytesMax} bytes (bulkUploadBytesMax): make several jobs.`,
      )
    }
    yield chunk
  }
}

/** Quoted texts hold some; so many in a row without an end of line are cells, which the parser would put into one list. */
const delimitersInARowMax = 500_000
const lineFeed = 10

/** The parser's own limit counts the characters of a row, of which empty cells have none. */
async function* withoutMasses(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<Uint8Array> {
  const wanted = delimiter.charCodeAt(0)
  let count = 0
  for await (const chunk of chunks) {
    if (chunk.includes(lineFeed)) count = 0
    else for (const byte of chunk) if (byte === wanted) count += 1
    if (count > delimitersInARowMax) throw tooWide(undefined)
    yield chunk
  }
}

class Blocks {
  readonly #save: (block: RowBlock) => Promise<void>
  readonly #rowsMax: number
  #columns: readonly string[] | undefined
  #rows: (readonly string[])[] = []
  #chars = 0
  #number = 0
  #count = 0

  constructor(save: (block: RowBlock) => Promise<void>, rowsMax: number) {
    this.#save = save
    this.#rowsMax = rowsMax
  }

  async take(rows: AsyncIterable<readonly string[]>): Promise<void> {
    for await (const row of rows) {
      if (this.#columns === undefined) {
        requireHeader(row)
        this.#columns = row
        continue
      }
      if (row.length > limits.bulkColumnsMax) throw tooWide(this.#count + this.#rows.length + 1)
      this.#rows.push(row)
      for (const cell of row) this.#chars += cell.length
      const isFull = this.#rows.length >= this.#rowsMax
      if (isFull || this.#chars >= limits.bulkBlockCharsMax) await this.#flush()
    }
  }

  async finish(): Promise<Uploaded> {
    await this.#flush()
    const columns = this.#columns
    if (columns === undefined) {
      const told = message('The file is empty: its first line must name the columns.')
      throw refuse('INVALID_ARGUMENT', told)
    }
    return { columns, rows: this.#count }
  }

  async #flush(): Promise<void> {
    if (this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = []
    this.#chars = 0
    await this.#save({ number: this.#number, firstRow: this.#count, rows })
    this.#number += 1
    this.#count += rows.length
  }
}

function tooWide(row: number | undefined): Refusal {
  const max = limits.bulkColumnsMax
  return refuse(
    'LIMIT_EXCEEDED',
    row === undefined
      ? message('An upload may have at most {max} columns (bulkColumnsMax).', { max })
      : message('A row may have at most {max} values (bulkColumnsMax): row {row} has more.', {
          max,
          row,
        }),
  )
}

function requireHeader(header: readonly string[]): void {
  if (header.length > limits.bulkColumnsMax) throw tooWide(undefined)
  if (header.some((name) => name.includes('\r'))) {
    throw refuse('INVALID_ARGUMENT', message('The lines of a file end with LF or CRLF.'))
  }
}

/** What is wrong with the upload itself. */
function explained(error: unknown): unknown {
  if (error instanceof Refusal) return error
  if (error instanceof CsvError) {
    return refuse('INVALID_ARGUMENT', `The upload is no valid CSV: ${error.message}`)
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_')) return refuse('INVALID_ARGUMENT', 'The upload is no valid gzip.')
  return error
}
