/** Which operation a written operator means, by the types of what stands beside it. */
import { message, withMore } from '../base/message.ts'
import { adapt, asMarkup, demand, describeNode } from './function-entry.ts'
import { concat, escapeMarkup } from './functions/concat.ts'
import { comparison, equality } from './functions/comparisons.ts'
import { and, not, or } from './functions/logic.ts'
import {
  addNumbers,
  divideNumbers,
  minus,
  multiplyNumbers,
  raise,
  subtractNumbers,
} from './functions/arithmetic.ts'
import { shiftDate, shiftInstant, shiftTime, unlike } from './functions/date-arithmetic.ts'
import { FormulaFault, type Span } from './problem.ts'
import type { Operation } from './operation.ts'
import type { Operator } from './syntax.ts'
import type { TypedNode } from './tree.ts'
import type { FormulaType, TypeKind } from './types.ts'

interface Chosen {
  readonly operation: Operation
  readonly type: FormulaType
  readonly args: readonly TypedNode[]
}

/** Throws a FormulaFault where no operation fits the types. */
export function chooseOperation(
  operator: Operator,
  operands: readonly TypedNode[],
  span: Span,
): TypedNode {
  const chosen = choose(operator, operands, span)
  return { kind: 'call', ...chosen, span }
}

function choose(operator: Operator, operands: readonly TypedNode[], span: Span): Chosen {
  switch (operator) {
    case '&&':
    case '||':
      return logical(operator, operands)
    case '!':
      return logical(operator, operands)
    case '&':
      return joined(operands, '&')
    case '+':
    case '-':
      return additive(operator, operands, span)
    case '*':
      return arithmetic(multiplyNumbers, operands)
    case '/':
      return arithmetic(divideNumbers, operands)
    case '^':
      return arithmetic(raise, operands)
    case '=':
    case '<>':
      return equal(operator, operands, span)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ordered(operator, operands, span)
  }
}

function logical(operator: '&&' | '||' | '!', operands: readonly TypedNode[]): Chosen {
  for (const operand of operands) demand(operand, ['boolean'], operator)
  const operation = operator === '&&' ? and : operator === '||' ? or : not
  const args = operands.map((operand) => adapt(operand, 'boolean'))
  return { operation, type: { kind: 'boolean' }, args }
}

function joined(operands: readonly TypedNode[], sign: string): Chosen {
  for (const operand of operands) demand(operand, ['text'], sign)
  const args = operands.map((operand) => adapt(operand, 'text'))
  if (!args.some((arg) => arg.type.markup === true)) {
    return { operation: concat, type: { kind: 'text' }, args }
  }
  const safe = args.map((arg) => asMarkup(arg, escapeMarkup))
  return { operation: concat, type: { kind: 'text', markup: true }, args: safe }
}

function arithmetic(operation: Operation, operands: readonly TypedNode[]): Chosen {
  for (const operand of operands) demand(operand, ['number'], operation.name)
  const args = operands.map((operand) => adapt(operand, 'number'))
  const isEndless =
    operation === divideNumbers ||
    operation === raise ||
    args.some((arg) => arg.type.endless === true)
  return {
    operation,
    type: isEndless ? { kind: 'number', endless: true } : { kind: 'number' },
    args,
  }
}

/** `+` and `-`: numbers, texts, or dates and times shifted by a number. */
function additive(operator: '+' | '-', operands: readonly TypedNode[], span: Span): Chosen {
  const [first, second, ...more] = operands
  if (first === undefined) throw new Error('an operator without operands')
  if (second === undefined) {
    return operator === '-' ? arithmetic(minus, [first]) : arithmetic(addNumbers, [first])
  }
  const kinds = new Set(operands.map((operand) => operand.type.kind))
  kinds.delete('null')
  if (operator === '+' && kinds.has('text') && kinds.size === 1) return joined(operands, '+')
  const isCalendar = [...kinds].some(isTemporal)
  if (isCalendar && more.length > 0) {
    const left = chooseOperation(operator, operands.slice(0, -1), span)
    return additive(operator, [left, ...operands.slice(-1)], span)
  }
  if (isCalendar) return temporal(operator, first, second)
  return arithmetic(operator === '+' ? addNumbers : subtractNumbers, operands)
}

