/** From two models and figures of the data to the plan: what happens, how heavy it is, what it may lose. Pure. */
import { sameJson, type ModelChange } from '../model/compare-models.ts'
import { literalDefault } from '../query/literal-default.ts'
import type { FieldModel, Model } from '../model/model.ts'
import { inverse } from '../model/renames.ts'
import { opensSharing, openedRights } from './access-changes.ts'
import type { DeployWork } from './deploy-work.ts'
import { fieldPair, fieldQuestions, type FieldPair, type ModelPair } from './field-changes.ts'
import { fieldSteps, type FieldContext } from './field-steps.ts'
import { answer, type Figures, type Question } from './figures.ts'
import type { Plan, PlanProblem, PlanStep } from './plan.ts'
import { recordTypeQuestions, removedRecordType } from './record-type-steps.ts'
import { ruleQuestions, ruleSteps } from './rule-steps.ts'
import { summarySteps } from './roll-up-work.ts'
import { count, instant, labelOfComponent, labelOfObject } from './plan-words.ts'
import { valueSteps } from './value-steps.ts'

export interface PlanInput {
  readonly now: Model
  readonly work: DeployWork
  readonly changes: readonly ModelChange[]
  readonly figures: Figures
  /** "Object.Field" of new fields that take up the columns of a deleted one. */
  readonly reattached: ReadonlySet<string>
  /** Files are applied without a person looking, so what opens data to more people waits too. */
  readonly consentForAccess: boolean
}

export type PlanContent = Pick<Plan, 'summary' | 'changes' | 'steps' | 'problems' | 'needsConsent'>

/** What `figures` must answer before the plan can be made. */
export function planQuestions(
  models: ModelPair,
  changes: readonly ModelChange[],
): readonly Question[] {
  const questions = changes.flatMap((change): readonly Question[] => {
    if (change.type === 'CustomObject' && change.change === 'delete') {
      return [{ kind: 'rows', object: change.fullName }]
    }
    if (isNameChange(change, models)) return fieldQuestions(namePair(change, models))
    if (change.type === 'RecordType') return recordTypeQuestions(change, models)
    if (change.type === 'ValidationRule') return ruleQuestions(change, models)
    if (change.type !== 'CustomField' || change.change === 'rename') return []
    const pair = fieldPair(change, models)
    return fieldQuestions(pair)
  })
  return questions
}

export function planDeploy(input: PlanInput): PlanContent {
  const models: ModelPair = {
    now: input.now,
    wanted: input.work.wanted,
    renames: input.work.renames,
  }
  const steps: PlanStep[] = []
  const problems: PlanProblem[] = []
  for (const change of input.changes) {
    const planned = planChange(change, { ...input, models })
    steps.push(...planned.steps)
    problems.push(...planned.problems)
  }
  const values = valueSteps(models, input.figures, input.work.valueMoves)
  steps.push(...values.steps, ...summarySteps(input.work, input.figures))
  steps.push(...indexSteps(input.work, models.wanted))
  problems.push(...values.problems)
  steps.push(...accessSteps(input, models))
  return {
    summary: summaryOf(input, models),
    changes: input.changes,
    steps,
    problems,
    needsConsent: steps.some((step) => step.needsConsent),
  }
}

interface Context extends PlanInput {
  readonly models: ModelPair
}

interface Planned {
  readonly steps: readonly PlanStep[]
  readonly problems: readonly PlanProblem[]
}

/** The name field stands among the object's own attributes, and holds values like any other. */
function isNameChange({ type, change, fullName }: ModelChange, models: ModelPair): boolean {
  if (type !== 'CustomObject' || change !== 'update') return false
  const old = inverse(models.renames.objects).get(fullName) ?? fullName
  const before = models.now.object(old)?.declaration.nameField
  const after = models.wanted.object(fullName)?.declaration.nameField
  return before !== undefined && after !== undefined && !sameJson(before, after)
}

function namePair({ fullName }: ModelChange, models: ModelPair): FieldPair {
  return fieldPair(
    { type: 'CustomField', fullName: nameOf(fullName, models), change: 'update' },
    models,
  )
}

function nameOf(object: string, { wanted }: ModelPair): string {
  return `${object}.${wanted.object(object)?.nameField.name ?? ''}`
}

