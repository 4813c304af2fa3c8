/** What a plan says of values that leave a list, become inactive, change places or give way to others; pure. */
import type { FieldModel } from '../model/model.ts'
import { inverse } from '../model/renames.ts'
import type { ModelPair } from './field-changes.ts'
import { answer, type Figures, type Finding, type Question } from './figures.ts'
import type { PlanProblem, PlanStep } from './plan.ts'
import { count, instant, share } from './plan-words.ts'
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
    const keep = `${count(found.affected, 'record')} ${found.affected === 1 ? 'keeps' : 'keep'} it`
    const description = `Makes the value "${value}" of ${name} inactive; ${keep}, no other gets it.`
    steps.push(instant(description, { ...place(change), ...figuresOf(found) }))
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
    const description = `Removes the value "${value}" of ${name}; ${share(found.affected, found.total)} hold it.`
    steps.push({
      class: 'scans',
      description,
      ...place(change),
      ...figuresOf(found),
      needsConsent: false,
    })
  }
  if (isReordered) {
    const found = answer(figures, several(from))
    const description = `Puts the chosen values of ${name} into the new order of the list: ${share(found.affected, found.total)} have several.`
    steps.push({
      class: 'rewrites',
      description,
      ...place(change),
      ...figuresOf(found),
      needsConsent: false,
    })
  }
  return { steps, problems }
}

function heldProblem(name: string, value: string, found: Finding): PlanProblem {
  const hold = found.affected === 1 ? 'holds' : 'hold'
  return {
    component: name,
    reason: `${share(found.affected, found.total)} ${hold} "${value}" in ${name}; the value cannot be removed.`,
    suggestion:
      'replace it by another value or empty it in the same plan ("replaceValue"), or make it inactive',
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
  const where = { object: move.object, field: move.field, ...figuresOf(found) }
  const step: PlanStep =
    move.to === null
      ? {
          class: 'losesData',
          description: `Takes "${move.from}" out of ${name} in ${share(found.affected, found.total)}; taking this change back puts it there again.`,
          ...where,
          needsConsent: found.affected > 0,
        }
      : {
          class: 'rewrites',
          description: `Replaces "${move.from}" by "${move.to}" in ${name}: ${share(found.affected, found.total)}.`,
          ...where,
          needsConsent: false,
        }
  const mentions = mentionsOfValue(models.wanted, move)
  if (mentions.length === 0) return [step]
  const description = `"${move.from}" still stands as text in ${mentions.join(', ')}: look at ${mentions.length === 1 ? 'it' : 'them'}.`
  return [step, instant(description, { object: move.object, field: move.field })]
}

function restoreStep(
  field: FieldModel,
  move: ValueMove & { readonly kind: 'restore' },
  figures: Figures,
): PlanStep {
  const found = answer(figures, restorable(field, move.entry))
  return {
    class: 'rewrites',
    description: `Gives ${count(found.affected, 'record')} the value of ${move.object}.${move.field} back that was replaced; what was changed since stays.`,
    object: move.object,
    field: move.field,
    ...figuresOf(found),
    needsConsent: false,
  }
}
