/**
 * Contents of files: taken in before the records that hold them are saved, each content kept once, and swept away when no
 * record has held it for a day. What a request brought in is known by a reference that nobody is told.
 */
import { fileTypeFromBuffer } from 'file-type'
import { LRUCache } from 'lru-cache'
import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import type { Clock, RandomBytes } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import type { ReferenceColumn } from '../../query/content-column.ts'
import { identifier, integerLiteral, joinSql, sql } from '../../sql/sql.ts'
import { ensureTables, type EngineTable } from '../../storage/engine-tables.ts'
import type { FileStore, StagedContent } from '../../storage/files/file-store.ts'
import { stageContent, tidyStaging } from '../../storage/files/stage-content.ts'
import type { Row, Storage, Transaction } from '../../storage/storage.ts'

const text: ColumnKind = { kind: 'text' }
const boolean: ColumnKind = { kind: 'boolean' }
const instant: ColumnKind = { kind: 'instant' }

export const fileTable: EngineTable = {
  // `reference` stands in the records, `name` in the store; `removing` once it is on its way out.
  name: 'fs_file',
  columns: [
    { name: 'reference', kind: text },
    { name: 'name', kind: text },
    { name: 'sha256', kind: text },
    { name: 'md5', kind: text },
    { name: 'size', kind: { kind: 'integer' } },
    { name: 'extension', kind: text, nullable: true },
    { name: 'touched_at', kind: instant },
    { name: 'removing', kind: boolean },
  ],
  key: ['reference'],
  indexes: [['sha256'], ['touched_at']],
}

/** What a content says of itself, whatever its name says. */
export interface ContentFacts {
  readonly size: number
  readonly md5: string
  readonly sha256: string
  /** By its signature; "txt" for plain text, undefined for what is not known. */
  readonly extension: string | undefined
}

export interface IncomingContent extends ContentFacts {
  /** The first words of a text. */
  readonly preview: string | undefined
}

export interface OpenContent extends ContentFacts {
  readonly stream: () => Promise<Readable>
}

export interface FileContents {
  /** Gives the reference that the record is to hold. */
  take(chunks: AsyncIterable<Uint8Array>): Promise<string>
  /** Of what came in lately; undefined for what nobody brought. */
  incoming(reference: string): IncomingContent | undefined
  /** What the record holds; undefined for nothing. Whether it may be told is for others to know. */
  referenceOf(column: ReferenceColumn, id: string): Promise<string | undefined>
  /** Undefined where it is not there any more. */
  open(reference: string): Promise<OpenContent | undefined>
  /** Takes away what none of the columns holds; gives how many contents went. */
  sweep(columns: readonly ReferenceColumn[]): Promise<number>
}

export interface FileContentParts {
  readonly storage: Storage
  readonly store: FileStore
  readonly clock: Clock
  readonly randomBytes: RandomBytes
}

export async function createFileContents(parts: FileContentParts): Promise<FileContents> {
  await ensureTables(parts.storage, [fileTable])
  const known = new LRUCache<string, IncomingContent>({ max: limits.filesKnownMax })
  return {
    take: async (chunks) => {
      const { store, randomBytes } = parts
      const name = Buffer.from(randomBytes(16)).toString('hex')
      const content = await stageContent(chunks, { folder: store.stagingFolder, name })
      try {
        const facts = await factsOf(content)
        const reference = await keep(parts, content, { facts, name })
        known.set(reference, { ...facts, preview: previewOf(content, facts) })
        return reference
      } finally {
        await content.discard()
      }
    },
    incoming: (reference) => known.get(reference),
    referenceOf: async ({ table, id, column }, recordId) => {
      const query = sql`select ${column} as reference from ${table} where ${id} = ${recordId}`
      const reference = (await parts.storage.read(query))[0]?.['reference'] ?? null
      return reference === null ? undefined : String(reference)
    },
    open: (reference) => open(parts, reference),
    sweep: (columns) => sweep(parts, columns),
  }
}

async function factsOf({ size, md5, sha256, head }: StagedContent): Promise<ContentFacts> {
  const found = await fileTypeFromBuffer(head)
  const extension = found?.ext ?? (isText(head, size) ? 'txt' : undefined)
  return { size, md5, sha256, extension }
}

