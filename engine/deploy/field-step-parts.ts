/** What the steps of changed fields are made of; pure. */
import type { Message } from '../base/message.ts'
import type { FieldModel } from '../model/model.ts'
import type { FieldPair } from './field-changes.ts'
import type { Figures, Finding } from './figures.ts'
import { described, share } from './plan-words.ts'
import type { PlanProblem, PlanStep } from './plan.ts'

export interface FieldContext {
  readonly figures: Figures
  readonly reattached: ReadonlySet<string>
  /** "Object.Field" under its wanted name. */
  readonly name: string
  hasDefault(field: FieldModel): boolean
}

export interface Planned {
  readonly steps: readonly PlanStep[]
  readonly problems: readonly PlanProblem[]
}

export const fine: Planned = { steps: [], problems: [] }

export function placeOf(pair: FieldPair): { object: string; field: string } {
  return { object: pair.wantedObject, field: pair.to?.name ?? pair.from?.name ?? '' }
}

export function figuresOf(found: Finding): Pick<PlanStep, 'affected' | 'total' | 'examples'> {
  return { affected: found.affected, total: found.total, examples: found.examples }
}

export function valuesOf(
  found: Finding,
  { name }: FieldContext,
): { share: Message; field: string } {
  return { share: share(found.affected, found.total), field: name }
}

/** A step that only reads the records. */
export function looked(told: Message, pair: FieldPair, found: Finding): PlanStep {
  const figures = figuresOf(found)
  return { class: 'scans', ...described(told), ...placeOf(pair), ...figures, needsConsent: false }
}
