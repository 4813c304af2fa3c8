/** Keeps the metadata folder and the applied model in line with each other, in both directions. */
import { reasoned } from '../model/source-problem.ts'
import { message, type Message } from '../base/message.ts'
import type { Declaration, SourceProblem } from '../model/declaration.ts'
import { componentKey } from '../model/resolve-mention.ts'
import {
  changedSources,
  compareFolder,
  type FolderComparison,
  type FolderConflict,
} from './compare-folder.ts'
import { readBody } from './component-store.ts'
import type { DeployContext } from './context.ts'
import type { DeployLock } from './deploy-lock.ts'
import type { DeployWork } from './deploy-work.ts'
import { readFolder, type FolderContent } from './folder.ts'
import { makePlan, type Prepared } from './make-plan.ts'
import { systemAuthor, type DeploySource, type Plan } from './plan.ts'
import { applyPlanned } from './resume-move.ts'
import { hashOfText, readSyncFile, type SyncEntries, type SyncEntry } from './sync-file.ts'
import { areAsAgreed, settleFiles, writeApplied, type SeenTexts } from './write-files.ts'
import { watchFolder, type ChangedFiles, type FolderWatch } from './watch-folder.ts'

export interface PendingReport {
  /** The plan that waits for consent; it can be applied by its id. */
  readonly plan: Plan | null
  readonly problems: readonly SourceProblem[]
  readonly conflicts: readonly FolderConflict[]
}

export interface FolderSync {
  /** The comparison at the start, then the watcher. */
  start(): Promise<void>
  sync(): Promise<PendingReport>
  pending(): Promise<PendingReport>
  problems(): readonly SourceProblem[]
  /** Writes the files of what was applied by another way; the caller holds the deploy lock. */
  write(work: Pick<DeployWork, 'saved' | 'removed'>): Promise<void>
  /** No change is followed any more. */
  close(): void
}

export interface FolderSyncOptions {
  readonly lock: DeployLock['hold']
  /** Keeps the waiting plan where it can be applied by its id. */
  readonly keep: (prepared: Prepared) => void
}

const nothing: PendingReport = { plan: null, problems: [], conflicts: [] }

export function createFolderSync(context: DeployContext, options: FolderSyncOptions): FolderSync {
  let report = nothing
  let watching: FolderWatch | undefined
  let closed = false
  const syncAs = (source: DeploySource): Promise<PendingReport> =>
    options.lock(async () => {
      report = await syncFolder(context, options, source)
      return report
    })
  const follow = async (files: ChangedFiles): Promise<void> => {
    const isSettled = report.plan === null && report.problems.length + report.conflicts.length === 0
    // The watcher hears of what we write ourselves, too.
    if (isSettled && files !== undefined && (await areAsAgreed(context, files))) return
    await syncAs('files')
  }
  const onChange = (files: ChangedFiles): void => {
    follow(files).catch((error: unknown) => {
      if (closed) return
      context.log.error({ err: error }, 'the metadata folder could not be taken over')
    })
  }
  return {
    start: async () => {
      await syncAs('boot')
      if (context.watch === false) return
      watching = watchFolder(context.metadataDir, onChange, (error) => {
        context.log.error({ err: error }, 'the metadata folder cannot be watched')
      })
    },
    sync: () => syncAs('files'),
    pending: async () => report,
    problems: () => report.problems,
    write: (work) => writeApplied(context, work),
    close: () => {
      closed = true
      watching?.close()
    },
  }
}

async function syncFolder(
  context: DeployContext,
  options: FolderSyncOptions,
  source: DeploySource,
): Promise<PendingReport> {
  const { metadataDir } = context
  const { installation } = context.state()
  const content = await readFolder(metadataDir)
  const entries = await readSyncFile(metadataDir, installation)
  const unusable = whyUnusable(content, entries)
  if (content === undefined || unusable !== undefined) {
    return { ...nothing, problems: [unusable ?? folderMissing] }
  }
  const bodies = await basesOf(context, content, entries)
  const compared = compareFolder({
    sources: content.sources,
    entries,
    state: context.state(),
    bodies,
  })
  const problems = [...content.problems, ...compared.problems]
  if (problems.length > 0) return { plan: null, problems, conflicts: compared.conflicts }
  const seen = new Map(content.sources.map(({ path, text }) => [path, hashOfText(text)]))
  const outcome = await takeOver(context, compared, { ...options, source, seen })
  if (outcome.problems.length === 0) await settleFiles(context, compared, seen)
  return { ...outcome, conflicts: compared.conflicts }
}

function folderProblem(told: Message): SourceProblem {
  return { file: '', line: 1, column: 1, ...reasoned(told) }
}

const folderMissing = folderProblem(message('the metadata folder is missing'))

