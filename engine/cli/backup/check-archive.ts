/** Reads an archive from its beginning to its end before anything of it is believed. */
import { createHash, type Hash } from 'node:crypto'
import { isContentName } from '../../storage/files/file-store.ts'
import { CliError } from '../cli-error.ts'
import {
  damaged,
  readArchive,
  RowHash,
  type ArchivedContent,
  type ArchivedTable,
  type ArchiveEnd,
  type ArchiveHead,
  type ArchiveLine,
} from './archive.ts'
import { contentsIn } from './archived-contents.ts'

export interface CheckedArchive {
  readonly head: ArchiveHead
  readonly tables: readonly CheckedTable[]
  readonly rows: number
  readonly files: CheckedFiles
}

export interface CheckedTable {
  readonly table: ArchivedTable
  readonly rows: number
  readonly sha256: string
}

/** Contents of files. */
export interface CheckedFiles {
  /** Those in the archive that are what the database says. */
  readonly whole: number
  readonly bytes: number
  /** What records of the archive hold, and it does not. */
  readonly lacking: number
}

export async function checkArchive(file: string): Promise<CheckedArchive> {
  let head: ArchiveHead | undefined
  const tables = new TableCheck(file)
  const contents = new ContentCheck(file)
  for await (const line of readArchive(file)) {
    if ('head' in line) head = line.head
    else if ('end' in line) checkEnd(file, line.end, { tables, contents })
    else if ('table' in line || 'rows' in line || 'counted' in line) {
      contents.note(tables.take(line))
    } else contents.take(line)
  }
  const { done, rows } = tables
  if (head === undefined || done.length === 0) throw new CliError(`${file} holds no organisation.`)
  return { head, tables: done, rows, files: contents.found() }
}

function checkEnd(
  file: string,
  end: ArchiveEnd,
  { tables, contents }: { readonly tables: TableCheck; readonly contents: ContentCheck },
): void {
  const files = end.files ?? 0
  const isCounted = end.tables === tables.done.length && end.rows === tables.rows
  if (!isCounted || files !== contents.count) {
    throw damaged(file, 'its end counts other tables, rows or files')
  }
}

type Line<Name extends string> = Extract<ArchiveLine, Record<Name, unknown>>

class TableCheck {
  readonly done: CheckedTable[] = []
  rows = 0
  readonly #file: string
  #open: { readonly table: ArchivedTable; readonly hash: RowHash } | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** Gives the contents of files that its rows speak of. */
  take(line: Line<'table'> | Line<'rows'> | Line<'counted'>): readonly ArchivedContent[] {
    if ('table' in line) {
      if (this.#open !== undefined) {
        throw damaged(this.#file, `the table ${this.#open.table.name} has no end`)
      }
      this.#open = { table: line.table, hash: new RowHash() }
      return []
    }
    if ('rows' in line) {
      if (this.#open === undefined) throw damaged(this.#file, 'it has rows of no table')
      this.#open.hash.add(line.rows)
      return contentsIn(this.#open.table, line.rows)
    }
    this.#close(line.counted)
    return []
  }

  #close({ rows, sha256 }: Line<'counted'>['counted']): void {
    const open = this.#open
    if (open === undefined || open.hash.rows !== rows || open.hash.digest() !== sha256) {
      throw damaged(this.#file, 'the rows of a table are not those that were counted')
    }
    this.done.push({ table: open.table, rows, sha256 })
    this.rows += rows
    this.#open = undefined
  }
}

class ContentCheck {
  count = 0
  readonly #file: string
  #open: { readonly content: ArchivedContent; readonly hash: Hash } | undefined
  #known = 0
  #whole = 0
  #bytes = 0
  #size = 0

  constructor(file: string) {
    this.#file = file
  }

  note(known: readonly ArchivedContent[]): void {
    for (const content of known) this.#requireName(content)
    this.#known += known.length
  }

  #requireName({ name }: ArchivedContent): void {
    if (!isContentName(name)) throw damaged(this.#file, 'a file in it has a name that none has')
  }

  take(line: Line<'content'> | Line<'piece'> | Line<'read'>): void {
    if ('content' in line) {
      if (this.#open !== undefined) throw damaged(this.#file, 'the content of a file has no end')
      this.#requireName(line.content)
      this.#open = { content: line.content, hash: createHash('sha256') }
      this.#size = 0
      return
    }
    if (this.#open === undefined) throw damaged(this.#file, 'it has bytes of no file')
    if ('read' in line) return this.#close(this.#open, line.read)
    const bytes = Buffer.from(line.piece, 'base64')
    this.#open.hash.update(bytes)
    this.#size += bytes.length
  }

  #close(
    { content, hash }: { readonly content: ArchivedContent; readonly hash: Hash },
    { size, sha256 }: Line<'read'>['read'],
  ): void {
    if (size !== this.#size || sha256 !== hash.digest('hex')) {
      throw damaged(this.#file, 'the content of a file is not what was read')
    }
    this.count += 1
    this.#open = undefined
    if (sha256 !== content.sha256) return
    this.#whole += 1
    this.#bytes += size
  }

  found(): CheckedFiles {
    return { whole: this.#whole, bytes: this.#bytes, lacking: this.#known - this.#whole }
  }
}
