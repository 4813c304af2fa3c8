/** One entry of the function registry: what is documented, what is checked, and both ends. */
import { message, oneOf, withMore, type Message } from '../base/message.ts'
import type { Operation } from './operation.ts'
import { FormulaFault, type Span } from './problem.ts'
import type { TypedNode } from './tree.ts'
import { mentionKindName, typeName } from './types.ts'
import type { BlankHandling, FormulaContext, FormulaType, TypeKind } from './types.ts'

export type FunctionGroup = 'logical' | 'text' | 'math' | 'date and time' | 'advanced'

export interface Parameter {
  readonly name: string
  /** Absent: any type. */
  readonly kinds?: readonly TypeKind[]
  /** It and those after it may be left out. */
  readonly optional?: true
  /** The last one, once or more often. */
  readonly repeats?: true
  /** A field must stand there, not an expression. */
  readonly field?: true
}

/** A call whose arguments are typed already. */
export interface CheckedCall {
  readonly name: string
  readonly args: readonly TypedNode[]
  readonly span: Span
  readonly context: FormulaContext
  readonly blanks: BlankHandling
}

export interface Resolved {
  readonly type: FormulaType
  readonly args: readonly TypedNode[]
}

export interface FormulaFunction extends Operation {
  readonly group: FunctionGroup
  readonly parameters: readonly Parameter[]
  /** One sentence for the reference and the editor. */
  readonly doc: string
  /** Absent: everywhere. */
  readonly contexts?: readonly FormulaContext[]
  /** The result's type, or how it follows from the arguments; they may be adapted on the way. */
  readonly result: TypeKind | FormulaType | ((call: CheckedCall) => Resolved)
}

/** "LEFT(text, number)" with optional parts in brackets. */
export function signature(entry: FormulaFunction): string {
  const parts = entry.parameters.map((parameter) => {
    const name = parameter.repeats === true ? `${parameter.name}, …` : parameter.name
    return parameter.optional === true ? `[${name}]` : name
  })
  return `${entry.name}(${parts.join(', ')})`
}

/** As in "Amount is a currency" or "this is a text". */
export function describeNode(node: TypedNode): Message {
  if (node.kind === 'field') {
    const { mention } = node
    const name = mention.label ?? mention.path
    return message('{name} is {kind}', { name, kind: mentionKindName(mention) })
  }
  return message('this is {kind}', { kind: typeName(node.type.kind) })
}

/** The node as a value of the kind: an empty value becomes an empty one of that kind. */
export function adapt(node: TypedNode, kind: TypeKind): TypedNode {
  if (node.type.kind !== 'null') return node
  const isText = kind === 'text' || kind === 'picklist' || kind === 'multipicklist'
  return { kind: 'constant', type: { kind }, value: isText ? '' : null, span: node.span }
}

/** A plain text put among markup. */
export function asMarkup(node: TypedNode, escape: Operation): TypedNode {
  if (node.type.markup === true) return node
  const type: FormulaType = { kind: 'text', markup: true }
  return { kind: 'call', type, operation: escape, args: [node], span: node.span }
}

/** "; did you mean …?" after a name that was nearly right. */
export function meant(near: string | undefined): Message | undefined {
  return near === undefined ? undefined : message('; did you mean {near}?', { near })
}

export const textHint = message(': wrap it in TEXT()')

/** Throws unless the node's type is one of the kinds. */
export function demand(node: TypedNode, kinds: readonly TypeKind[], name: string): void {
  const { kind } = node.type
  if (kind === 'null' || kinds.includes(kind)) return
  const wanted = oneOf(kinds.map(typeName))
  const told = message('{name} needs {wanted}; {found}', {
    name,
    wanted,
    found: describeNode(node),
  })
  throw new FormulaFault(withMore(told, hintFor(kind, kinds)), node.span)
}

function hintFor(kind: TypeKind, kinds: readonly TypeKind[]): Message | undefined {
  const isPrintable = kind !== 'boolean' && kind !== 'location' && kind !== 'multipicklist'
  if (kinds.includes('text') && isPrintable) return textHint
  if (kinds.includes('date') && kind === 'datetime') return message(': wrap it in DATEVALUE()')
  if (kinds.includes('number') && kind === 'text') return message(': wrap it in VALUE()')
  return undefined
}
