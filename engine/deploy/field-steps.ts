/** The steps and refusals of one changed field; pure. */
import type { FieldModel } from '../model/model.ts'
import {
  becomesNarrower,
  becomesRequired,
  becomesUnique,
  isConverted,
  losesColumns,
  populatesExisting,
  type FieldPair,
} from './field-changes.ts'
import { answer, type Figures, type Finding } from './figures.ts'
import { count, instant, share } from './plan-words.ts'
import type { PlanProblem, PlanStep } from './plan.ts'

export interface FieldContext {
  readonly figures: Figures
  readonly reattached: ReadonlySet<string>
  /** "Object.Field" under its wanted name. */
  readonly name: string
  hasDefault(field: FieldModel): boolean
}

interface Planned {
  readonly steps: readonly PlanStep[]
  readonly problems: readonly PlanProblem[]
}

const fine: Planned = { steps: [], problems: [] }

export function fieldSteps(pair: FieldPair, context: FieldContext): Planned {
  if ((pair.to ?? pair.from)?.type.calculated === true) return summarySteps(pair, context)
  if (pair.to === undefined) return { steps: [deleted(pair, context)], problems: [] }
  if (pair.from === undefined) return together([added(pair, pair.to, context)])
  const parts = [
    losesColumns(pair) ? unstored(pair, context) : fine,
    isConverted(pair) ? converted(pair, context) : fine,
    becomesNarrower(pair) && !isConverted(pair) ? narrowed(pair, context) : fine,
    becomesRequired(pair) ? required(pair, pair.to, context) : fine,
    becomesUnique(pair) ? unique(pair, context) : fine,
  ]
  const planned = together(parts)
  if (planned.steps.length + planned.problems.length > 0) return planned
  const kind = pair.to.formula === undefined ? 'field' : 'formula field'
  const step = instant(`Changes ${kind} ${context.name}; no row is rewritten.`, placeOf(pair))
  return { steps: [step], problems: [] }
}

/** Values that the engine computes are not lost: how many are computed anew is a step of its own. */
function summarySteps(pair: FieldPair, context: FieldContext): Planned {
  const verb = pair.to === undefined ? 'Removes' : pair.from === undefined ? 'Adds' : 'Changes'
  const description = `${verb} roll-up summary ${context.name}${pair.to === undefined ? '; its values can be computed again' : ''}.`
  return { steps: [instant(description, placeOf(pair))], problems: [] }
}

function together(parts: readonly Planned[]): Planned {
  return {
    steps: parts.flatMap((part) => part.steps),
    problems: parts.flatMap((part) => part.problems),
  }
}

function placeOf(pair: FieldPair): { object: string; field: string } {
  return { object: pair.wantedObject, field: pair.to?.name ?? pair.from?.name ?? '' }
}

function figuresOf(found: Finding): Pick<PlanStep, 'affected' | 'total' | 'examples'> {
  return { affected: found.affected, total: found.total, examples: found.examples }
}

function deleted(pair: FieldPair, context: FieldContext): PlanStep {
  const field = pair.from?.name ?? context.name.slice(context.name.indexOf('.') + 1)
  if (pair.from?.formula !== undefined) {
    return instant(
      `Removes formula field ${context.name}; nothing was stored in it.`,
      placeOf(pair),
    )
  }
  const found = answer(context.figures, { kind: 'filled', object: pair.object, field })
  return {
    class: 'losesData',
    description: `Removes field ${context.name}: ${share(found.affected, found.total)} have a value. The values are kept until they are purged.`,
    object: pair.wantedObject,
    field,
    ...figuresOf(found),
    needsConsent: found.affected > 0,
  }
}

function added(pair: FieldPair, field: FieldModel, context: FieldContext): Planned {
  if (field.formula !== undefined) {
    const text = `Adds formula field ${context.name}; it is computed when it is read, and no row is rewritten.`
    return { steps: [instant(text, placeOf(pair))], problems: [] }
  }
  const { total } = answer(context.figures, { kind: 'rows', object: pair.object })
  const columns = field.columns.size
  const back = context.reattached.has(context.name)
  const description = back
    ? `Brings back field ${context.name} with the values it had.`
    : `Adds ${count(columns, 'column')} for field ${context.name}; no row is rewritten.`
  const steps = [instant(description, placeOf(pair))]
  if (total === 0 || back) return { steps, problems: [] }
  const empty: Finding = { affected: total, total, examples: [] }
  const outcome = becomesRequired(pair)
    ? fillOrRefuse(pair, empty, { context, field })
    : populatesExisting(pair)
      ? populated(pair, empty, { context, field })
      : fine
  return { steps: [...steps, ...outcome.steps], problems: outcome.problems }
}

