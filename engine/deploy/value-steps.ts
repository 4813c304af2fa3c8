/** What a plan says of values that leave a list, become inactive, change places or give way to others; pure. */
import { message } from '../base/message.ts'
import type { FieldModel } from '../model/model.ts'
import { inverse } from '../model/renames.ts'
import type { ModelPair } from './field-changes.ts'
import { answer, type Figures, type Finding, type Question } from './figures.ts'
import type { PlanProblem, PlanStep } from './plan.ts'
import { described, instant, share } from './plan-words.ts'
import { reasoned } from '../model/source-problem.ts'
import { mentionsOfValue } from './value-mentions.ts'
import { listChanges, type ListChange } from './value-changes.ts'
import type { ValueMove } from './value-moves.ts'

export function valueQuestions(
  models: ModelPair,
  moves: readonly ValueMove[],
): readonly Question[] {
  const asked: Question[] = []
  for (const { from, removed, deactivated, isReordered } of listChanges(
    models.now,
    models.wanted,
    models.renames,
  )) {
    for (const value of [...removed, ...deactivated]) asked.push(holders(from, value))
    if (isReordered) asked.push(several(from))
  }
  for (const move of moves) {
    const field = fieldNow(models, move)
    if (field === undefined || move.kind === 'reorder') continue
    asked.push(move.kind === 'replace' ? holders(field, move.from) : restorable(field, move.entry))
  }
  return asked
}

function holders({ object, name }: FieldModel, value: string): Question {
  return { kind: 'holding', object, field: name, value }
}

function several({ object, name }: FieldModel): Question {
  return { kind: 'several', object, field: name }
}

function restorable({ object, name }: FieldModel, entry: number): Question {
  return { kind: 'replaced', object, field: name, value: String(entry) }
}

/** Moves go by wanted names; questions are put to the present tables. */
function fieldNow(models: ModelPair, move: ValueMove): FieldModel | undefined {
  const object = inverse(models.renames.objects).get(move.object) ?? move.object
  const names = inverse(models.renames.fields.get(object) ?? new Map<string, string>())
  const name = names.get(move.field) ?? move.field
  return models.now.object(object)?.fieldsByName.get(name.toLowerCase())
}

interface Planned {
  readonly steps: readonly PlanStep[]
  readonly problems: readonly PlanProblem[]
}

export function valueSteps(
  models: ModelPair,
  figures: Figures,
  moves: readonly ValueMove[],
): Planned {
  const steps: PlanStep[] = []
  const problems: PlanProblem[] = []
  for (const change of listChanges(models.now, models.wanted, models.renames)) {
    const planned = listSteps(change, figures, moves)
    steps.push(...planned.steps)
    problems.push(...planned.problems)
  }
  for (const move of moves) {
    const field = fieldNow(models, move)
    if (field === undefined) continue
    if (move.kind === 'replace') steps.push(...replaceSteps(models, field, { move, figures }))
    if (move.kind === 'restore') steps.push(restoreStep(field, move, figures))
  }
  return { steps, problems }
}

function place({ to }: ListChange): { object: string; field: string } {
  return { object: to.object, field: to.name }
}

function figuresOf({ affected, total, examples }: Finding): Partial<PlanStep> {
  return { affected, total, examples }
}

function listSteps(change: ListChange, figures: Figures, moves: readonly ValueMove[]): Planned {
  const { from, to, removed, deactivated, isReordered } = change
  const name = `${to.object}.${to.name}`
  const steps: PlanStep[] = []
  const problems: PlanProblem[] = []
  for (const value of deactivated) {
    const found = answer(figures, holders(from, value))
    const told = message(
      found.affected === 1
        ? 'Makes the value "{value}" of {field} inactive; {count} record keeps it, no other gets it.'
        : 'Makes the value "{value}" of {field} inactive; {count} records keep it, no other gets it.',
      { value, field: name, count: { amount: found.affected } },
    )
    steps.push(instant(told, { ...place(change), ...figuresOf(found) }))
  }
  for (const value of removed) {
    const found = answer(figures, holders(from, value))
    const isReplaced = moves.some(
      (move) =>
        move.kind === 'replace' &&
        move.object === to.object &&
        move.field === to.name &&
        move.from === value,
    )
    if (found.affected > 0 && !isReplaced) problems.push(heldProblem(name, value, found))
    const values = { value, field: name, share: share(found.affected, found.total) }
    steps.push({
      class: 'scans',
      ...described(message('Removes the value "{value}" of {field}; {share} hold it.', values)),
      ...place(change),
      ...figuresOf(found),
      needsConsent: false,
    })
  }
  if (isReordered) {
    const found = answer(figures, several(from))
    const told = message(
      'Puts the chosen values of {field} into the new order of the list: {share} have several.',
      { field: name, share: share(found.affected, found.total) },
    )
    steps.push({
      class: 'rewrites',
      ...described(told),
      ...place(change),
      ...figuresOf(found),
      needsConsent: false,
    })
  }
  return { steps, problems }
}

function heldProblem(name: string, value: string, found: Finding): PlanProblem {
  return {
    component: name,
    ...reasoned(
      message(
        found.affected === 1
          ? '{share} holds "{value}" in {field}; the value cannot be removed.'
          : '{share} hold "{value}" in {field}; the value cannot be removed.',
        { share: share(found.affected, found.total), value, field: name },
      ),
      message(
        'replace it by another value or empty it in the same plan ("replaceValue"), or make it inactive',
      ),
    ),
    references: found.examples,
  }
}

function replaceSteps(
  models: ModelPair,
  field: FieldModel,
  { move, figures }: { readonly move: ValueMove & { kind: 'replace' }; readonly figures: Figures },
): readonly PlanStep[] {
  const name = `${move.object}.${move.field}`
  const found = answer(figures, holders(field, move.from))
  const values = { value: move.from, field: name, share: share(found.affected, found.total) }
  const where = { object: move.object, field: move.field, ...figuresOf(found) }
  const step: PlanStep =
    move.to === null
      ? {
          class: 'losesData',
          ...described(
            message(
              'Takes "{value}" out of {field} in {share}; taking this change back puts it there again.',
              values,
            ),
          ),
          ...where,
          needsConsent: found.affected > 0,
        }
      : {
          class: 'rewrites',
          ...described(
            message('Replaces "{value}" by "{other}" in {field}: {share}.', {
              ...values,
              other: move.to,
            }),
          ),
          ...where,
          needsConsent: false,
        }
  const mentions = mentionsOfValue(models.wanted, move)
  if (mentions.length === 0) return [step]
  const told = message(
    mentions.length === 1
      ? '"{value}" still stands as text in {places}: look at it.'
      : '"{value}" still stands as text in {places}: look at them.',
    { value: move.from, places: mentions.join(', ') },
  )
  return [step, instant(told, { object: move.object, field: move.field })]
}

function restoreStep(
  field: FieldModel,
  move: ValueMove & { readonly kind: 'restore' },
  figures: Figures,
): PlanStep {
  const found = answer(figures, restorable(field, move.entry))
  return {
    class: 'rewrites',
    ...described(
      message(
        found.affected === 1
          ? 'Gives {count} record the value of {field} back that was replaced; what was changed since stays.'
          : 'Gives {count} records the value of {field} back that was replaced; what was changed since stays.',
        { count: { amount: found.affected }, field: `${move.object}.${move.field}` },
      ),
    ),
    object: move.object,
    field: move.field,
    ...figuresOf(found),
    needsConsent: false,
  }
}
