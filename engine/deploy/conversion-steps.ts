/** The steps and refusals of a field whose values take another form, or are stored no more; pure. */
import { message, type Message } from '../base/message.ts'
import type { FieldModel } from '../model/model.ts'
import type { FieldPair } from './field-changes.ts'
import {
  figuresOf,
  fine,
  placeOf,
  valuesOf,
  type FieldContext,
  type Planned,
} from './field-step-parts.ts'
import { answer, type Finding } from './figures.ts'
import { described, instant, share } from './plan-words.ts'
import { reasoned } from '../model/source-problem.ts'
import type { PlanStep } from './plan.ts'

export function converted(pair: FieldPair, context: FieldContext): Planned {
  const { from, to } = pair
  if (from === undefined || to === undefined) return fine
  const field = from.name
  const filled = answer(context.figures, { kind: 'filled', object: pair.object, field })
  const change =
    from.type === to.type
      ? message('the form of {field}', { field: context.name })
      : typeChange(from.type.name, to.type.name, context)
  if (from.type !== to.type && from.type.casts?.[to.type.name] === undefined) {
    if (filled.affected === 0) return withoutValues(pair, change)
    const told = message('{from} cannot become {to}; {share} have a value.', {
      from: from.type.name,
      to: to.type.name,
      share: share(filled.affected, filled.total),
    })
    return refusedType(told, filled, context)
  }
  const unfit = answer(context.figures, { kind: 'unfit', object: pair.object, field })
  const step: PlanStep = {
    class: 'rewrites',
    ...described(
      message(
        filled.affected === 1
          ? 'Changes {change}: {count} value are carried over into new columns.'
          : 'Changes {change}: {count} values are carried over into new columns.',
        { change, count: { amount: filled.affected } },
      ),
    ),
    ...placeOf(pair),
    ...figuresOf(filled),
    needsConsent: false,
  }
  return { steps: [step, ...losses(pair, unfit, context)], problems: [] }
}

function typeChange(from: Message | string, to: Message | string, { name }: FieldContext): Message {
  return message('{field} from {from} to {to}', { field: name, from, to })
}

function withoutValues(pair: FieldPair, change: Message): Planned {
  const told = message('Changes {change}; no record has a value.', { change })
  return { steps: [instant(told, placeOf(pair))], problems: [] }
}

function refusedType(told: Message, { examples }: Finding, { name }: FieldContext): Planned {
  const suggestion = message('add a new field of that type instead')
  const problem = { component: name, ...reasoned(told, suggestion), references: examples }
  return { steps: [], problems: [problem] }
}

/** What does not come over whole; the columns that it came from stay until they are purged. */
function losses(pair: FieldPair, unfit: Finding, context: FieldContext): readonly PlanStep[] {
  const step = (found: Finding, told: Message): PlanStep => ({
    class: 'losesData',
    ...described(told),
    ...placeOf(pair),
    ...figuresOf(found),
    needsConsent: true,
  })
  const { cut } = unfit
  const steps: PlanStep[] = []
  if (cut !== undefined && cut.affected > 0) {
    const told = message(
      cut.affected === 1
        ? '{share} has a value of {field} of which a part is left: it is rounded, shortened or without its form; the old values are kept until they are purged.'
        : '{share} have a value of {field} of which a part is left: it is rounded, shortened or without its form; the old values are kept until they are purged.',
      valuesOf(cut, context),
    )
    steps.push(step(cut, told))
  }
  if (unfit.affected > 0) {
    const told = message(
      unfit.affected === 1
        ? '{share} has a value of {field} that has no counterpart and becomes empty; the old values are kept until they are purged.'
        : '{share} have a value of {field} that has no counterpart and becomes empty; the old values are kept until they are purged.',
      valuesOf(unfit, context),
    )
    steps.push(step(unfit, told))
  }
  return steps
}

export function withCut({ affected, total, examples, cut }: Finding): Finding {
  const both = [...examples, ...(cut?.examples ?? [])]
  return { affected: affected + (cut?.affected ?? 0), total, examples: both }
}

/** A field that stores nothing any more: a formula, or a compound whose parts are other fields. */
export function unstored(pair: FieldPair, context: FieldContext): Planned {
  const { from, to } = pair
  if (from === undefined || to === undefined) return fine
  const filled = mostFilled(pair, context)
  const change = typeChange(kindOf(from), kindOf(to), context)
  if (filled.affected === 0) return withoutValues(pair, change)
  const values = { from: kindOf(from), to: kindOf(to), ...valuesOf(filled, context) }
  if (to.components.length > 0 || from.components.length > 0) {
    const told = message(
      filled.affected === 1
        ? '{from} cannot become {to}; {share} has a value.'
        : '{from} cannot become {to}; {share} have a value.',
      values,
    )
    return refusedType(told, filled, context)
  }
  const step: PlanStep = {
    class: 'losesData',
    ...described(
      message(
        filled.affected === 1
          ? 'Changes {change}: {share} has a value that nobody sees any more; the old values are kept until they are purged.'
          : 'Changes {change}: {share} have a value that nobody sees any more; the old values are kept until they are purged.',
        { change, share: values.share },
      ),
    ),
    ...placeOf(pair),
    ...figuresOf(filled),
    needsConsent: true,
  }
  return { steps: [step], problems: [] }
}

function kindOf(field: FieldModel): Message | string {
  const isFormula = field.columns.size === 0 && field.components.length === 0
  return isFormula ? message('a formula') : field.type.name
}

/** Of a compound the part that most records have. */
function mostFilled({ object, from }: FieldPair, { figures }: FieldContext): Finding {
  const names = from === undefined ? [] : [from.name, ...from.components]
  const found = names.map((field) => answer(figures, { kind: 'filled', object, field }))
  return found.reduce((most, one) => (one.affected > most.affected ? one : most))
}
