/** From two models and figures of the data to the plan: what happens, how heavy it is, what it may lose. Pure. */
import { inEnglish, message, type Message } from '../base/message.ts'
import { sameJson } from '../base/same-json.ts'
import type { ModelChange } from '../model/compare-models.ts'
import { literalDefault } from '../query/literal-default.ts'
import type { FieldModel, Model } from '../model/model.ts'
import { inverse } from '../model/renames.ts'
import { opensSharing, openedRights } from './access-changes.ts'
import type { DeployWork } from './deploy-work.ts'
import { fieldPair, fieldQuestions, type FieldPair, type ModelPair } from './field-changes.ts'
import type { FieldContext } from './field-step-parts.ts'
import { fieldSteps } from './field-steps.ts'
import { answer, type Figures, type Question } from './figures.ts'
import { heldProblems } from './held-records.ts'
import type { Plan, PlanProblem, PlanStep } from './plan.ts'
import { recordTypeQuestions, removedRecordType } from './record-type-steps.ts'
import { ruleQuestions, ruleSteps } from './rule-steps.ts'
import { summarySteps } from './roll-up-work.ts'
import { described, instant, labelOfObject, nameOfComponent, type Named } from './plan-words.ts'
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

export type PlanContent = Pick<
  Plan,
  'summary' | 'told' | 'changes' | 'steps' | 'problems' | 'needsConsent'
>

/** What `figures` must answer before the plan can be made. */
export function planQuestions(
  models: ModelPair,
  changes: readonly ModelChange[],
): readonly Question[] {
  const questions = changes.flatMap((change): readonly Question[] => {
    if (change.type === 'CustomObject' && change.change === 'delete') {
      const object = change.fullName
      return [
        { kind: 'rows', object },
        { kind: 'held', object },
      ]
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
  const told = summaryOf(input, models)
  return {
    summary: inEnglish(told),
    told,
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
  if (change.type === 'CustomObject') {
    const problems = change.change === 'delete' ? heldProblems(change, context) : []
    return { steps: objectSteps(change, context), problems }
  }
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

function sentence(change: ModelChange, models: ModelPair): Message {
  if (change.change === 'rename') {
    return message('Renames {from} to {to}; values stay, the old name goes on answering.', {
      from: change.from ?? '',
      to: change.fullName,
    })
  }
  const { object, ...named } = nameOfComponent(change, models)
  return object === undefined
    ? wholeSentences[change.change](named)
    : partSentences[change.change]({ ...named, object })
}

type Sentences<Values> = Readonly<
  Record<'create' | 'update' | 'delete', (values: Values) => Message>
>
type Whole = Pick<Named, 'noun' | 'name'>
type Part = Required<Named>

const wholeSentences: Sentences<Whole> = {
  create: (values) => message('Adds {noun} {name}.', { ...values }),
  update: (values) => message('Changes {noun} {name}.', { ...values }),
  delete: (values) => message('Removes {noun} {name}.', { ...values }),
}

const partSentences: Sentences<Part> = {
  create: (values) => message('Adds {noun} {name} to {object}.', { ...values }),
  update: (values) => message('Changes {noun} {name} of {object}.', { ...values }),
  delete: (values) => message('Removes {noun} {name} from {object}.', { ...values }),
}

function objectSteps(change: ModelChange, context: Context): readonly PlanStep[] {
  const { models } = context
  const object = change.fullName
  if (change.change === 'delete') return [deletedObject(change, context)]
  const model = models.wanted.object(object)
  if (change.change === 'create') {
    const told = message('Creates the table of {object} with {count} fields.', {
      object: labelOfObject(models.wanted, object),
      count: model?.fields.length ?? 0,
    })
    return [instant(told, { object })]
  }
  const steps = [instant(sentence(change, models), { object })]
  if (change.change === 'rename') return steps
  const before = models.now.object(object)?.declaration.sharingModel
  if (!opensSharing(before, model?.declaration.sharingModel)) return steps
  const told = message('Shows records of {object} to more people: {before} becomes {after}.', {
    object: labelOfObject(models.wanted, object),
    before: before ?? 'ReadWrite',
    after: model?.declaration.sharingModel ?? 'ReadWrite',
  })
  const needsConsent = context.consentForAccess
  return [...steps, { class: 'changesAccess', ...described(told), object, needsConsent }]
}

function deletedObject(change: ModelChange, context: Context): PlanStep {
  const object = change.fullName
  const { total } = answer(context.figures, { kind: 'rows', object })
  const label = labelOfObject(context.models.now, object)
  return {
    class: 'losesData',
    ...described(
      message(
        total === 1
          ? 'Removes {object} with {count} record; the table is kept until it is purged.'
          : 'Removes {object} with {count} records; the table is kept until it is purged.',
        { object: label, count: { amount: total } },
      ),
    ),
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
    const told = message(
      index.unique
        ? 'Builds a unique index on {columns} of {object}.'
        : 'Builds an index on {columns} of {object}.',
      { columns: index.columns.join(', '), object: labelOfObject(wanted, object) },
    )
    return { class: 'scans', ...described(told), object, needsConsent: false }
  })
}

function accessSteps(input: PlanInput, models: ModelPair): readonly PlanStep[] {
  return openedRights(models, input.reattached).map(({ grantor, on, rights }) => ({
    class: 'changesAccess',
    ...described(
      message('{grantor} gets {rights} on {on}.', { grantor, rights: rights.join(', '), on }),
    ),
    needsConsent: input.consentForAccess,
  }))
}

/** "Add field Hardship Reason to Collection Plan", with the number of further changes. */
function summaryOf({ changes, work }: PlanInput, models: ModelPair): Message {
  const replaced = work.valueMoves.find((move) => move.kind === 'replace')
  if (replaced !== undefined) {
    const { from, to, object, field } = replaced
    const values = { value: from, field: `${object}.${field}` }
    return to === null
      ? message('Take out "{value}" in {field}', values)
      : message('Replace "{value}" by "{other}" in {field}', { ...values, other: to })
  }
  // An object or field says more than the layouts and rights that follow from it.
  const first =
    changes.find((change) => change.type === 'CustomObject') ??
    changes.find((change) => change.type === 'CustomField') ??
    changes[0]
  if (first === undefined) return message('No changes')
  const main = headline(first, models)
  const more = changes.length - 1
  if (more === 0) return main
  return message(
    more === 1 ? '{main} and {count} more change' : '{main} and {count} more changes',
    { main, count: { amount: more } },
  )
}

function headline(change: ModelChange, models: ModelPair): Message {
  if (change.change === 'rename') {
    return message('Rename {from} to {to}', { from: change.from ?? '', to: change.fullName })
  }
  const { object, ...named } = nameOfComponent(change, models)
  return object === undefined
    ? wholeHeadlines[change.change](named)
    : partHeadlines[change.change]({ ...named, object })
}

const wholeHeadlines: Sentences<Whole> = {
  create: (values) => message('Add {noun} {name}', { ...values }),
  update: (values) => message('Change {noun} {name}', { ...values }),
  delete: (values) => message('Remove {noun} {name}', { ...values }),
}

const partHeadlines: Sentences<Part> = {
  create: (values) => message('Add {noun} {name} to {object}', { ...values }),
  update: (values) => message('Change {noun} {name} of {object}', { ...values }),
  delete: (values) => message('Remove {noun} {name} from {object}', { ...values }),
}
