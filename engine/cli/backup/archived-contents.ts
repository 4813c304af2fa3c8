/** Contents of files on their way into an archive and out of it: in pieces, each compared with its hash. */
import { createHash } from 'node:crypto'
import { MissingContent, type FileStore } from '../../storage/files/file-store.ts'
import { stageContent } from '../../storage/files/stage-content.ts'
import type { Snapshot } from '../../storage/storage.ts'
import { fileTable } from '../../automation/files/file-contents.ts'
import {
  readArchive,
  type ArchivedContent,
  type ArchivedRow,
  type ArchiveLine,
  type ArchiveWriter,
  type TableColumn,
} from './archive.ts'
import { readRows } from './read-rows.ts'

export interface KnownContent extends ArchivedContent {
  /** As records hold it. */
  readonly reference: string
}

/** Those that rows of the engine's table speak of; what is on its way out is held by no record. */
export function contentsIn(
  table: { readonly name: string; readonly columns: readonly TableColumn[] },
  rows: readonly ArchivedRow[],
): readonly KnownContent[] {
  if (table.name !== fileTable.name) return []
  const places = new Map(table.columns.map(({ name }, index) => [name, index]))
  const at = (row: ArchivedRow, name: string) => row[places.get(name) ?? -1] ?? null
  return rows
    .filter((row) => at(row, 'removing') !== true)
    .map((row) => ({
      reference: String(at(row, 'reference')),
      name: String(at(row, 'name')),
      size: Number(at(row, 'size')),
      sha256: String(at(row, 'sha256')),
    }))
}

export interface SavedContents {
  /** How many are in the archive, as they are in the store. */
  readonly files: number
  readonly bytes: number
  /** Those that are not there any more, or are not what they were. */
  readonly lacking: number
}

interface Saving {
  readonly writer: ArchiveWriter
  readonly store: FileStore
  readonly onProgress: (words: string) => void
}

export async function saveContents(snapshot: Snapshot, saving: Saving): Promise<SavedContents> {
  let [files, bytes, lacking] = [0, 0, 0]
  for await (const rows of readRows(snapshot, fileTable)) {
    for (const content of contentsIn(fileTable, rows)) {
      const saved = await saveContent(content, saving)
      if (saved !== 'missing') files += 1
      if (saved === 'whole') bytes += content.size
      else lacking += 1
      saving.onProgress(`${files} files, ${bytes} bytes`)
    }
  }
  return { files, bytes, lacking }
}

type ContentState = 'whole' | 'missing' | 'damaged'

async function saveContent(
  { name, size, sha256 }: ArchivedContent,
  { writer, store }: Saving,
): Promise<ContentState> {
  const stream = await found(store, name)
  if (stream === undefined) return 'missing'
  await writer.write({ content: { name, size, sha256 } })
  const hash = createHash('sha256')
  let read = 0
  for await (const chunk of stream) {
    hash.update(chunk)
    read += chunk.byteLength
    await writer.write({ piece: Buffer.from(chunk).toString('base64') })
  }
  const digest = hash.digest('hex')
  await writer.write({ read: { size: read, sha256: digest } })
  return digest === sha256 ? 'whole' : 'damaged'
}

async function found(
  store: FileStore,
  name: string,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    return await store.read(name)
  } catch (error) {
    if (error instanceof MissingContent) return undefined
    throw error
  }
}

/** What the store gives back for it now. */
export async function stateInStore(
  store: FileStore,
  { name, sha256 }: ArchivedContent,
): Promise<ContentState> {
  const stream = await found(store, name)
  if (stream === undefined) return 'missing'
  const hash = createHash('sha256')
  for await (const chunk of stream) hash.update(chunk)
  return hash.digest('hex') === sha256 ? 'whole' : 'damaged'
}

export interface RestoredContents {
  readonly restored: number
  /** Those that were in the store before, and were left as they were. */
  readonly present: number
}

type Lines = AsyncGenerator<ArchiveLine, void, undefined>

/** Each is read back before the next; the archive was checked before. */
export async function restoreContents(
  file: string,
  { store, onProgress }: Omit<Saving, 'writer'>,
): Promise<RestoredContents> {
  let [restored, present] = [0, 0]
  const lines = readArchive(file)
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    if (!('content' in line.value)) continue
    const { content } = line.value
    const before = await stateInStore(store, content)
    const isPut = before !== 'whole' && (await putContent(store, content, lines))
    if (before === 'whole') present += 1
    if (isPut) restored += 1
    onProgress(`${restored + present} files`)
  }
  return { restored, present }
}

/** False for what was damaged in the store that was saved. */
async function putContent(
  store: FileStore,
  content: ArchivedContent,
  lines: Lines,
): Promise<boolean> {
  const name = `${content.name}-${process.pid}`
  const staged = await stageContent(piecesOf(lines), { folder: store.stagingFolder, name })
  try {
    if (staged.sha256 !== content.sha256) return false
    await store.put(content.name, staged)
  } finally {
    await staged.discard()
  }
  const state = await stateInStore(store, content)
  if (state !== 'whole') throw new Error(`the store gives ${content.name} back ${state}`)
  return true
}

/** Up to the line behind them. */
async function* piecesOf(lines: Lines): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const line = await lines.next()
    if (line.done === true || !('piece' in line.value)) return
    yield Buffer.from(line.value.piece, 'base64')
  }
}
