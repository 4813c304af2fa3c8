/** A declared quick action → what it makes of which object, with everything that is wrong in it. */
import type { FieldOverride, QuickAction } from '../../../metadata/types.ts'
import { inEnglish, message, type Message } from '../../base/message.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { analyseFormula } from '../../formula/analyse-formula.ts'
import type { Formula } from '../../formula/tree.ts'
import type { Declaration, SourceProblem } from '../declaration.ts'
import { contextOf, targetOf } from './action-names.ts'
import { isKnownStandardObject } from '../known-standard-names.ts'
import type { FieldSketch, ObjectOutline } from '../object-outline.ts'
import { qualifiedScope } from '../qualified-scope.ts'
import type { Scope } from '../scope.ts'
import { didYouMean, problemAt, type Pointer } from '../source-problem.ts'

export const createKinds = ['Create', 'LogACall'] as const
export type QuickActionKind = (typeof createKinds)[number] | 'Update'

/** What a field begins with: a text of the file, or a formula over the record that the action starts from. */
export interface Preset {
  readonly field: string
  readonly value: string | Formula
}

export interface QuickActionPlan {
  readonly name: string
  readonly kind: QuickActionKind
  /** The object whose records it starts from; undefined for global ones. */
  readonly context: string | undefined
  /** The object of the record that is made, or changed. */
  readonly target: string
  /** The lookup of the new record that leads to where it was started. */
  readonly parentField: string | undefined
  /** Developer name. */
  readonly recordType: string | undefined
  readonly presets: readonly Preset[]
}

interface Finding {
  readonly pointer: Pointer
  readonly reason: Message
  readonly suggestion?: Message | undefined
}

export interface CompiledQuickAction {
  /** Undefined where it has no effect. */
  readonly plan: QuickActionPlan | undefined
  readonly findings: readonly Finding[]
  /** Why it has no effect. */
  readonly inert: readonly string[]
}

export function isQuickAction(declaration: Declaration): declaration is Declaration<'QuickAction'> {
  return declaration.type === 'QuickAction'
}

/** What makes a task a call that was held. */
const presetsOfCall = new Map([
  ['TaskSubtype', 'Call'],
  ['Status', 'Completed'],
])

export function checkQuickAction(declaration: Declaration, index: Scope) {
  const problems: SourceProblem[] = []
  if (!isQuickAction(declaration)) return { problems, inert: [] }
  const { fullName: name, body } = declaration
  const { findings, inert } = compileQuickAction(body, index)
  for (const { pointer, reason, suggestion } of findings) {
    const told = message('QuickAction {name}: {reason}', { name, reason })
    problems.push(problemAt(declaration, pointer, { reason: told, suggestion }))
  }
  return { problems, inert }
}

export function compileQuickAction(body: Readonly<QuickAction>, index: Scope): CompiledQuickAction {
  const work: Work = { body, index, findings: [], inert: [] }
  const kind = kinds.find((one) => one === body.type)
  if (kind === undefined) {
    const told = `actions of the type ${body.type ?? '(none)'} do not run here`
    return { plan: undefined, findings: [], inert: [told] }
  }
  const plan = planOf(work, kind)
  const { findings, inert } = work
  return { plan: findings.length + inert.length === 0 ? plan : undefined, findings, inert }
}

const kinds: readonly QuickActionKind[] = [...createKinds, 'Update']

interface Work {
  readonly body: Readonly<QuickAction>
  readonly index: Scope
  readonly findings: Finding[]
  readonly inert: string[]
}

function planOf(work: Work, kind: QuickActionKind): QuickActionPlan | undefined {
  const { body, findings } = work
  const name = body.fullName
  const contextName = contextOf(name)
  const context = contextName === undefined ? undefined : objectNamed(work, contextName)
  if (contextName !== undefined && context === undefined) return undefined
  const targetName = targetOf(body)
  if (targetName === undefined || (kind === 'Update' && context === undefined)) {
    const reason =
      kind === 'Update'
        ? message('an action of the type Update is named after an object: Object.Name')
        : message('an action of the type Create names its targetObject')
    findings.push({ pointer: [], reason })
    return undefined
  }
  // An unknown object is told of by whoever looks at mentions.
  const target = work.index.outline(targetName)
  if (target === undefined) {
    work.inert.push(`object ${targetName} is not in this model`)
    return undefined
  }
  if (kind === 'Update' && target !== context) {
    const reason = message('an action of the type Update changes the record it starts from')
    findings.push({ pointer: ['targetObject'], reason })
    return undefined
  }
  return {
    name,
    kind,
    context: context?.name,
    target: target.name,
    parentField: kind === 'Update' ? undefined : parentOf(work, target, context),
    recordType: recordTypeOf(work, target),
    presets: presetsOf(work, { kind, target, context }),
  }
}

