/** Checks what changed, and what mentions it; the rest was found right with the model before. */
import { inEnglish, message } from '../base/message.ts'
import { addedFields } from './added-fields.ts'
import { checkApprovals } from './approvals/check-approvals.ts'
import { checkConnectedApp, isApp } from './check-connected-app.ts'
import { checkCustomMetadata, isCustomMetadata } from './check-custom-metadata.ts'
import { checkFields } from './check-fields.ts'
import { checkFlow, isFlow } from './check-flows.ts'
import { checkCustomSetting } from './custom-settings.ts'
import { checkFormulas } from './check-formulas.ts'
import { checkObjectRules } from './check-object-rules.ts'
import { checkObjectNames } from './check-object-names.ts'
import { checkRecordTypes } from './check-record-types.ts'
import { checkRelations } from './check-relations.ts'
import { checkSharing } from './check-sharing.ts'
import { checkSummaries } from './check-summaries.ts'
import type { Declaration, SourceProblem } from './declaration.ts'
import { limits } from '../base/limits.ts'
import { formulaComponents } from './formula-mentions.ts'
import type { MentionKind } from './mention-sites.ts'
import { mentionsOf, objectOf, type Mention } from './mentions.ts'
import { checkEmailTemplate } from './emails/email-template.ts'
import { checkQuickAction } from './quick-actions/quick-action.ts'
import { checkServiceProcess, isProcess } from './processes/check-process-file.ts'
import { checkRules } from './rules/check-rules.ts'
import { recordNameOf } from './metadata-type-fields.ts'
import { isObject, type ModelIndex } from './model-index.ts'
import type { ObjectOutline } from './object-outline.ts'
import { componentKey, resolveMention } from './resolve-mention.ts'
import { problemAt } from './source-problem.ts'
import type { ValueSetLookup } from './picklist-entries.ts'
import { valueSetIn } from './value-sets.ts'

/** A mention or field that is kept and listed, but without effect. */
export interface KeptMention {
  readonly component: string
  readonly reason: string
}

/** What is kept without effect, by component key; what nobody asked for yet is not there. */
export type KnownKept = Map<string, readonly KeptMention[]>

interface Checked {
  readonly problems: readonly SourceProblem[]
  readonly kept: KnownKept
}

export interface CheckInput {
  readonly index: ModelIndex
  readonly previous: { readonly index: ModelIndex; readonly kept: KnownKept } | undefined
  readonly trusted: boolean
  readonly onCheck: (name: string) => void
}

export function checkComponents(input: CheckInput): Checked {
  const { index, previous } = input
  const kept: KnownKept = new Map(previous?.kept)
  const problems: SourceProblem[] = []
  // Nothing to find in what was found right before; what it keeps is looked up by whom it concerns.
  if (input.trusted && previous === undefined) return { problems, kept }
  const changed = changedNames(index, previous?.index)
  for (const key of changed.removed) kept.delete(key)
  for (const ofType of index.components.values()) {
    for (const declaration of ofType.values()) {
      const key = componentKey(declaration.type, declaration.fullName)
      if (!isConcerned(declaration, previous, changed.names)) {
        // Looked up just now of the model before, it holds for this one too: the next change finds it.
        const known = previous?.kept.get(key)
        if (known !== undefined) kept.set(key, known)
        continue
      }
      input.onCheck(declaration.fullName)
      const changedSince = isAsBefore(declaration, previous) ? changed.names : undefined
      const checked = checkOne(declaration, index, { trusted: input.trusted, changedSince })
      kept.set(key, checked.kept)
      problems.push(...checked.problems)
      if (problems.length >= limits.problemsReportedMax) return { problems, kept }
    }
  }
  if (!input.trusted) {
    problems.push(...checkRelations(index.outlines, index))
    problems.push(...checkFormulas({ index, outlines: index.outlines.values() }))
  }
  return { problems, kept }
}

/** What a component of the model says without effect; looked up once. */
export function keptOf(
  declaration: Declaration,
  index: ModelIndex,
  known: KnownKept,
): readonly KeptMention[] {
  const key = componentKey(declaration.type, declaration.fullName)
  const ready = known.get(key)
  if (ready !== undefined) return ready
  const { kept } = checkOne(declaration, index, { trusted: true, changedSince: undefined })
  known.set(key, kept)
  return kept
}

/** Looks up what the first check after a change asks of a component that did not change. */
export function prepareCheck(declaration: Declaration, index: ModelIndex, known: KnownKept): void {
  mentionedNames(declaration)
  keptOf(declaration, index, known)
}