function populated(
  pair: FieldPair,
  found: Finding,
  { context, field }: { readonly context: FieldContext; readonly field: FieldModel },
): Planned {
  if (!context.hasDefault(field)) {
    const problem: PlanProblem = {
      component: context.name,
      reason: `${context.name} shall give its default to existing records and has none that is the same for all.`,
      suggestion: 'give a defaultValue that is no formula, or leave populateExistingRows out',
      references: [],
    }
    return { steps: [], problems: [problem] }
  }
  const step: PlanStep = {
    class: 'rewrites',
    description: `${count(found.total, 'record')} get the default value of ${context.name}.`,
    ...placeOf(pair),
    ...figuresOf(found),
    needsConsent: false,
  }
  return { steps: [step], problems: [] }
}

function required(pair: FieldPair, field: FieldModel, context: FieldContext): Planned {
  const source = pair.from?.name ?? field.name
  const found = answer(context.figures, { kind: 'empty', object: pair.object, field: source })
  if (found.affected > 0) return fillOrRefuse(pair, found, { context, field })
  const description = `Makes ${context.name} required; all ${count(found.total, 'record')} have a value.`
  return {
    steps: [
      { class: 'scans', description, ...placeOf(pair), ...figuresOf(found), needsConsent: false },
    ],
    problems: [],
  }
}

/** Empty records get the default where there is one; otherwise the plan is refused with their number. */
function fillOrRefuse(
  pair: FieldPair,
  found: Finding,
  { context, field }: { readonly context: FieldContext; readonly field: FieldModel },
): Planned {
  const empty = `${share(found.affected, found.total)} ${found.affected === 1 ? 'has' : 'have'} no value for ${context.name}, which becomes required`
  if (context.hasDefault(field)) {
    const description = `${empty}; they get the default value.`
    const step: PlanStep = {
      class: 'rewrites',
      description,
      ...placeOf(pair),
      ...figuresOf(found),
      needsConsent: false,
    }
    return { steps: [step], problems: [] }
  }
  const problem: PlanProblem = {
    component: context.name,
    reason: `${empty}.`,
    suggestion: 'give a defaultValue, which is then written into them, or fill them first',
    references: found.examples,
  }
  const step: PlanStep = {
    class: 'scans',
    description: `${empty}.`,
    ...placeOf(pair),
    ...figuresOf(found),
    needsConsent: false,
  }
  return { steps: [step], problems: [problem] }
}

function unique(pair: FieldPair, context: FieldContext): Planned {
  const field = pair.from?.name ?? ''
  const found = answer(context.figures, { kind: 'duplicates', object: pair.object, field })
  const description =
    found.affected === 0
      ? `Makes ${context.name} unique; no value occurs twice.`
      : `${share(found.affected, found.total)} share their value of ${context.name} with another record.`
  const step: PlanStep = {
    class: 'scans',
    description,
    ...placeOf(pair),
    ...figuresOf(found),
    needsConsent: false,
  }
  if (found.affected === 0) return { steps: [step], problems: [] }
  const problem: PlanProblem = {
    component: context.name,
    reason: `${description} The field cannot become unique.`,
    suggestion: 'change or delete the duplicates first',
    references: found.examples,
  }
  return { steps: [step], problems: [problem] }
}

/** Values that are too long or not in the value set stay as they are until they are next changed. */
function narrowed(pair: FieldPair, context: FieldContext): Planned {
  const field = pair.from?.name ?? ''
  const unfit = answer(context.figures, { kind: 'unfit', object: pair.object, field })
  const found = withCut(unfit)
  const description =
    found.affected === 0
      ? `Narrows ${context.name}; all values fit.`
      : `${share(found.affected, found.total)} have a value of ${context.name} that does not fit any more; it stays until it is changed.`
  const step: PlanStep = {
    class: 'scans',
    description,
    ...placeOf(pair),
    ...figuresOf(found),
    needsConsent: found.affected > 0,
  }
  return { steps: [step], problems: [] }
}

