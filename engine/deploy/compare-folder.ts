/** Compares the folder with its last synchronised state and with the applied model; pure. */
import type { Declaration, SourceProblem, SourceText } from '../model/declaration.ts'
import { mergeBodies, type MergeConflict } from '../model/merge-bodies.ts'
import { parseComponent, parseDeclarations } from '../model/parse-declarations.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { fileOf } from './component-files.ts'
import { hashOf } from './component-store.ts'
import type { DeployState } from './deploy-state.ts'
import { hashOfText, type SyncEntries, type SyncEntry } from './sync-file.ts'

export interface FolderConflict extends MergeConflict {
  readonly file: string
}

export interface FolderComparison {
  readonly problems: readonly SourceProblem[]
  readonly conflicts: readonly FolderConflict[]
  /** What the files want to be saved, merged with what changed in the database. */
  readonly changed: readonly Declaration[]
  /** Components whose file is gone. */
  readonly removed: readonly SyncEntry[]
  /** Files to be written anew because the database has moved on, or because of a merge. */
  readonly stale: readonly Declaration[]
  /** Files whose component was deleted in the database. */
  readonly orphaned: readonly string[]
  /** Files that agree with the database as they are. */
  readonly agreed: SyncEntries
}

export interface FolderSides {
  readonly sources: readonly SourceText[]
  readonly entries: SyncEntries
  readonly state: Pick<DeployState, 'declarations' | 'hashes'>
  /** A body that was applied before, by hash. */
  readonly bodies: ReadonlyMap<string, unknown>
}

/** Files that changed since the last synchronisation; the others need not be read again. */
export function changedSources(
  sources: readonly SourceText[],
  entries: SyncEntries,
): readonly SourceText[] {
  return sources.filter(({ path, text }) => entries.get(path)?.text !== hashOfText(text))
}

export function compareFolder(sides: FolderSides): FolderComparison {
  const { sources, entries, state } = sides
  const draft = emptyComparison()
  const changed = changedSources(sources, entries)
  const parsed = parseDeclarations(changed)
  draft.problems.push(...parsed.problems)
  const texts = new Map(changed.map(({ path, text }) => [path, text]))
  for (const declaration of parsed.declarations) {
    compareChanged(draft, sides, { declaration, text: texts.get(declaration.file ?? '') ?? '' })
  }
  const present = new Set(sources.map((source) => source.path))
  const changedPaths = new Set(texts.keys())
  for (const [path, entry] of entries) {
    if (changedPaths.has(path)) continue
    if (present.has(path)) compareUnchanged(draft, state, [path, entry])
    else compareMissing(draft, state, entry)
  }
  addUnwritten(draft, sides, present)
  return draft
}

interface Draft {
  readonly problems: SourceProblem[]
  readonly conflicts: FolderConflict[]
  readonly changed: Declaration[]
  readonly removed: SyncEntry[]
  readonly stale: Declaration[]
  readonly orphaned: string[]
  readonly agreed: Map<string, SyncEntry>
}

function emptyComparison(): Draft {
  return {
    problems: [],
    conflicts: [],
    changed: [],
    removed: [],
    stale: [],
    orphaned: [],
    agreed: new Map(),
  }
}

function compareChanged(
  draft: Draft,
  { entries, state, bodies }: FolderSides,
  { declaration, text }: { readonly declaration: Declaration; readonly text: string },
): void {
  const { type, fullName } = declaration
  const path = declaration.file ?? fileOf(declaration)
  const ours = state.declarations.get(componentKey(type, fullName))
  const body = hashOf(declaration.body)
  if (ours !== undefined && hashOf(ours.body) === body) {
    draft.agreed.set(path, { type, fullName, text: hashOfText(text), body })
    return
  }
  const known = entries.get(path)
  const base = known === undefined ? undefined : bodies.get(known.body)
  const merged = mergeBodies(
    { type, fullName },
    { base, ours: ours?.body, theirs: declaration.body },
  )
  draft.conflicts.push(...merged.conflicts.map((conflict) => ({ ...conflict, file: path })))
  if (merged.conflicts.length > 0) return
  if (ours !== undefined && sameBody(merged.body, ours.body)) {
    // Everything that the file wanted is there; only the file itself is behind.
    draft.stale.push(ours)
    return
  }
  if (sameBody(merged.body, declaration.body)) {
    draft.changed.push(declaration)
    return
  }
  const parsed = parseComponent(type, fullName, merged.body)
  draft.problems.push(...parsed.problems)
  draft.changed.push(...parsed.declarations.map((one) => ({ ...one, file: path })))
}

function sameBody(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function compareUnchanged(
  draft: Draft,
  state: FolderSides['state'],
  [path, entry]: readonly [string, SyncEntry],
): void {
  const key = componentKey(entry.type, entry.fullName)
  const ours = state.declarations.get(key)
  if (ours === undefined) draft.orphaned.push(path)
  else if (state.hashes.get(key) === entry.body) draft.agreed.set(path, entry)
  else draft.stale.push(ours)
}

/** A file that went away; where the database changed the component meanwhile, that is a conflict. */
function compareMissing(draft: Draft, state: FolderSides['state'], entry: SyncEntry): void {
  const key = componentKey(entry.type, entry.fullName)
  const ours = state.declarations.get(key)
  if (ours === undefined) return
  if (state.hashes.get(key) === entry.body) {
    draft.removed.push(entry)
    return
  }
  const path = `${entry.type} ${entry.fullName}`
  draft.conflicts.push({
    path,
    file: fileOf(ours),
    base: entry.body,
    ours: ours.body,
    theirs: undefined,
  })
}

/** Components that came into the database by another way and have no file here yet. */
function addUnwritten(draft: Draft, sides: FolderSides, present: ReadonlySet<string>): void {
  for (const declaration of sides.state.declarations.values()) {
    const path = fileOf(declaration)
    if (!present.has(path) && !sides.entries.has(path)) draft.stale.push(declaration)
  }
}