interface Changes {
  /**
   * Lower-case names of components that came, went or changed, objects by all their names; of an object that only got new
   * fields, those fields.
   */
  readonly names: ReadonlySet<string>
  readonly removed: readonly string[]
}

function changedNames(now: ModelIndex, before: ModelIndex | undefined): Changes {
  const names = new Set<string>()
  const removed: string[] = []
  const note = (declaration: Declaration): void => {
    names.add(declaration.fullName.toLowerCase())
    // Other records name it without its type.
    if (isCustomMetadata(declaration)) names.add(recordNameOf(declaration.fullName).toLowerCase())
    if (!isObject(declaration)) return
    for (const name of declaration.body.previousNames ?? []) names.add(name.toLowerCase())
  }
  if (before === undefined) return { names, removed }
  for (const [type, ofType] of now.components) {
    for (const declaration of ofType.values()) {
      const former = before.components.get(type)?.get(declaration.fullName)
      if (former?.body === declaration.body) {
        if (isLinkedAnew(declaration, now, before)) note(declaration)
        continue
      }
      const added = former === undefined ? undefined : fieldsAdded(former, declaration)
      if (added === undefined) note(declaration)
      else for (const name of added) names.add(name)
    }
  }
  for (const [type, ofType] of before.components) {
    for (const declaration of ofType.values()) {
      if (now.components.get(type)?.has(declaration.fullName) === true) continue
      note(declaration)
      removed.push(componentKey(type, declaration.fullName))
    }
  }
  return { names, removed }
}

function fieldsAdded(former: Declaration, declaration: Declaration): readonly string[] | undefined {
  return isObject(former) && isObject(declaration) ? addedFields(former, declaration) : undefined
}

/** What its summaries are made of has changed elsewhere. */
function isLinkedAnew(declaration: Declaration, now: ModelIndex, before: ModelIndex): boolean {
  if (!isObject(declaration)) return false
  const name = declaration.fullName.toLowerCase()
  return now.outlines.get(name) !== before.outlines.get(name)
}

function outlineIn(index: ModelIndex, { fullName }: Declaration<'CustomObject'>): ObjectOutline {
  const outline = index.outlines.get(fullName.toLowerCase())
  if (outline === undefined) throw new Error(`no outline of ${fullName}`)
  return outline
}

function isConcerned(
  declaration: Declaration,
  previous: CheckInput['previous'],
  changed: ReadonlySet<string>,
): boolean {
  if (previous === undefined) return true
  const before = previous.index
  const former = before.components.get(declaration.type)?.get(declaration.fullName)
  if (former?.body !== declaration.body) return true
  if (changed.size === 0) return false
  // What was not there before may be by now, by whatever name.
  if (keptOf(former, before, previous.kept).length > 0) return true
  const object = objectOf(declaration)
  if (object !== undefined && changed.has(object.toLowerCase())) return true
  if (mentionedNames(declaration).some((name) => changed.has(name))) return true
  // What its formulas and names reach is known to its plan alone.
  if ((isFlow(declaration) || hasActions.has(declaration.type)) && changed.size > 0) return true
  // Everything that its formulas name was there before, so the former index knows what they meant.
  return namesInFormulas(declaration, before).some((name) => changed.has(name))
}

/** Whose actions and criteria are known to their plans alone. */
const hasActions: ReadonlySet<string> = new Set([
  'ApprovalProcess',
  'EntitlementProcess',
  'Workflow',
  'EmailTemplate',
  'QuickAction',
])

const namesByBody = new WeakMap<object, readonly string[]>()

/** Lower-case names of the components that a component mentions outright or as "Object.Field". */
function mentionedNames(declaration: Declaration): readonly string[] {
  const known = namesByBody.get(declaration.body)
  if (known !== undefined) return known
  const names = new Set<string>()
  for (const mention of mentionsOf(declaration)) {
    if (mention.site.kind === 'formula') continue
    const text = mention.text.toLowerCase().replace(/^standard-/, '')
    names.add(text)
    names.add(text.split('.', 1)[0] ?? text)
    if (mention.object !== undefined) names.add(mention.object.toLowerCase())
  }
  if (isCustomMetadata(declaration)) {
    for (const { value } of declaration.body.values ?? []) {
      if (typeof value !== 'string') continue
      names.add(value.toLowerCase())
      names.add(value.toLowerCase().split('.', 1)[0] ?? '')
    }
  }
  const list = [...names]
  namesByBody.set(declaration.body, list)
  return list
}

/** Lower-case names of the components that rules, defaults and filters of an object reach: parents and globals. */
function namesInFormulas(declaration: Declaration, index: ModelIndex): readonly string[] {
  if (!isObject(declaration)) return []
  return mentionsOf(declaration).flatMap(({ site, text, object }) =>
    site.kind === 'formula' ? formulaComponents(text, object, index) : [],
  )
}

