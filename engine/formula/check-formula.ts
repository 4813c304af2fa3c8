/** Syntax tree → typed tree: names resolved, arguments counted, types compared, contexts respected. */
import { nearestName } from '../base/nearest-name.ts'
import { adapt, demand, signature } from './function-entry.ts'
import type { CheckedCall, FormulaFunction, Parameter, Resolved } from './function-entry.ts'
import { foldConstants } from './fold-constants.ts'
import { formulaFunctions } from './functions/index.ts'
import { chooseOperation } from './operators.ts'
import { FormulaFault } from './problem.ts'
import { parseRational } from './rational.ts'
import { printPath, type Syntax } from './syntax.ts'
import type { TypedNode } from './tree.ts'
import { mentionKindName, mentionType } from './types.ts'
import type { BlankHandling, FieldMention, FormulaContext, FormulaType, Scope } from './types.ts'

export interface CheckOptions {
  readonly scope: Scope
  readonly context: FormulaContext
  readonly blanks: BlankHandling
}

export interface CheckResult {
  readonly tree: TypedNode
  readonly mentions: ReadonlyMap<string, FieldMention>
  readonly functions: ReadonlySet<string>
  readonly volatile: boolean
}

/** Throws a FormulaFault at the first thing that is wrong. */
export function checkFormula(syntax: Syntax, options: CheckOptions): CheckResult {
  const mentions = new Map<string, FieldMention>()
  const functions = new Set<string>()
  const checker = new Checker(options, mentions, functions)
  const tree = checker.node(syntax)
  return { tree, mentions, functions, volatile: checker.volatile }
}

class Checker {
  private readonly options: CheckOptions
  private readonly mentions: Map<string, FieldMention>
  private readonly functions: Set<string>
  volatile = false

  constructor(options: CheckOptions, mentions: Map<string, FieldMention>, functions: Set<string>) {
    this.options = options
    this.mentions = mentions
    this.functions = functions
  }

  node(syntax: Syntax): TypedNode {
    const { span } = syntax
    switch (syntax.kind) {
      case 'number': {
        const value = parseRational(syntax.digits)
        if (value === undefined) throw new FormulaFault('The number has too many digits', span)
        return { kind: 'constant', type: { kind: 'number' }, value, span }
      }
      case 'text':
        return { kind: 'constant', type: { kind: 'text' }, value: syntax.value, span }
      case 'boolean':
        return { kind: 'constant', type: { kind: 'boolean' }, value: syntax.value, span }
      case 'null':
        return { kind: 'constant', type: { kind: 'null' }, value: null, span }
      case 'path':
        return this.field(syntax)
      case 'operator': {
        this.functions.add(syntax.operator)
        const operands = syntax.operands.map((operand) => this.node(operand))
        return foldConstants(chooseOperation(syntax.operator, operands, span))
      }
      case 'call':
        return this.call(syntax)
    }
  }

  private field(syntax: Syntax & { kind: 'path' }): TypedNode {
    const { steps, span } = syntax
    const found = this.options.scope.resolve(steps)
    if ('problem' in found) {
      const only = steps.length === 1 ? steps[0]?.name.toUpperCase() : undefined
      const isFunction = only !== undefined && formulaFunctions.has(only)
      const message = isFunction ? `${only} is a function: write ${only}()` : found.problem
      throw new FormulaFault(message, span)
    }
    this.checkUse(found, syntax)
    this.mentions.set(found.path, found)
    if (found.volatile === true) this.volatile = true
    const type = mentionType(found)
    const blankIsZero = this.options.blanks === 'zero' && type.kind === 'number'
    return { kind: 'field', type, mention: found, blankIsZero, span }
  }

  private checkUse(found: FieldMention, { steps, span }: Syntax & { kind: 'path' }): void {
    const { context } = this.options
    const isOpen = found.contexts === undefined || found.contexts.includes(context)
    if (found.kind !== 'unusable' && isOpen) return
    const name = found.label ?? printPath(steps)
    const place = isOpen ? 'no formula' : contextNames[context]
    const message = `${name} is ${mentionKindName(found)}, which ${place} can${isOpen ? '' : 'not'} use`
    throw new FormulaFault(message, span)
  }

  private call(syntax: Syntax & { kind: 'call' }): TypedNode {
    const { span } = syntax
    const entry = this.entry(syntax)
    checkCount(entry, syntax)
    this.functions.add(entry.name)
    if (entry.volatile === true) this.volatile = true
    const args = syntax.args.map((arg) => this.node(arg))
    const call = { name: entry.name, args, span, ...this.place() }
    const { type, args: adapted } = resolveCall(entry, call)
    return foldConstants({ kind: 'call', type, operation: entry, args: adapted, span })
  }

  private place(): Pick<CheckedCall, 'context' | 'blanks'> {
    return { context: this.options.context, blanks: this.options.blanks }
  }

  private entry({ name, span }: Syntax & { kind: 'call' }): FormulaFunction {
    const entry = formulaFunctions.get(name.toUpperCase())
    const place = { start: span.start, end: span.start + name.length }
    if (entry === undefined) {
      const near = nearestName(name.toUpperCase(), formulaFunctions.keys())
      const hint = near === undefined ? '' : `; did you mean ${near}?`
      throw new FormulaFault(`There is no function ${name}${hint}`, place)
    }
    const { contexts } = entry
    if (contexts !== undefined && !contexts.includes(this.options.context)) {
      const message = `${entry.name} cannot be used in ${contextNames[this.options.context]}`
      throw new FormulaFault(message, place)
    }
    return entry
  }
}

const contextNames: Readonly<Record<FormulaContext, string>> = {
  field: 'a formula field',
  rule: 'a validation rule',
  default: 'a default value',
  flow: 'a flow',
}

function checkCount(entry: FormulaFunction, call: Syntax & { kind: 'call' }): void {
  const { parameters } = entry
  const repeats = parameters.at(-1)?.repeats === true
  const required = parameters.filter((parameter) => parameter.optional !== true).length
  const given = call.args.length
  if (given >= required && (repeats || given <= parameters.length)) return
  const most = repeats ? Infinity : parameters.length
  const wanted =
    most === required
      ? `${required}`
      : most === Infinity
        ? `at least ${required}`
        : `${required} to ${most}`
  const noun = wanted === '1' || wanted === 'at least 1' ? 'argument' : 'arguments'
  const message = `${entry.name} takes ${wanted} ${noun}, not ${given}: ${signature(entry)}`
  throw new FormulaFault(message, call.span)
}

/** The parameter for which an argument stands. */
function parameterAt(entry: FormulaFunction, index: number): Parameter | undefined {
  return entry.parameters[Math.min(index, entry.parameters.length - 1)]
}

function resolveCall(entry: FormulaFunction, call: CheckedCall): Resolved {
  const args = call.args.map((arg, index) => {
    const kinds = parameterAt(entry, index)?.kinds
    if (kinds === undefined) return arg
    demand(arg, kinds, entry.name)
    return adapt(arg, kinds.includes('text') ? 'text' : (kinds[0] ?? 'null'))
  })
  if (typeof entry.result === 'function') return entry.result({ ...call, args })
  const type: FormulaType = typeof entry.result === 'string' ? { kind: entry.result } : entry.result
  return { type, args }
}
