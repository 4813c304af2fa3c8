/** Writes files of the metadata folder from components, and never over what nobody has looked at. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Declaration } from '../model/declaration.ts'
import { parseDeclarations } from '../model/parse-declarations.ts'
import { componentKey } from '../model/resolve-mention.ts'
import type { FolderComparison } from './compare-folder.ts'
import { componentText, fileOf } from './component-files.ts'
import { hashOf } from './component-store.ts'
import type { DeployContext } from './context.ts'
import type { DeployState } from './deploy-state.ts'
import type { DeployWork } from './deploy-work.ts'
import { isMissing, removeFile, whileThere, writeFileWhole } from './folder.ts'
import {
  hashOfText,
  readSyncFile,
  writeSyncFile,
  type SyncEntries,
  type SyncEntry,
} from './sync-file.ts'

/** Hashes of the texts that are known and may be written over, by path. */
export type SeenTexts = ReadonlyMap<string, string>

export interface FilesContext extends Pick<DeployContext, 'metadataDir' | 'failpoint'> {
  state(): Pick<DeployState, 'installation' | 'hashes'>
}

/** After a comparison: files that the database has outrun are written, and the agreement is noted. */
export function settleFiles(
  context: FilesContext,
  compared: Pick<FolderComparison, 'agreed' | 'orphaned' | 'stale'>,
  seen: SeenTexts,
): Promise<void> {
  return whileThere(context.metadataDir, () => settleHere(context, compared, seen))
}

async function settleHere(
  context: FilesContext,
  compared: Pick<FolderComparison, 'agreed' | 'orphaned' | 'stale'>,
  seen: SeenTexts,
): Promise<void> {
  const { metadataDir } = context
  const { installation, hashes } = context.state()
  const entries = new Map([...(await readSyncFile(metadataDir, installation)), ...compared.agreed])
  for (const declaration of compared.stale) {
    await writeComponent(context, declaration, { entries, seen })
  }
  for (const path of compared.orphaned) {
    await removeFile(metadataDir, path)
    entries.delete(path)
  }
  for (const [path, entry] of entries) {
    if (!hashes.has(componentKey(entry.type, entry.fullName))) entries.delete(path)
  }
  await noteEntries(context, entries)
}

/** What a deploy saved and removed. */
export function writeApplied(
  context: FilesContext,
  work: Pick<DeployWork, 'saved' | 'removed'>,
  seen?: SeenTexts,
): Promise<void> {
  return whileThere(context.metadataDir, () => writeHere(context, work, seen))
}

async function writeHere(
  context: FilesContext,
  work: Pick<DeployWork, 'saved' | 'removed'>,
  seen?: SeenTexts,
): Promise<void> {
  const { metadataDir } = context
  const entries = new Map(await readSyncFile(metadataDir, context.state().installation))
  const known = seen ?? new Map([...entries].map(([path, entry]) => [path, entry.text]))
  for (const component of work.removed) {
    const path = fileOf(component)
    await removeFile(metadataDir, path)
    entries.delete(path)
  }
  for (const declaration of work.saved) {
    await writeComponent(context, declaration, { entries, seen: known })
  }
  await noteEntries(context, entries)
}

/** Never over a hand edit that nobody has looked at: such a file is merged by the next comparison. */
async function writeComponent(
  context: FilesContext,
  declaration: Declaration,
  { entries, seen }: { readonly entries: Map<string, SyncEntry>; readonly seen: SeenTexts },
): Promise<void> {
  const { type, fullName } = declaration
  const path = declaration.file ?? fileOf(declaration)
  const body = hashOf(declaration.body)
  const present = await readText(join(context.metadataDir, path))
  const text = componentText(declaration)
  const isUntouched = present === undefined || seen.get(path) === hashOfText(present)
  if (present !== undefined && !isUntouched && !saysTheSame(path, present, body)) return
  const written = present !== undefined && saysTheSame(path, present, body) ? present : text
  if (written !== present) await writeFileWhole(context.metadataDir, path, written)
  context.failpoint('files: one written')
  entries.set(path, { type, fullName, text: hashOfText(written), body })
}

/** The text declares just this body, in whatever layout. */
export function saysTheSame(path: string, text: string, body: string): boolean {
  const [declaration] = parseDeclarations([{ path, text }]).declarations
  return declaration !== undefined && hashOf(declaration.body) === body
}

/** Whether each of the files holds what was last agreed on with the database. */
export async function areAsAgreed(
  context: FilesContext,
  files: ReadonlySet<string>,
): Promise<boolean> {
  const { metadataDir } = context
  const entries = await readSyncFile(metadataDir, context.state().installation)
  for (const path of files) {
    const text = await readText(join(metadataDir, path))
    if (text === undefined || entries.get(path)?.text !== hashOfText(text)) return false
  }
  return true
}

async function noteEntries(context: FilesContext, entries: SyncEntries): Promise<void> {
  await writeSyncFile(context.metadataDir, context.state().installation, entries)
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