/** A character may be cut in two where the beginning ends. */
function isText(head: Uint8Array, size: number): boolean {
  if (head.includes(0)) return false
  if (size <= head.length) return isUtf8(head)
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)))
}

const previewCharsMax = 250

function previewOf({ head }: StagedContent, facts: ContentFacts): string | undefined {
  if (facts.extension !== 'txt') return undefined
  const words = Buffer.from(head).toString('utf8').replace(/\s+/g, ' ').trim()
  return words.slice(0, previewCharsMax).replace(/[\uD800-\uDBFF]$/, '')
}

interface Incoming {
  readonly facts: ContentFacts
  readonly name: string
}

/** The same content lies in the store once; it is there before anything refers to it. */
async function keep(
  { storage, store, clock }: FileContentParts,
  content: StagedContent,
  { facts, name: random }: Incoming,
): Promise<string> {
  const { sha256, md5, size } = facts
  const now = clock.now()
  const same = await storage.write((tx) => touch(tx, sha256, now))
  if (same !== undefined) return same
  // Two at once may bring the same: each lies under a name of its own until one of them is first.
  const name = `${sha256}-${random.slice(0, 8)}`
  await store.put(name, content)
  const reference = `content:${random}`
  const kept = await storage.write(async (tx) => {
    const first = await touch(tx, sha256, now)
    if (first !== undefined) return first
    const { bound } = tx.dialect
    await tx.run(
      sql`insert into fs_file (reference, name, sha256, md5, size, extension, touched_at, removing) values (${reference}, ${name}, ${sha256}, ${md5}, ${bound({ kind: 'integer' }, size)}, ${bound(text, facts.extension ?? null)}, ${bound(instant, now)}, ${bound(boolean, false)})`,
    )
    return reference
  })
  if (kept !== reference) await store.remove(name)
  return kept
}

/** Whatever was touched lately is not swept. */
async function touch(tx: Transaction, sha256: string, now: number): Promise<string | undefined> {
  const touched = await tx.run(
    sql`update fs_file set touched_at = ${tx.dialect.bound(instant, now)} where sha256 = ${sha256} and not removing`,
  )
  if (touched === 0) return undefined
  const rows = await tx.read(
    sql`select reference from fs_file where sha256 = ${sha256} and not removing order by reference`,
  )
  return rows[0] === undefined ? undefined : String(rows[0]['reference'])
}

async function open(
  { storage, store }: FileContentParts,
  reference: string,
): Promise<OpenContent | undefined> {
  const [row] = await storage.read(
    sql`select name, sha256, md5, size, extension from fs_file where reference = ${reference}`,
  )
  return row && { ...factsIn(row), stream: () => store.read(String(row['name'])) }
}

function factsIn(row: Row): ContentFacts {
  const extension = row['extension'] ?? null
  return {
    size: Number(row['size']),
    md5: String(row['md5']),
    sha256: String(row['sha256']),
    extension: extension === null ? undefined : String(extension),
  }
}

/** Marked first and taken away then: whoever brings the same content meanwhile keeps it anew. */
async function sweep(
  parts: FileContentParts,
  columns: readonly ReferenceColumn[],
): Promise<number> {
  const { storage, store, clock } = parts
  const before = clock.now() - limits.fileUnclaimedMs
  await tidyStaging(store.stagingFolder, before)
  if (columns.length === 0) return 0
  const held = columns.map(
    ({ table, column }) => sql`select ${column} from ${table} where ${column} is not null`,
  )
  let gone = 0
  for (;;) {
    await storage.write((tx) => {
      const { bound } = tx.dialect
      const idle = sql`select reference from fs_file where touched_at < ${bound(instant, before)} and not removing and reference not in (${joinSql(held, sql` union all `)}) order by reference limit ${integerLiteral(limits.fileSweepRows)}`
      return tx.run(
        sql`update fs_file set removing = ${bound(boolean, true)} where reference in (${idle})`,
      )
    })
    const rows = await storage.read(
      sql`select reference, name from fs_file where removing order by reference limit ${integerLiteral(limits.fileSweepRows)}`,
    )
    if (rows.length === 0) return gone
    for (const row of rows) await store.remove(String(row['name']))
    const ids = rows.map((row) => sql`${String(row['reference'])}`)
    await storage.write((tx) =>
      tx.run(sql`delete from ${identifier('fs_file')} where reference in (${joinSql(ids)})`),
    )
    gone += rows.length
  }
}
