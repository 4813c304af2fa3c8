/**
 * Puts declarations from elsewhere over those that are there. Components with members grow member by
 * member and lose nothing; where both sides say different things, that is a conflict.
 */
import type { Declaration, SourceProblem } from './declaration.ts'
import { mergeBodies, type MergeConflict } from './merge-bodies.ts'
import { metadataType } from './metadata-types.ts'
import { parseComponent } from './parse-declarations.ts'
import { componentKey } from './resolve-mention.ts'

export interface TakeOverOptions {
  /** Where both sides differ, the incoming value stands and there is no conflict. */
  readonly force: boolean
}

export interface TakenOver {
  /** All declarations afterwards. */
  readonly declarations: readonly Declaration[]
  /** Components that were not there, and components that grew or changed, in full. */
  readonly created: readonly Declaration[]
  readonly changed: readonly Declaration[]
  readonly unchanged: readonly Declaration[]
  readonly conflicts: readonly MergeConflict[]
  /** What is wrong with a body that both sides make together. */
  readonly problems: readonly SourceProblem[]
}

export function takeOver(
  present: readonly Declaration[],
  incoming: readonly Declaration[],
  options: TakeOverOptions,
): TakenOver {
  const all = new Map(present.map((one) => [componentKey(one.type, one.fullName), one]))
  const created: Declaration[] = []
  const changed: Declaration[] = []
  const unchanged: Declaration[] = []
  const conflicts: MergeConflict[] = []
  const problems: SourceProblem[] = []
  for (const declaration of incoming) {
    const key = componentKey(declaration.type, declaration.fullName)
    const known = all.get(key)
    if (known === undefined) created.push(declaration)
    const merged = known === undefined ? undefined : mergeOne(known, declaration, options)
    conflicts.push(...(merged?.conflicts ?? []))
    problems.push(...(merged?.problems ?? []))
    const next = merged === undefined ? declaration : merged.declaration
    if (known !== undefined) (next === known ? unchanged : changed).push(next)
    all.set(key, next)
  }
  return { declarations: [...all.values()], created, changed, unchanged, conflicts, problems }
}

interface MergedOne {
  readonly declaration: Declaration
  readonly conflicts: readonly MergeConflict[]
  readonly problems: readonly SourceProblem[]
}

function mergeOne(known: Declaration, incoming: Declaration, options: TakeOverOptions): MergedOne {
  const { type, fullName } = known
  const hasMembers = (metadataType(type)?.members.length ?? 0) > 0
  const merged = hasMembers
    ? mergeBodies(
        { type, fullName },
        options.force
          ? { base: undefined, ours: incoming.body, theirs: known.body }
          : { base: undefined, ours: known.body, theirs: incoming.body },
      )
    : replaced(known, incoming)
  const conflicts = options.force ? [] : merged.conflicts
  if (conflicts.length > 0) return { declaration: known, conflicts, problems: [] }
  const parsed = parseComponent(type, fullName, merged.body)
  const [declaration] = parsed.declarations
  if (declaration === undefined || sameBody(declaration, known)) {
    return { declaration: known, conflicts, problems: parsed.problems }
  }
  return { declaration, conflicts, problems: [] }
}

/** A component without members is one whole: half of two layouts is no layout. */
function replaced(known: Declaration, incoming: Declaration): ReturnType<typeof mergeBodies> {
  if (sameBody(known, incoming)) return { body: known.body, conflicts: [] }
  const path = `${known.type} ${known.fullName}`
  const conflict = { path, base: undefined, ours: known.body, theirs: incoming.body }
  return { body: incoming.body, conflicts: [conflict] }
}

/** Bodies are canonical, so equal ones have equal texts. */
function sameBody(a: Declaration, b: Declaration): boolean {
  return JSON.stringify(a.body) === JSON.stringify(b.body)
}
