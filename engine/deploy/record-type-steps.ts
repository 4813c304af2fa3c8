/** What becomes of records whose record type is removed: nothing, for such a plan is refused with their number; pure. */
import { message } from '../base/message.ts'
import type { ModelChange } from '../model/compare-models.ts'
import type { RecordTypeModel } from '../model/model.ts'
import { inverse } from '../model/renames.ts'
import { recordTypeField } from '../model/system-fields.ts'
import type { ModelPair } from './field-changes.ts'
import { answer, type Figures, type Question } from './figures.ts'
import type { PlanProblem, PlanStep } from './plan.ts'
import { described, labelOfObject, share } from './plan-words.ts'
import { reasoned } from '../model/source-problem.ts'

/** Who is asked before a record type may go: the records that are of it. */
export function recordTypeQuestions(change: ModelChange, models: ModelPair): readonly Question[] {
  const found = change.change === 'delete' ? formerType(change, models) : undefined
  return found === undefined ? [] : [questionOf(formerObject(change, models), found)]
}

export interface RecordTypeContext {
  readonly models: ModelPair
  readonly figures: Figures
}

export function removedRecordType(
  change: ModelChange,
  { models, figures }: RecordTypeContext,
): { readonly steps: readonly PlanStep[]; readonly problems: readonly PlanProblem[] } {
  const former = formerType(change, models)
  if (former === undefined) return { steps: [], problems: [] }
  const before = formerObject(change, models)
  const { affected, total, examples } = answer(figures, questionOf(before, former))
  const object = objectOf(change)
  const values = {
    recordType: former.label,
    object: labelOfObject(models.now, before),
    share: share(affected, total),
  }
  const step: PlanStep = {
    class: 'scans',
    ...described(
      message(
        affected === 1
          ? 'Removes record type {recordType} of {object}: {share} is of it.'
          : 'Removes record type {recordType} of {object}: {share} are of it.',
        values,
      ),
    ),
    object,
    field: recordTypeField,
    affected,
    total,
    examples,
    needsConsent: false,
  }
  if (affected === 0) return { steps: [step], problems: [] }
  const problem: PlanProblem = {
    component: change.fullName,
    ...reasoned(
      message(
        affected === 1
          ? '{share} is of the record type {recordType}; it cannot be removed.'
          : '{share} are of the record type {recordType}; it cannot be removed.',
        values,
      ),
      message('give the records another record type first, or make this one inactive'),
    ),
    references: examples,
  }
  return { steps: [step], problems: [problem] }
}

function objectOf(change: ModelChange): string {
  return change.fullName.slice(0, change.fullName.indexOf('.'))
}

/** The object under the name that it has in the present model. */
function formerObject(change: ModelChange, { renames }: ModelPair): string {
  const object = objectOf(change)
  return inverse(renames.objects).get(object) ?? object
}

function formerType(change: ModelChange, models: ModelPair): RecordTypeModel | undefined {
  const name = change.fullName.slice(change.fullName.indexOf('.') + 1)
  const object = models.now.object(formerObject(change, models))
  return object?.recordTypes.find((one) => one.name === name)
}

function questionOf(object: string, { id }: RecordTypeModel): Question {
  return { kind: 'holding', object, field: recordTypeField, value: id }
}
