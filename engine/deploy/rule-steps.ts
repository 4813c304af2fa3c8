/** What a plan says of a validation rule: how many records would be refused if they were saved as they are. */
import { message } from '../base/message.ts'
import type { ModelChange } from '../model/compare-models.ts'
import type { ModelPair } from './field-changes.ts'
import { questionKey, type Figures, type Question } from './figures.ts'
import type { PlanStep } from './plan.ts'
import { described, instant, share } from './plan-words.ts'

/** Rules that are switched off refuse nothing. */
export function ruleQuestions(
  { fullName, change }: ModelChange,
  { now, wanted }: ModelPair,
): readonly Question[] {
  const dot = fullName.indexOf('.')
  const [object, field] = [fullName.slice(0, dot), fullName.slice(dot + 1)]
  const rule = wanted
    .object(object)
    ?.declaration.validationRules?.find((one) => one.fullName === field)
  const isMeant = (change === 'create' || change === 'update') && rule?.active !== false
  if (rule === undefined || !isMeant || now.object(object) === undefined) return []
  return [{ kind: 'fails', object, field }]
}

/** Where nothing could be counted, the plan says so: the rule needs fields that are not there yet, or depends on who saves. */
export function ruleSteps(
  change: ModelChange,
  models: ModelPair,
  figures: Figures,
): readonly PlanStep[] {
  return ruleQuestions(change, models).flatMap((question): readonly PlanStep[] => {
    const found = figures.get(questionKey(question))
    if (found === undefined) return [uncounted(question)]
    const { affected, total, examples, looked = total } = found
    const values = { share: share(affected, looked), rule: question.field ?? '' }
    return [
      {
        class: 'scans',
        ...described(
          message(
            looked < total
              ? '{share} fail the rule {rule} (only so many were looked at); they stay as they are until they are saved.'
              : '{share} fail the rule {rule}; they stay as they are until they are saved.',
            values,
          ),
        ),
        object: question.object,
        affected,
        total,
        examples,
        needsConsent: false,
      },
    ]
  })
}

function uncounted({ object, field = '' }: Question): PlanStep {
  const told = message(
    'How many records would fail the rule {rule} is not counted: it asks who saves a record, looks other records up, or needs fields that are not there yet.',
    { rule: field },
  )
  return instant(told, { object })
}
