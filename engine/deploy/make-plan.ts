/** Makes a plan: resolves renames, prepares the work, asks the data, and lists the files that change. */
import { inEnglish, message } from '../base/message.ts'
import { compareModels } from '../model/compare-models.ts'
import { indexOf } from '../model/compile-model.ts'
import type { Declaration, SourceProblem } from '../model/declaration.ts'
import { dependentRenames, findRenames, hasRenames, type Renames } from '../model/renames.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { rewriteReferences } from '../model/rewrite-references.ts'
import { readFigures } from './read-figures.ts'
import { keptColumns } from './column-bases.ts'
import { columnProblems } from './column-limit.ts'
import { componentText, fileOf } from './component-files.ts'
import type { DeployContext } from './context.ts'
import { addFills } from './default-fills.ts'
import type { DeployState } from './deploy-state.ts'
import type { DeployWork } from './deploy-work.ts'
import { topicProblems } from './followed-topics.ts'
import { planDeploy, planQuestions } from './plan-deploy.ts'
import type { Plan, PlanFile, PlanProblem } from './plan.ts'
import { prepareWork } from './prepare-work.ts'
import { pruneTranslations } from './prune-translations.ts'
import { removedKeys, usedRemovals } from './removed-references.ts'
import { summaryQuestions } from './roll-up-work.ts'
import type { ValueMove } from './value-moves.ts'
import { valueQuestions } from './value-steps.ts'

/** What is wanted, before anything was resolved. */
export interface Wish {
  readonly declarations: readonly Declaration[]
  readonly problems: readonly SourceProblem[]
  /** Keys of components that were written with the new names in mind. */
  readonly written: ReadonlySet<string>
  readonly renamedFields?: Renames['fields']
  readonly renamedOthers?: Renames['others']
  readonly consentForAccess: boolean
  readonly valueMoves?: readonly ValueMove[]
}

export interface Prepared {
  readonly plan: Plan
  /** Undefined when there are problems, or nothing to do. */
  readonly work: DeployWork | undefined
}

export async function makePlan(context: DeployContext, wish: Wish): Promise<Prepared> {
  const state = context.state()
  if (wish.problems.length > 0) return refused(context, state, wish.problems.map(problemOf))
  const { declarations, renames } = resolveNames(state, wish)
  const used = usedRemovals(state, declarations, renames)
  if (used.length > 0) return refused(context, state, used)
  const { work, problems } = prepareWork(state, {
    wanted: declarations,
    renames,
    valueMoves: wish.valueMoves,
  })
  if (work === undefined) return refused(context, state, problems.map(problemOf))
  const tooWide = columnProblems(state, work, context.storage.dialect)
  if (tooWide.length > 0) return refused(context, state, tooWide)
  const silenced = await topicProblems(context, work)
  if (silenced.length > 0) return refused(context, state, silenced)
  const models = { now: state.model, wanted: work.wanted, renames }
  const changes = compareModels(state.model, work.wanted, renames)
  const figures = await readFigures(
    context,
    [
      ...planQuestions(models, changes),
      ...valueQuestions(models, work.valueMoves),
      ...summaryQuestions(work, state.model),
    ],
    work,
  )
  const content = planDeploy({
    now: state.model,
    work,
    changes,
    figures,
    reattached: new Set(keptColumns(declarations, state.bases).keys()),
    consentForAccess: wish.consentForAccess,
  })
  const applicable = content.problems.length === 0
  const plan: Plan = {
    id: planId(context),
    baseVersion: state.version,
    ...content,
    files: filesOf(state, work),
    applicable,
  }
  return { plan, work: applicable ? addFills(work, state.model, changes) : undefined }
}

function planId(context: DeployContext): string {
  return `p_${Buffer.from(context.randomBytes(12)).toString('base64url')}`
}

const refusedSummary = message('Cannot be applied')

function refused(
  context: DeployContext,
  state: DeployState,
  problems: readonly PlanProblem[],
): Prepared {
  const plan: Plan = {
    id: planId(context),
    baseVersion: state.version,
    summary: inEnglish(refusedSummary),
    told: refusedSummary,
    changes: [],
    steps: [],
    problems,
    files: [],
    needsConsent: false,
    applicable: false,
  }
  return { plan, work: undefined }
}

export function problemOf(problem: SourceProblem): PlanProblem {
  const { component, ...rest } = problem
  return { component: component ?? rest.file, ...rest }
}

interface Resolved {
  readonly declarations: readonly Declaration[]
  readonly renames: Renames
}

/** What is wanted, with renames carried out and the translations of what goes left out. */
function resolveNames(state: DeployState, wish: Wish): Resolved {
  const resolved = resolveRenames(state, wish)
  const removed = removedKeys(state, resolved.declarations, resolved.renames)
  const { written } = wish
  const declarations = pruneTranslations(state, { ...resolved, removed, written })
  return { ...resolved, declarations }
}

/** Renames carry everything along that is named after what was renamed, and every mention of it. */
function resolveRenames(state: DeployState, wish: Wish): Resolved {
  const now = indexOf(state.model)
  const found = findRenames(now, wish.declarations)
  const fields = new Map([...found.fields, ...(wish.renamedFields ?? [])])
  const others = new Map([...dependentRenames(now, found.objects), ...(wish.renamedOthers ?? [])])
  const renames: Renames = { objects: found.objects, fields, others }
  if (!hasRenames(renames)) return { declarations: wish.declarations, renames }
  const isOld = (declaration: Declaration): boolean => {
    const key = componentKey(declaration.type, declaration.fullName)
    return !wish.written.has(key)
  }
  const renamed = wish.declarations.map((declaration) => withNewName(declaration, others))
  const declarations = rewriteReferences({ now, declarations: renamed, renames, isOld })
  return { declarations, renames }
}

function withNewName(declaration: Declaration, others: Renames['others']): Declaration {
  const { type } = declaration
  const to = others.get(componentKey(type, declaration.fullName))?.slice(type.length + 1)
  if (to === undefined) return declaration
  const body = Object.freeze({ ...declaration.body, fullName: to })
  // Only the name differs, so the body is still one of its type.
  return { type, fullName: to, body } as Declaration
}

function filesOf(state: DeployState, work: DeployWork): readonly PlanFile[] {
  const files = work.saved.map((declaration) => {
    const former = state.declarations.get(componentKey(declaration.type, declaration.fullName))
    return {
      path: fileOf(declaration),
      before: former === undefined ? null : componentText(former),
      after: componentText(declaration),
    }
  })
  const removed = work.removed.flatMap((component) => {
    const former = state.declarations.get(componentKey(component.type, component.fullName))
    if (former === undefined) return []
    return [{ path: fileOf(former), before: componentText(former), after: null }]
  })
  return [...files, ...removed]
}