function isTemporal(kind: TypeKind): boolean {
  return kind === 'date' || kind === 'datetime' || kind === 'time'
}

const shifts: Readonly<Partial<Record<TypeKind, (sign: 1 | -1) => Operation>>> = {
  date: shiftDate,
  datetime: shiftInstant,
  time: shiftTime,
}

function temporal(operator: '+' | '-', left: TypedNode, right: TypedNode): Chosen {
  const [leftKind, rightKind] = [left.type.kind, right.type.kind]
  if (operator === '-' && isTemporal(leftKind) && leftKind === rightKind) {
    return { operation: unlike(leftKind), type: differenceType(leftKind), args: [left, right] }
  }
  const isSwapped = operator === '+' && !isTemporal(leftKind)
  const [moment, amount] = isSwapped ? [right, left] : [left, right]
  const shift = shifts[moment.type.kind]
  const isNumber = amount.type.kind === 'number' || amount.type.kind === 'null'
  if (shift === undefined || !isNumber) throw mismatch(operator, left, right)
  const operation = shift(operator === '+' ? 1 : -1)
  return { operation, type: moment.type, args: [moment, adapt(amount, 'number')] }
}

/** Days between instants are a fraction of milliseconds. */
function differenceType(kind: TypeKind): FormulaType {
  return kind === 'datetime' ? { kind: 'number', endless: true } : { kind: 'number' }
}

function mismatch(operator: string, left: TypedNode, right: TypedNode): FormulaFault {
  const kinds = new Set([left.type.kind, right.type.kind])
  const hint =
    kinds.has('date') && kinds.has('datetime')
      ? message('; use DATEVALUE() or DATETIMEVALUE()')
      : undefined
  const told = message('{operator} does not fit: {left}, {right}', {
    operator,
    left: describeNode(left),
    right: describeNode(right),
  })
  return new FormulaFault(withMore(told, hint), right.span)
}

function equal(operator: '=' | '<>', operands: readonly TypedNode[], span: Span): Chosen {
  const args = sameKind(operator, operands, span)
  return { operation: equality(operator, args), type: { kind: 'boolean' }, args }
}

const orderedKinds: readonly TypeKind[] = ['number', 'date', 'datetime', 'time', 'text']

function ordered(
  operator: '<' | '<=' | '>' | '>=',
  operands: readonly TypedNode[],
  span: Span,
): Chosen {
  for (const operand of operands) demand(operand, orderedKinds, operator)
  const args = sameKind(operator, operands, span)
  return { operation: comparison(operator, args), type: { kind: 'boolean' }, args }
}

function sameKind(operator: string, operands: readonly TypedNode[], span: Span): TypedNode[] {
  const [left, right] = operands
  if (left === undefined || right === undefined)
    throw new FormulaFault(message('two values are compared'), span)
  for (const operand of [left, right]) refusePicklist(operator, operand)
  const kind = left.type.kind === 'null' ? right.type.kind : left.type.kind
  if (right.type.kind !== 'null' && right.type.kind !== kind) throw mismatch(operator, left, right)
  return [adapt(left, kind), adapt(right, kind)]
}

function refusePicklist(operator: string, node: TypedNode): void {
  const { kind } = node.type
  if (kind === 'location') {
    throw new FormulaFault(
      message('{operator} cannot compare: {found}', { operator, found: describeNode(node) }),
      node.span,
    )
  }
  if (kind !== 'picklist' && kind !== 'multipicklist') return
  const values = { operator, found: describeNode(node) }
  const told =
    kind === 'picklist'
      ? message('{operator} cannot compare it: {found}; use ISPICKVAL(), CASE() or TEXT()', values)
      : message('{operator} cannot compare it: {found}; use INCLUDES()', values)
  throw new FormulaFault(told, node.span)
}
