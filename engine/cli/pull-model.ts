/** Brings the model in force into the files of a folder; what was changed in the files stays. */
import { mkdir } from 'node:fs/promises'
import { changedSources, compareFolder, type FolderConflict } from '../deploy/compare-folder.ts'
import { componentText, fileOf } from '../deploy/component-files.ts'
import { hashOf } from '../deploy/component-store.ts'
import { readFolder, writeFileWhole } from '../deploy/folder.ts'
import { hashOfText, readSyncFile } from '../deploy/sync-file.ts'
import { saysTheSame, settleFiles } from '../deploy/write-files.ts'
import type { Declaration, SourceProblem, SourceText } from '../model/declaration.ts'
import { componentKey } from '../model/resolve-mention.ts'
import type { ModelSource } from './model-source.ts'

export interface PullReport {
  /** Files that are written anew, and those that are new. */
  readonly written: readonly string[]
  /** Files of components that the model has no longer. */
  readonly removed: readonly string[]
  /** Files with changes of their own: they stay, with what the model changed elsewhere in them. */
  readonly ahead: readonly string[]
  /** Changed to different values on both sides: left as they are. */
  readonly conflicts: readonly FolderConflict[]
  readonly problems: readonly SourceProblem[]
}

export async function pullModel(
  source: ModelSource,
  { folder, dryRun }: { readonly folder: string; readonly dryRun: boolean },
): Promise<PullReport> {
  const { applied } = source
  const content = (await readFolder(folder)) ?? { sources: [], problems: [] }
  const entries = await readSyncFile(folder, applied.installation)
  const bodies = new Map<string, unknown>()
  for (const { path } of changedSources(content.sources, entries)) {
    const hash = entries.get(path)?.body
    if (hash !== undefined) bodies.set(hash, await source.formerBody(hash))
  }
  const compared = compareFolder({ sources: content.sources, entries, state: applied, bodies })
  const problems = [...content.problems, ...compared.problems]
  // A file that was changed on both sides in different places says less than both together.
  const merged = differing(content.sources, compared.changed)
  const stale = differing(content.sources, compared.stale)
  const deleted = [...entries].flatMap(([path, entry]) =>
    compared.removed.includes(entry) ? [path] : [],
  )
  const report: PullReport = {
    written: [...stale, ...merged].map(pathOf).sort(),
    removed: compared.orphaned,
    ahead: [...compared.changed.map(pathOf), ...deleted].sort(),
    conflicts: compared.conflicts,
    problems,
  }
  if (dryRun || problems.length > 0) return report
  const texts = new Map(content.sources.map(({ path, text }) => [path, hashOfText(text)]))
  const context = { metadataDir: folder, failpoint: () => undefined, state: () => applied }
  const agreed = new Map(compared.agreed)
  await mkdir(folder, { recursive: true })
  for (const declaration of merged) {
    await writeFileWhole(folder, pathOf(declaration), componentText(declaration))
    noteBase(agreed, applied, declaration)
  }
  await settleFiles(context, { ...compared, agreed }, texts)
  return report
}

function pathOf(declaration: Declaration): string {
  return declaration.file ?? fileOf(declaration)
}

/** Those whose files say something else, or are not there. */
function differing(
  sources: readonly SourceText[],
  declarations: readonly Declaration[],
): readonly Declaration[] {
  const texts = new Map(sources.map(({ path, text }) => [path, text]))
  const found: Declaration[] = []
  for (const declaration of declarations) {
    const path = pathOf(declaration)
    const text = texts.get(path)
    const isSame = text !== undefined && saysTheSame(path, text, hashOf(declaration.body))
    if (!isSame) found.push(declaration)
  }
  return found
}

/** The next comparison starts from the model of now, and finds the file's own changes alone. */
function noteBase(
  agreed: Map<string, { type: string; fullName: string; text: string; body: string }>,
  applied: ModelSource['applied'],
  declaration: Declaration,
): void {
  const { type, fullName } = declaration
  const key = componentKey(type, fullName)
  const [ours, body] = [applied.declarations.get(key), applied.hashes.get(key)]
  if (ours === undefined || body === undefined) return
  agreed.set(pathOf(declaration), { type, fullName, text: hashOfText(componentText(ours)), body })
}