/** A folder that is away for a moment, or empty, must not look like a wish to delete everything. */
function whyUnusable(
  content: FolderContent | undefined,
  entries: SyncEntries,
): SourceProblem | undefined {
  if (content === undefined) return folderMissing
  const isEmpty = content.sources.length === 0 && content.problems.length === 0
  if (isEmpty && entries.size > 0) {
    return folderProblem(
      message('the metadata folder is empty; nothing is removed because of that'),
    )
  }
  return undefined
}

/** The bodies that changed files started from. */
async function basesOf(
  context: DeployContext,
  content: FolderContent,
  entries: SyncEntries,
): Promise<ReadonlyMap<string, unknown>> {
  const bodies = new Map<string, unknown>()
  for (const { path } of changedSources(content.sources, entries)) {
    const hash = entries.get(path)?.body
    if (hash !== undefined) bodies.set(hash, await readBody(context.storage, hash))
  }
  return bodies
}

interface Outcome {
  readonly plan: Plan | null
  readonly problems: readonly SourceProblem[]
}

/** What is safe is applied at once; what removes or opens something is planned and waits. */
async function takeOver(
  context: DeployContext,
  compared: FolderComparison,
  options: FolderSyncOptions & { readonly source: DeploySource; readonly seen: SeenTexts },
): Promise<Outcome> {
  const { changed, removed } = compared
  if (changed.length > 0) {
    const prepared = await planFor(context, changed, [])
    if (prepared.work === undefined) return { plan: null, problems: sourceProblems(prepared.plan) }
    if (!prepared.plan.needsConsent) {
      if (prepared.plan.changes.length > 0) await applySafe(context, prepared, options)
      return removed.length === 0 ? nothing : waiting(context, options, { changed: [], removed })
    }
  }
  if (changed.length === 0 && removed.length === 0) return nothing
  return waiting(context, options, { changed, removed })
}

async function waiting(
  context: DeployContext,
  options: FolderSyncOptions,
  { changed, removed }: Pick<FolderComparison, 'changed' | 'removed'>,
): Promise<Outcome> {
  const prepared = await planFor(context, changed, removed)
  if (prepared.work === undefined) return { plan: null, problems: sourceProblems(prepared.plan) }
  // A missing file alone is no proof that the component shall go, even where no data is lost.
  const plan: Plan = { ...prepared.plan, needsConsent: true }
  options.keep({ ...prepared, plan })
  return { plan, problems: [] }
}

async function applySafe(
  context: DeployContext,
  { plan, work }: Prepared,
  { source, seen }: { readonly source: DeploySource; readonly seen: SeenTexts },
): Promise<void> {
  if (work === undefined) return
  await applyPlanned(context, work, { plan, by: systemAuthor, source })
  // A rename in one file rewrites the mentions in others, a merge the file itself.
  await writeApplied(context, work, seen)
}

function planFor(
  context: DeployContext,
  changed: readonly Declaration[],
  removed: readonly SyncEntry[],
): Promise<Prepared> {
  const wanted = new Map(context.state().declarations)
  for (const { type, fullName } of removed) wanted.delete(componentKey(type, fullName))
  const written = new Set<string>()
  for (const declaration of changed) {
    const key = componentKey(declaration.type, declaration.fullName)
    wanted.set(key, declaration)
    written.add(key)
  }
  const declarations = withoutRenamed([...wanted.values()], changed)
  return makePlan(context, { declarations, problems: [], written, consentForAccess: true })
}

/** An object file under a new name that says how it was called takes the place of the old one. */
function withoutRenamed(
  wanted: readonly Declaration[],
  changed: readonly Declaration[],
): readonly Declaration[] {
  const names = new Set(changed.map((one) => componentKey(one.type, one.fullName)))
  const old = new Set<string>()
  for (const declaration of changed) {
    if (declaration.type !== 'CustomObject' || !('previousNames' in declaration.body)) continue
    for (const name of declaration.body.previousNames ?? []) {
      const key = componentKey('CustomObject', name)
      if (!names.has(key)) old.add(key)
    }
  }
  if (old.size === 0) return wanted
  return wanted.filter((one) => !old.has(componentKey(one.type, one.fullName)))
}

function sourceProblems(plan: Plan): readonly SourceProblem[] {
  return plan.problems.map((problem) => ({
    file: problem.file ?? '',
    line: problem.line ?? 1,
    column: problem.column ?? 1,
    component: problem.component,
    reason: problem.reason,
    ...(problem.suggestion !== undefined && { suggestion: problem.suggestion }),
    ...(problem.told && { told: problem.told }),
    ...(problem.toldSuggestion && { toldSuggestion: problem.toldSuggestion }),
  }))
}