function objectNamed({ index, findings, inert }: Work, name: string): ObjectOutline | undefined {
  const outline = index.outline(name)
  if (outline !== undefined) return outline
  if (isKnownStandardObject(name)) inert.push(`object ${name} is not in this model`)
  else {
    const suggestion = didYouMean(nearestName(name, index.objectNames))
    const reason = message('there is no object "{name}"', { name })
    findings.push({ pointer: ['fullName'], reason, suggestion })
  }
  return undefined
}

/** By the field's name, or as the platform writes it: `Account` for `AccountId`. */
function parentOf(
  work: Work,
  target: ObjectOutline,
  context: ObjectOutline | undefined,
): string | undefined {
  const { body, findings, inert } = work
  const named = body.targetParentField
  if (context === undefined) return undefined
  const leads = (targets: readonly string[]): boolean =>
    targets.some((one) => work.index.outline(one) === context)
  if (named === undefined) {
    const isCall = body.type === 'LogACall'
    const found = target.references.filter(
      ({ field, targets }) => isCall && field.origin === 'declared' && leads(targets),
    )
    return found[0]?.field.name
  }
  const wanted = named.toLowerCase()
  const own = target.byName.get(wanted)
  const reference = target.references.find(
    (one) => one.field === own || one.path.toLowerCase() === wanted,
  )
  const pointer = ['targetParentField']
  const values = { object: target.name, name: named, context: context.name }
  if (reference === undefined) {
    const reason = message('{object} has no lookup "{name}" that leads to {context}', values)
    if (target.partial && !named.endsWith('__c')) inert.push(inEnglish(reason))
    else findings.push({ pointer, reason })
    return undefined
  }
  if (leads(reference.targets)) return reference.field.name
  const reason = message('the lookup {name} of {object} does not lead to {context}', values)
  // Lookups of the platform lead to every object; ours lead to those that they name.
  if (reference.targets.length > 1) inert.push(inEnglish(reason))
  else findings.push({ pointer, reason })
  return undefined
}

/** The name of the record's own object may stand before it; `Master` means none. */
function recordTypeOf(work: Work, target: ObjectOutline): string | undefined {
  const { targetRecordType: given } = work.body
  const name = given?.slice(given.lastIndexOf('.') + 1)
  if (name === undefined || name === '' || name === 'Master') return undefined
  const types = target.declaration.body.recordTypes ?? []
  const found = types.find((one) => one.fullName.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found.fullName
  const isOther = given?.includes('.') === true && contextOf(given) !== target.name
  const values = { object: target.name, type: 'RecordType', name }
  const reason = message('{object} has no {type} "{name}"', values)
  const suggestion = didYouMean(
    nearestName(
      name,
      types.map((one) => one.fullName),
    ),
  )
  if (target.partial || isOther) work.inert.push(inEnglish(reason))
  else work.findings.push({ pointer: ['targetRecordType'], reason, suggestion })
  return undefined
}

interface Place {
  readonly kind: QuickActionKind
  readonly target: ObjectOutline
  readonly context: ObjectOutline | undefined
}

function presetsOf(work: Work, place: Place): readonly Preset[] {
  const { target, kind } = place
  const overrides = work.body.fieldOverrides ?? []
  const own = overrides.flatMap((override, at) => presetOf(work, place, { override, at }) ?? [])
  if (kind !== 'LogACall') return own
  const implied = [...presetsOfCall].flatMap(([name, value]) => {
    const field = target.byName.get(name.toLowerCase())?.name
    const isSet = own.some((one) => one.field === field)
    return field === undefined || isSet ? [] : [{ field, value }]
  })
  return [...implied, ...own]
}

interface Override {
  readonly override: FieldOverride
  readonly at: number
}

function presetOf(
  work: Work,
  { target, context }: Place,
  { override, at }: Override,
): Preset | undefined {
  const { field: name, formula: text, literalValue } = override
  const sketch = target.byName.get(name.toLowerCase())
  if (sketch === undefined) {
    work.inert.push(`field ${target.name}.${name} is not in this model`)
    return undefined
  }
  const report = (key: string, reason: Message): undefined => {
    work.findings.push({ pointer: ['fieldOverrides', at, key], reason })
    return undefined
  }
  const field = sketch.name
  if (isComputed(sketch)) {
    return report('field', message('{field} is computed and cannot be set', { field }))
  }
  if ((text === undefined) === (literalValue === undefined)) {
    const told = message('the value of {field} is a formula or a literalValue', { field })
    return report('field', told)
  }
  if (text === undefined) return { field, value: literalValue ?? '' }
  const none = message('a global action starts from no record')
  const scope = qualifiedScope(work.index, context?.name, none)
  const { formula, problem } = analyseFormula({ text, scope, context: 'rule' })
  if (formula !== undefined) return { field, value: formula }
  return report(
    'formula',
    message('the formula of {field}: {reason}', { field, reason: problem.told }),
  )
}

function isComputed({ formula, type }: FieldSketch): boolean {
  return formula !== undefined || type.calculated === true
}
