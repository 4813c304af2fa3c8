/** The steps and refusals of one changed field; pure. */
import { message } from '../base/message.ts'
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
import { converted, unstored, withCut } from './conversion-steps.ts'
import {
  figuresOf,
  fine,
  looked,
  placeOf,
  valuesOf,
  type FieldContext,
  type Planned,
} from './field-step-parts.ts'
import { answer, type Finding } from './figures.ts'
import { described, instant } from './plan-words.ts'
import { reasoned } from '../model/source-problem.ts'
import type { PlanProblem, PlanStep } from './plan.ts'

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
  const told = message(
    pair.to.formula === undefined
      ? 'Changes field {field}; no row is rewritten.'
      : 'Changes formula field {field}; no row is rewritten.',
    { field: context.name },
  )
  const step = instant(told, placeOf(pair))
  return { steps: [step], problems: [] }
}

/** Values that the engine computes are not lost: how many are computed anew is a step of its own. */
function summarySteps(pair: FieldPair, context: FieldContext): Planned {
  const told = message(
    pair.to === undefined
      ? 'Removes roll-up summary {field}; its values can be computed again.'
      : pair.from === undefined
        ? 'Adds roll-up summary {field}.'
        : 'Changes roll-up summary {field}.',
    { field: context.name },
  )
  return { steps: [instant(told, placeOf(pair))], problems: [] }
}

function together(parts: readonly Planned[]): Planned {
  return {
    steps: parts.flatMap((part) => part.steps),
    problems: parts.flatMap((part) => part.problems),
  }
}

function deleted(pair: FieldPair, context: FieldContext): PlanStep {
  const field = pair.from?.name ?? context.name.slice(context.name.indexOf('.') + 1)
  if (pair.from?.formula !== undefined) {
    const told = message('Removes formula field {field}; nothing was stored in it.', {
      field: context.name,
    })
    return instant(told, placeOf(pair))
  }
  const found = answer(context.figures, { kind: 'filled', object: pair.object, field })
  return {
    class: 'losesData',
    ...described(
      message(
        'Removes field {field}: {share} have a value. The values are kept until they are purged.',
        valuesOf(found, context),
      ),
    ),
    object: pair.wantedObject,
    field,
    ...figuresOf(found),
    needsConsent: found.affected > 0,
  }
}

function added(pair: FieldPair, field: FieldModel, context: FieldContext): Planned {
  if (field.formula !== undefined) {
    const told = message(
      'Adds formula field {field}; it is computed when it is read, and no row is rewritten.',
      { field: context.name },
    )
    return { steps: [instant(told, placeOf(pair))], problems: [] }
  }
  const { total } = answer(context.figures, { kind: 'rows', object: pair.object })
  const columns = field.columns.size
  const back = context.reattached.has(context.name)
  const adds = message(
    columns === 1
      ? 'Adds {count} column for field {field}; no row is rewritten.'
      : 'Adds {count} columns for field {field}; no row is rewritten.',
    { count: { amount: columns }, field: context.name },
  )
  const told = back
    ? message('Brings back field {field} with the values it had.', { field: context.name })
    : adds
  const steps = [instant(told, placeOf(pair))]
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
      ...reasoned(
        message(
          '{field} shall give its default to existing records and has none that is the same for all.',
          { field: context.name },
        ),
        message('give a defaultValue that is no formula, or leave populateExistingRows out'),
      ),
      references: [],
    }
    return { steps: [], problems: [problem] }
  }
  const step: PlanStep = {
    class: 'rewrites',
    ...described(
      message(
        found.total === 1
          ? '{count} record gets the default value of {field}.'
          : '{count} records get the default value of {field}.',
        { count: { amount: found.total }, field: context.name },
      ),
    ),
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
  const told = message(
    found.total === 1
      ? 'Makes {field} required; all {count} record have a value.'
      : 'Makes {field} required; all {count} records have a value.',
    { field: context.name, count: { amount: found.total } },
  )
  return { steps: [looked(told, pair, found)], problems: [] }
}

/** Empty records get the default where there is one; otherwise the plan is refused with their number. */
function fillOrRefuse(
  pair: FieldPair,
  found: Finding,
  { context, field }: { readonly context: FieldContext; readonly field: FieldModel },
): Planned {
  const values = valuesOf(found, context)
  if (context.hasDefault(field)) {
    const told = message(
      found.affected === 1
        ? '{share} has no value for {field}, which becomes required; they get the default value.'
        : '{share} have no value for {field}, which becomes required; they get the default value.',
      values,
    )
    const step: PlanStep = {
      class: 'rewrites',
      ...described(told),
      ...placeOf(pair),
      ...figuresOf(found),
      needsConsent: false,
    }
    return { steps: [step], problems: [] }
  }
  const empty = message(
    found.affected === 1
      ? '{share} has no value for {field}, which becomes required.'
      : '{share} have no value for {field}, which becomes required.',
    values,
  )
  const problem: PlanProblem = {
    component: context.name,
    ...reasoned(
      empty,
      message('give a defaultValue, which is then written into them, or fill them first'),
    ),
    references: found.examples,
  }
  return { steps: [looked(empty, pair, found)], problems: [problem] }
}

function unique(pair: FieldPair, context: FieldContext): Planned {
  const field = pair.from?.name ?? ''
  const found = answer(context.figures, { kind: 'duplicates', object: pair.object, field })
  if (found.affected === 0) {
    const told = message('Makes {field} unique; no value occurs twice.', { field: context.name })
    return { steps: [looked(told, pair, found)], problems: [] }
  }
  const values = valuesOf(found, context)
  const step = looked(
    message('{share} share their value of {field} with another record.', values),
    pair,
    found,
  )
  const problem: PlanProblem = {
    component: context.name,
    ...reasoned(
      message(
        '{share} share their value of {field} with another record. The field cannot become unique.',
        values,
      ),
      message('change or delete the duplicates first'),
    ),
    references: found.examples,
  }
  return { steps: [step], problems: [problem] }
}

/** Values that are too long or not in the value set stay as they are until they are next changed. */
function narrowed(pair: FieldPair, context: FieldContext): Planned {
  const field = pair.from?.name ?? ''
  const unfit = answer(context.figures, { kind: 'unfit', object: pair.object, field })
  const found = withCut(unfit)
  const told =
    found.affected === 0
      ? message('Narrows {field}; all values fit.', { field: context.name })
      : message(
          '{share} have a value of {field} that does not fit any more; it stays until it is changed.',
          valuesOf(found, context),
        )
  const step = { ...looked(told, pair, found), needsConsent: found.affected > 0 }
  return { steps: [step], problems: [] }
}
