/**
 * The form of a backup: lines of JSON, packed by gzip, the same from both databases. A head; for each table its shape, its
 * rows in blocks and its count; then the contents of files in pieces; an end with a hash of all lines before it.
 */
import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import { createGunzip, createGzip } from 'node:zlib'
import type { ColumnKind, ColumnValue } from '../../sql/column-kind.ts'
import type { ColumnSpec, IndexSpec } from '../../deploy/table-specs.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import { CliError } from '../cli-error.ts'

/** Format 1 had no contents of files. */
export const archiveFormat = 2

export interface ArchiveHead {
  readonly fieldstone: 'backup'
  readonly format: number
  readonly madeAt: string
  readonly database: 'sqlite' | 'postgres'
  readonly modelVersion: number
  /** Tells this organisation from any other. */
  readonly installation: string
  /** Marks of the keys that encrypted fields need, by the keys' names; the keys themselves are not here. */
  readonly keys: Readonly<Record<string, string>>
}

/** Records of an object, or rows of the engine itself. */
export type ArchivedTable =
  | {
      readonly of: 'records'
      readonly name: string
      readonly columns: readonly ColumnSpec[]
      readonly key: readonly string[]
      readonly indexes: readonly IndexSpec[]
    }
  | ({ readonly of: 'engine' } & EngineTable)

export interface TableColumn {
  readonly name: string
  readonly kind: ColumnKind
}

export type ArchivedRow = readonly ColumnValue[]

/** A content of a file as the database knows it; its pieces follow, then what was read of it. */
export interface ArchivedContent {
  /** In the store. */
  readonly name: string
  readonly size: number
  readonly sha256: string
}

export interface ReadContent {
  readonly size: number
  readonly sha256: string
}

export interface ArchiveEnd {
  readonly tables: number
  readonly rows: number
  /** Not in format 1, which had none. */
  readonly files?: number
  readonly sha256: string
}

export type ArchiveLine =
  | { readonly head: ArchiveHead }
  | { readonly table: ArchivedTable }
  | { readonly rows: readonly ArchivedRow[] }
  | { readonly counted: { readonly rows: number; readonly sha256: string } }
  | { readonly content: ArchivedContent }
  /** Base64. */
  | { readonly piece: string }
  | { readonly read: ReadContent }
  | { readonly end: ArchiveEnd }

/** A hash over rows that does not depend on how they stand in blocks. */
export class RowHash {
  readonly #hash = createHash('sha256')
  rows = 0

  add(rows: readonly ArchivedRow[]): void {
    this.rows += rows.length
    for (const row of rows) this.#hash.update(JSON.stringify(row)).update('\n')
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

const ownerOnly = 0o600

/** Writes lines beside the file; it takes its place when it is whole, and never half of it. */
export class ArchiveWriter {
  readonly #file: string
  readonly #hash: Hash = createHash('sha256')
  readonly #input = new PassThrough()
  readonly #done: Promise<void>

  constructor(file: string) {
    this.#file = file
    const output = createWriteStream(this.#partial, { mode: ownerOnly })
    this.#done = pipeline(this.#input, createGzip(), output)
    // Told by the write or the end that comes next; unheard, it would end the process.
    this.#done.catch(() => undefined)
  }

  async write(line: ArchiveLine): Promise<void> {
    const text = `${JSON.stringify(line)}\n`
    this.#hash.update(text)
    if (this.#input.destroyed) return this.#done
    if (!this.#input.write(text)) await Promise.race([once(this.#input, 'drain'), this.#done])
  }

  async end(counts: Omit<ArchiveEnd, 'sha256'>): Promise<ArchiveEnd> {
    const end = { ...counts, sha256: this.#hash.digest('hex') }
    this.#input.end(`${JSON.stringify({ end })}\n`)
    await this.#done
    const handle = await open(this.#partial, 'r')
    await handle.sync()
    await handle.close()
    await rename(this.#partial, this.#file)
    return end
  }

  async abandon(): Promise<void> {
    this.#input.destroy()
    await this.#done.catch(() => undefined)
    await rm(this.#partial, { force: true })
  }

  get #partial(): string {
    return `${this.#file}.partial`
  }
}

/** A line holds a block of rows; longer ones are none of ours. */
const lineBytesMax = 256 * 1024 * 1024

/** The lines of an archive in their order, each checked for its form; refuses what is damaged or cut off. */
export async function* readArchive(file: string): AsyncGenerator<ArchiveLine, void, undefined> {
  const hash = createHash('sha256')
  let ended = false
  let count = 0
  for await (const text of textsOf(file)) {
    if (ended) throw damaged(file, 'something stands behind its end')
    const line = parseLine(file, text)
    if ((count === 0) !== 'head' in line) throw damaged(file, 'its head is not where it should be')
    if ('head' in line) checkHead(file, line.head)
    if ('end' in line) {
      ended = true
      if (line.end.sha256 !== hash.digest('hex')) throw damaged(file, 'its content was changed')
    } else hash.update(text).update('\n')
    count += 1
    yield line
  }
  if (!ended) throw damaged(file, 'it was cut off')
}

function checkHead(file: string, head: ArchiveHead): void {
  if (head.fieldstone !== 'backup') throw damaged(file, 'it is no backup')
  if (head.format >= 1 && head.format <= archiveFormat) return
  throw new CliError(
    `${file} was made by a newer version (format ${String(head.format)}): restore it with that version.`,
  )
}

/** `readline` would also end lines within texts, at separators that JSON leaves as they are. */
async function* textsOf(file: string): AsyncGenerator<string, void, undefined> {
  let pieces: Buffer[] = []
  let bytes = 0
  try {
    const unpacked = createReadStream(file).on('error', (error) => unpacking.destroy(error))
    const unpacking = createGunzip()
    for await (const chunk of unpacked.pipe(unpacking) as AsyncIterable<Buffer>) {
      let start = 0
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
        pieces.push(chunk.subarray(start, at))
        yield Buffer.concat(pieces).toString('utf8')
        pieces = []
        bytes = 0
        start = at + 1
      }
      pieces.push(chunk.subarray(start))
      bytes += chunk.length - start
      if (bytes > lineBytesMax) throw damaged(file, 'it has a line without end')
    }
  } catch (error) {
    throw unreadable(file, error)
  }
  if (bytes > 0) throw damaged(file, 'it was cut off')
}

function unreadable(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('Z_')) return damaged(file, `it cannot be unpacked (${code})`)
  return code.startsWith('E') ? new CliError(`${file} cannot be read (${code}).`) : error
}

function parseLine(file: string, text: string): ArchiveLine {
  try {
    const line: unknown = JSON.parse(text)
    if (typeof line === 'object' && line !== null) return line as ArchiveLine
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw damaged(file, 'a line of it is no JSON')
}

export function damaged(file: string, what: string): CliError {
  return new CliError(
    `${file} cannot be restored: ${what}. Nothing was changed; take another backup.`,
  )
}