function planChange(change: ModelChange, context: Context): Planned {
  if (isNameChange(change, context.models)) {
    const name = nameOf(change.fullName, context.models)
    const planned = fieldSteps(namePair(change, context.models), fieldContext(name, context))
    const steps = [...objectSteps(change, context), ...planned.steps]
    return { steps, problems: planned.problems }
  }
  if (change.type === 'CustomObject') return { steps: objectSteps(change, context), problems: [] }
  if (change.type === 'CustomField' && change.change !== 'rename') {
    return fieldSteps(fieldPair(change, context.models), fieldContext(change.fullName, context))
  }
  if (change.type === 'RecordType' && change.change === 'delete') {
    return removedRecordType(change, context)
  }
  const ruled = change.type === 'ValidationRule'
  const noted = ruled ? ruleSteps(change, context.models, context.figures) : []
  return { steps: [instant(sentence(change, context.models)), ...noted], problems: [] }
}

function fieldContext(name: string, { figures, reattached }: Context): FieldContext {
  const hasDefault = (field: FieldModel): boolean => literalDefault(field) !== undefined
  return { figures, reattached, name, hasDefault }
}

const verbs = { create: 'Adds', update: 'Changes', delete: 'Removes', rename: 'Renames' } as const

function sentence(change: ModelChange, models: ModelPair): string {
  const label = labelOfComponent(change, models)
  if (change.change !== 'rename') return `${verbs[change.change]} ${label}.`
  return `Renames ${change.from ?? ''} to ${change.fullName}; values stay, the old name goes on answering.`
}

function objectSteps(change: ModelChange, context: Context): readonly PlanStep[] {
  const { models } = context
  const object = change.fullName
  if (change.change === 'delete') return [deletedObject(change, context)]
  const model = models.wanted.object(object)
  if (change.change === 'create') {
    const fields = model?.fields.length ?? 0
    return [
      instant(
        `Creates the table of ${labelOfObject(models.wanted, object)} with ${fields} fields.`,
        { object },
      ),
    ]
  }
  const steps = [instant(sentence(change, models), { object })]
  if (change.change === 'rename') return steps
  const before = models.now.object(object)?.declaration.sharingModel
  if (!opensSharing(before, model?.declaration.sharingModel)) return steps
  const description = `Shows records of ${labelOfObject(models.wanted, object)} to more people: ${before ?? 'ReadWrite'} becomes ${model?.declaration.sharingModel ?? 'ReadWrite'}.`
  return [
    ...steps,
    { class: 'changesAccess', description, object, needsConsent: context.consentForAccess },
  ]
}

function deletedObject(change: ModelChange, context: Context): PlanStep {
  const object = change.fullName
  const { total } = answer(context.figures, { kind: 'rows', object })
  const label = labelOfObject(context.models.now, object)
  return {
    class: 'losesData',
    description: `Removes ${label} with ${count(total, 'record')}; the table is kept until it is purged.`,
    object,
    affected: total,
    total,
    needsConsent: total > 0,
  }
}

function indexSteps(work: DeployWork, wanted: Model): readonly PlanStep[] {
  const labels = new Map(
    wanted.objectNames.map((name) => [work.bindings.get(name)?.table, name] as const),
  )
  return work.tables.index.map(({ table, index }) => {
    const object = labels.get(table) ?? table
    const kind = index.unique ? 'unique index' : 'index'
    const description = `Builds a ${kind} on ${index.columns.join(', ')} of ${labelOfObject(wanted, object)}.`
    return { class: 'scans', description, object, needsConsent: false }
  })
}

function accessSteps(input: PlanInput, models: ModelPair): readonly PlanStep[] {
  return openedRights(models, input.reattached).map(({ grantor, on, rights }) => ({
    class: 'changesAccess',
    description: `${grantor} gets ${rights.join(', ')} on ${on}.`,
    needsConsent: input.consentForAccess,
  }))
}

/** "Add field Hardship Reason to Collection Plan", with the number of further changes. */
function summaryOf({ changes, work }: PlanInput, models: ModelPair): string {
  const replaced = work.valueMoves.find((move) => move.kind === 'replace')
  if (replaced !== undefined) {
    const { from, to, object, field } = replaced
    const what = to === null ? `Take out "${from}"` : `Replace "${from}" by "${to}"`
    return `${what} in ${object}.${field}`
  }
  // An object or field says more than the layouts and rights that follow from it.
  const first =
    changes.find((change) => change.type === 'CustomObject') ??
    changes.find((change) => change.type === 'CustomField') ??
    changes[0]
  if (first === undefined) return 'No changes'
  const label = labelOfComponent(first, models)
  const words = { create: 'Add', update: 'Change', delete: 'Remove', rename: 'Rename' } as const
  const main =
    first.change === 'rename'
      ? `Rename ${first.from ?? ''} to ${first.fullName}`
      : `${words[first.change]} ${label}`
  const more = changes.length - 1
  return more === 0 ? main : `${main} and ${count(more, 'more change')}`
}