function converted(pair: FieldPair, context: FieldContext): Planned {
  const { from, to } = pair
  if (from === undefined || to === undefined) return fine
  const field = from.name
  const filled = answer(context.figures, { kind: 'filled', object: pair.object, field })
  const change =
    from.type === to.type
      ? `the form of ${context.name}`
      : `${context.name} from ${from.type.name} to ${to.type.name}`
  if (from.type !== to.type && from.type.casts?.[to.type.name] === undefined) {
    if (filled.affected === 0)
      return {
        steps: [instant(`Changes ${change}; no record has a value.`, placeOf(pair))],
        problems: [],
      }
    const problem: PlanProblem = {
      component: context.name,
      reason: `${from.type.name} cannot become ${to.type.name}; ${share(filled.affected, filled.total)} have a value.`,
      suggestion: 'add a new field of that type instead',
      references: filled.examples,
    }
    return { steps: [], problems: [problem] }
  }
  const unfit = answer(context.figures, { kind: 'unfit', object: pair.object, field })
  const step: PlanStep = {
    class: 'rewrites',
    description: `Changes ${change}: ${count(filled.affected, 'value')} are carried over into new columns.`,
    ...placeOf(pair),
    ...figuresOf(filled),
    needsConsent: false,
  }
  return { steps: [step, ...losses(pair, unfit, context)], problems: [] }
}

/** What does not come over whole; the columns that it came from stay until they are purged. */
function losses(pair: FieldPair, unfit: Finding, context: FieldContext): readonly PlanStep[] {
  const kept = 'the old values are kept until they are purged'
  const step = (found: Finding, what: string): PlanStep => ({
    class: 'losesData',
    description: `${share(found.affected, found.total)} ${found.affected === 1 ? 'has' : 'have'} a value of ${context.name} ${what}; ${kept}.`,
    ...placeOf(pair),
    ...figuresOf(found),
    needsConsent: true,
  })
  const { cut } = unfit
  return [
    ...(cut === undefined || cut.affected === 0
      ? []
      : [step(cut, 'of which a part is left: it is rounded, shortened or without its form')]),
    ...(unfit.affected === 0 ? [] : [step(unfit, 'that has no counterpart and becomes empty')]),
  ]
}

function withCut({ affected, total, examples, cut }: Finding): Finding {
  const both = [...examples, ...(cut?.examples ?? [])]
  return { affected: affected + (cut?.affected ?? 0), total, examples: both }
}

/** A field that stores nothing any more: a formula, or a compound whose parts are other fields. */
function unstored(pair: FieldPair, context: FieldContext): Planned {
  const { from, to } = pair
  if (from === undefined || to === undefined) return fine
  const filled = mostFilled(pair, context)
  const change = `${context.name} from ${kindOf(from)} to ${kindOf(to)}`
  if (filled.affected === 0) {
    const step = instant(`Changes ${change}; no record has a value.`, placeOf(pair))
    return { steps: [step], problems: [] }
  }
  const have = `${share(filled.affected, filled.total)} ${filled.affected === 1 ? 'has' : 'have'} a value`
  if (to.components.length > 0 || from.components.length > 0) {
    const problem: PlanProblem = {
      component: context.name,
      reason: `${kindOf(from)} cannot become ${kindOf(to)}; ${have}.`,
      suggestion: 'add a new field of that type instead',
      references: filled.examples,
    }
    return { steps: [], problems: [problem] }
  }
  const step: PlanStep = {
    class: 'losesData',
    description: `Changes ${change}: ${have} that nobody sees any more; the old values are kept until they are purged.`,
    ...placeOf(pair),
    ...figuresOf(filled),
    needsConsent: true,
  }
  return { steps: [step], problems: [] }
}

function kindOf(field: FieldModel): string {
  return field.columns.size === 0 && field.components.length === 0 ? 'a formula' : field.type.name
}

/** Of a compound the part that most records have. */
function mostFilled({ object, from }: FieldPair, { figures }: FieldContext): Finding {
  const names = from === undefined ? [] : [from.name, ...from.components]
  const found = names.map((field) => answer(figures, { kind: 'filled', object, field }))
  return found.reduce((most, one) => (one.affected > most.affected ? one : most))
}
