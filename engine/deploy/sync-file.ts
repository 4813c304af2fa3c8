/** What of this folder was last brought in line with the database: a hidden file beside the metadata. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isMissing, writeFileWhole } from './folder.ts'

export const syncFileName = '.fieldstone-sync.json'

export interface SyncEntry {
  readonly type: string
  readonly fullName: string
  /** Hash of the file's text. */
  readonly text: string
  /** Hash of the component's body, as in `fs_component`. */
  readonly body: string
}

/** By path. */
export type SyncEntries = ReadonlyMap<string, SyncEntry>

interface SyncContent {
  readonly installation: string
  readonly files: Readonly<Record<string, SyncEntry>>
}

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** Empty when there is none, or when it tells of another database. */
export async function readSyncFile(root: string, installation: string): Promise<SyncEntries> {
  const content = parse(await readText(join(root, syncFileName)))
  return content?.installation === installation ? new Map(Object.entries(content.files)) : new Map()
}

export async function writeSyncFile(
  root: string,
  installation: string,
  entries: SyncEntries,
): Promise<void> {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  const content: SyncContent = { installation, files: Object.fromEntries(sorted) }
  await writeFileWhole(root, syncFileName, `${JSON.stringify(content, null, 1)}\n`)
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A spoilt file counts as none: then both sides are compared in full. */
function parse(text: string | undefined): SyncContent | undefined {
  if (text === undefined) return undefined
  try {
    const content: unknown = JSON.parse(text)
    const isContent = typeof content === 'object' && content !== null && 'files' in content
    return isContent ? (content as SyncContent) : undefined
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
