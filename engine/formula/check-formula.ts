/** Syntax tree → typed tree: names resolved, arguments counted, types compared, contexts respected. */
import { message, withMore, type Message } from '../base/message.ts'
import { nearestName } from '../base/nearest-name.ts'
import { adapt, demand, meant, signature } from './function-entry.ts'
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
        if (value === undefined)
          throw new FormulaFault(message('The number has too many digits'), span)
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
      const told = isFunction
        ? message('{name} is a function: write {name}()', { name: only })
        : found.problem
      throw new FormulaFault(told, span)
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
    const values = { name, kind: mentionKindName(found) }
    const told = isOpen
      ? message('{name} is {kind}, which no formula can use', values)
      : message('{name} is {kind}, which {place} cannot use', {
          ...values,
          place: contextNames[context],
        })
    throw new FormulaFault(told, span)
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
      const told = message('There is no function {name}', { name })
      throw new FormulaFault(withMore(told, meant(near)), place)
    }
    const { contexts } = entry
    if (contexts !== undefined && !contexts.includes(this.options.context)) {
      const told = message('{name} cannot be used in {place}', {
        name: entry.name,
        place: contextNames[this.options.context],
      })
      throw new FormulaFault(told, place)
    }
    return entry
  }
}

const contextNames: Readonly<Record<FormulaContext, Message>> = {
  field: message('a formula field'),
  rule: message('a validation rule'),
  default: message('a default value'),
  flow: message('a flow'),
}

function checkCount(entry: FormulaFunction, call: Syntax & { kind: 'call' }): void {
  const { parameters } = entry
  const repeats = parameters.at(-1)?.repeats === true
  const required = parameters.filter((parameter) => parameter.optional !== true).length
  const given = call.args.length
  if (given >= required && (repeats || given <= parameters.length)) return
  const wanted = repeats ? atLeast(required) : between(required, parameters.length)
  const told = message('{name} takes {wanted}, not {given}: {signature}', {
    name: entry.name,
    wanted,
    given,
    signature: signature(entry),
  })
  throw new FormulaFault(told, call.span)
}

function atLeast(count: number): Message {
  return message(count === 1 ? 'at least {count} argument' : 'at least {count} arguments', {
    count,
  })
}

function between(least: number, most: number): Message {
  if (least !== most) return message('{least} to {most} arguments', { least, most })
  return message(most === 1 ? '{count} argument' : '{count} arguments', { count: most })
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
