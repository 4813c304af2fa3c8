/** Values of a flow's elements: literals, names, texts with names in them, formulas. */
import type { FlowElementReferenceOrValue } from '../../../metadata/types.ts'
import { message } from '../../base/message.ts'
import { analyseFormula } from '../../formula/analyse-formula.ts'
import { ownResult, resultKind, type FormulaResult } from '../../formula/result.ts'
import type { PathStep } from '../../formula/syntax.ts'
import type { Finding, Pointer } from '../source-problem.ts'
import { one, type FlowNames } from './flow-names.ts'
import type { Expression, FlowKind, FlowType, FormulaPlan, Source, Target } from './flow-plan.ts'

type Value = Readonly<FlowElementReferenceOrValue>

export interface FlowFinding extends Finding {
  readonly pointer: Pointer
}

/** Compiles values, and notes what is wrong with which of them. */
export class FlowValues {
  readonly names: FlowNames
  readonly problems: FlowFinding[] = []
  /** Names of the platform that this model does not have, and what the engine does not act on. */
  readonly inert = new Set<string>()
  readonly say: (reason: ReturnType<typeof message>) => string

  constructor(names: FlowNames, say: FlowValues['say']) {
    this.names = names
    this.say = say
  }

  problem(pointer: Pointer, reason: ReturnType<typeof message>): void {
    this.problems.push({ pointer, reason })
  }

  expression(value: Value | undefined, pointer: Pointer): Expression | undefined {
    if (value === undefined) return undefined
    const { elementReference, formulaExpression, stringValue } = value
    if (elementReference !== undefined) {
      return this.reference(elementReference, [...pointer, 'elementReference'])
    }
    if (formulaExpression !== undefined) {
      const formula = this.formula(formulaExpression, [...pointer, 'formulaExpression'])
      return formula && { kind: 'formula', formula, type: typeOfFormula(formula) }
    }
    if (stringValue !== undefined) return this.text(stringValue, [...pointer, 'stringValue'])
    return literal(value)
  }

  reference(text: string, pointer: Pointer): Expression | undefined {
    if (text.startsWith('$GlobalConstant.')) return globalConstant(text)
    const found = this.names.resolve(stepsOf(text))
    if ('problem' in found) {
      this.#missing(found, pointer)
      return undefined
    }
    return { kind: 'source', source: found.source, type: found.type }
  }

  source(text: string, pointer: Pointer): Source | undefined {
    const found = this.reference(text, pointer)
    return found?.kind === 'source' ? found.source : undefined
  }

  target(text: string, pointer: Pointer): Target | undefined {
    const found = this.names.resolve(stepsOf(text))
    if ('problem' in found) {
      this.#missing(found, pointer)
      return undefined
    }
    if (!found.isSettable) {
      this.problem(pointer, message('{name} cannot be given a value', { name: text }))
      return undefined
    }
    const { source } = found
    if (source.from === 'field') return { name: source.name, field: source.path }
    return source.from === 'resource' ? { name: source.name, field: undefined } : undefined
  }

  /** A text with {!names} in it. */
  text(text: string, pointer: Pointer): Expression {
    const parts: (string | Source)[] = []
    let at = 0
    for (const match of text.matchAll(/\{!([^{}]+)\}/g)) {
      const [written, name = ''] = match
      const found = this.reference(name.trim(), pointer)
      parts.push(text.slice(at, match.index))
      at = match.index + written.length
      if (found?.kind === 'source') parts.push(found.source)
      else if (found?.kind === 'literal') parts.push(String(found.value ?? ''))
    }
    if (at === 0) return { kind: 'literal', value: text, type: one('text') }
    parts.push(text.slice(at))
    return { kind: 'text', parts: parts.filter((part) => part !== ''), type: one('text') }
  }

  formula(text: string, pointer: Pointer, result?: FormulaResult): FormulaPlan | undefined {
    const sources = new Map<string, Source>()
    let foreign = false
    const scope = {
      resolve: (steps: readonly PathStep[]) => {
        const found = this.names.resolve(steps)
        if ('problem' in found) {
          foreign = found.foreign
          return found
        }
        sources.set(found.mention.path, found.source)
        return found.mention
      },
    }
    const { formula, problem } = analyseFormula({
      text,
      scope,
      context: 'flow',
      ...(result === undefined ? {} : { result }),
    })
    if (formula !== undefined) {
      return { formula, result: result ?? ownResult(formula.type.kind), sources }
    }
    if (foreign) this.inert.add(this.say(problem.told))
    else this.problem(pointer, problem.told)
    return undefined
  }

  #missing(
    { problem, foreign }: { problem: ReturnType<typeof message>; foreign: boolean },
    pointer: Pointer,
  ): void {
    if (foreign) this.inert.add(this.say(problem))
    else this.problem(pointer, problem)
  }
}

function stepsOf(text: string): readonly PathStep[] {
  return text.split('.').map((step) => {
    const [name = '', target] = step.split(':')
    return target === undefined ? { name } : { name, target }
  })
}

function globalConstant(text: string): Expression {
  const name = text.slice('$GlobalConstant.'.length).toLowerCase()
  if (name === 'emptystring') return { kind: 'literal', value: '', type: one('text') }
  return { kind: 'literal', value: name === 'true', type: one('boolean') }
}

function literal(value: Value): Expression | undefined {
  const { booleanValue, numberValue, dateValue, dateTimeValue, timeValue } = value
  if (booleanValue !== undefined) return literalOf('boolean', booleanValue)
  if (numberValue !== undefined) return literalOf('number', numberValue)
  if (dateValue !== undefined) return literalOf('date', dateValue.slice(0, 10))
  if (dateTimeValue !== undefined) return literalOf('datetime', dateTimeValue)
  return timeValue === undefined ? undefined : literalOf('time', timeValue)
}

function literalOf(kind: FlowKind, value: string | number | boolean): Expression {
  return { kind: 'literal', value, type: one(kind) }
}

function typeOfFormula({ result }: FormulaPlan): FlowType {
  return one(resultKind(result))
}