/** True when the component is the same and every mention of it was found: only what changed can be missing now. */
function isAsBefore(declaration: Declaration, previous: CheckInput['previous']): boolean {
  if (previous === undefined) return false
  const { type, fullName, body } = declaration
  const before = previous.index.components.get(type)?.get(fullName)
  if (before?.body !== body) return false
  return keptOf(before, previous.index, previous.kept).length === 0
}

/** Mentions whose text alone says which component is meant. */
const outrightKinds: ReadonlySet<MentionKind> = new Set([
  'qualified',
  'object',
  'component',
  'valueSet',
])

function mayHaveMoved({ site, text }: Mention, changed: ReadonlySet<string>): boolean {
  if (!outrightKinds.has(site.kind)) return true
  const name = text.toLowerCase()
  return changed.has(name) || changed.has(name.split('.', 1)[0] ?? name)
}

interface CheckOptions {
  readonly trusted: boolean
  /** The names that changed since everything was found right; undefined when all must be checked. */
  readonly changedSince: ReadonlySet<string> | undefined
}

interface CheckedOne {
  readonly problems: readonly SourceProblem[]
  readonly kept: readonly KeptMention[]
}

function checkOne(
  declaration: Declaration,
  index: ModelIndex,
  { trusted, changedSince }: CheckOptions,
): CheckedOne {
  const problems: SourceProblem[] = []
  const kept: KeptMention[] = []
  const component = componentKey(declaration.type, declaration.fullName)
  const valueSets: ValueSetLookup = (name) => valueSetIn(index, name)
  if (!trusted && isCustomMetadata(declaration)) {
    problems.push(...checkCustomMetadata(declaration, index, valueSets))
  }
  if (!trusted)
    problems.push(...checkSharing(declaration, index), ...checkRules(declaration, index))
  if (!trusted && isApp(declaration)) {
    problems.push(...checkConnectedApp(declaration, index.components))
  }
  if (isFlow(declaration)) {
    const flow = checkFlow(declaration, index)
    if (!trusted) problems.push(...flow.problems)
    kept.push(...flow.inert.map((reason) => ({ component, reason })))
  }
  for (const check of [checkEmailTemplate, checkApprovals, checkQuickAction]) {
    const found = check(declaration, index)
    if (!trusted) problems.push(...found.problems)
    kept.push(...found.inert.map((reason) => ({ component, reason })))
  }
  if (isProcess(declaration)) {
    const found = checkServiceProcess(declaration, index)
    kept.push(...found.kept)
    if (!trusted) problems.push(...found.problems)
  }
  if (isObject(declaration)) {
    const found = checkObject(declaration, index, { trusted, valueSets })
    kept.push(...found.kept)
    problems.push(...found.problems)
  }
  for (const mention of mentionsOf(declaration)) {
    if (changedSince !== undefined && !mayHaveMoved(mention, changedSince)) continue
    const resolution = resolveMention(mention, index)
    if (resolution.kind === 'kept') kept.push({ component, reason: resolution.reason })
    if (resolution.kind === 'missing' && !trusted) {
      const reason = message('{type} {name}: {reason}', {
        type: declaration.type,
        name: declaration.fullName,
        reason: resolution.reason,
      })
      problems.push(
        problemAt(declaration, mention.pointer, {
          reason,
          suggestion: resolution.suggestion,
        }),
      )
    }
  }
  return { problems, kept }
}

function checkObject(
  declaration: Declaration<'CustomObject'>,
  index: ModelIndex,
  { trusted, valueSets }: { readonly trusted: boolean; readonly valueSets: ValueSetLookup },
): CheckedOne {
  const outline = outlineIn(index, declaration)
  const component = componentKey(declaration.type, declaration.fullName)
  const types = checkRecordTypes(outline, valueSets)
  const rules = checkObjectRules(outline, index)
  const kept: readonly KeptMention[] = [
    ...[...outline.kept.values()].map((field) => ({
      component: componentKey('CustomField', `${outline.name}.${field.name}`),
      reason: `field ${outline.name}.${field.name} ${inEnglish(field.reason)}`,
    })),
    ...types.kept.map((told) => ({ component, reason: inEnglish(told) })),
    ...rules.kept,
  ]
  if (trusted) return { problems: [], kept }
  const problems = [
    ...rules.problems,
    ...checkObjectNames(outline),
    ...checkFields(outline, valueSets),
    ...types.problems,
    ...checkSummaries(declaration, index),
    ...checkCustomSetting(declaration),
  ]
  return { problems, kept }
}
