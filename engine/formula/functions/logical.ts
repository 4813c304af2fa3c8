/** Choosing and asking for emptiness: IF, CASE, ISBLANK and their like. */
import { message } from '../../base/message.ts'
import { sql, type Sql } from '../../sql/sql.ts'
import { adapt, demand, describeNode } from '../function-entry.ts'
import type { CheckedCall, FormulaFunction, Resolved } from '../function-entry.ts'
import type { EvaluationCall } from '../operation.ts'
import { FormulaFault } from '../problem.ts'
import { compilePlain, plain, truth } from '../sql/build.ts'
import { branchSql, caseSql, chooseSql } from '../sql/choose.ts'
import type { SqlCall, SqlValue } from '../sql/sql-value.ts'
import type { TypedNode, Value } from '../tree.ts'
import { order } from './comparisons.ts'
import { and, not, or } from './logic.ts'
import { unify } from './unify.ts'

const conditions = [{ name: 'condition', kinds: ['boolean'], repeats: true }] as const

function first(args: readonly TypedNode[]): TypedNode {
  const [node] = args
  if (node === undefined) throw new Error('a function without its argument')
  return node
}

function resolveIf({ name, args }: CheckedCall): Resolved {
  const [condition, ...results] = args
  if (condition === undefined) throw new Error('IF without a condition')
  demand(condition, ['boolean'], name)
  const { type, nodes } = unify(name, results)
  return { type, args: [adapt(condition, 'boolean'), ...nodes] }
}

function evaluateIf({ args: [condition, yes, no], machine }: EvaluationCall): Value {
  if (condition === undefined || yes === undefined || no === undefined) return null
  return machine.evaluate(machine.evaluate(condition) === true ? yes : no)
}

function resolveCase({ name, args, span }: CheckedCall): Resolved {
  if (args.length < 4 || args.length % 2 !== 0) {
    const told = message(
      '{name} needs a value, pairs of value and result, and a result for all else',
      { name },
    )
    throw new FormulaFault(told, span)
  }
  const subject = first(args)
  const isPair = (index: number): boolean => index > 0 && index < args.length - 1
  const results = args.filter((_, index) => index > 0 && (!isPair(index) || index % 2 === 0))
  const { type, nodes } = unify(name, results)
  const kind = subject.type.kind === 'picklist' ? 'text' : subject.type.kind
  const adapted = args.map((arg, index) => {
    if (index === 0) return subject
    if (isPair(index) && index % 2 === 1) return comparable(name, arg, { kind, subject })
    return nodes[results.indexOf(arg)] ?? arg
  })
  return { type, args: adapted }
}

function comparable(
  name: string,
  value: TypedNode,
  wanted: { readonly kind: TypedNode['type']['kind']; readonly subject: TypedNode },
): TypedNode {
  const { kind } = value.type
  if (kind !== 'null' && kind !== wanted.kind && wanted.kind !== 'null') {
    const told = message('{name} compares like with like: {first}, {second}', {
      name,
      first: describeNode(wanted.subject),
      second: describeNode(value),
    })
    throw new FormulaFault(told, value.span)
  }
  return adapt(value, wanted.kind)
}

function evaluateCase({ args, machine }: EvaluationCall): Value {
  const subject = first(args)
  const value = machine.evaluate(subject)
  const last = args.length - 1
  for (let index = 1; index < last; index += 2) {
    const [wanted, result] = [args[index], args[index + 1]]
    if (wanted === undefined || result === undefined) break
    const other = machine.evaluate(wanted)
    const isEqual = value !== null && other !== null && order(subject.type.kind, value, other) === 0
    if (isEqual) return machine.evaluate(result)
  }
  const otherwise = args[last]
  return otherwise === undefined ? null : machine.evaluate(otherwise)
}

/** Whether the value is empty; in the manner of ISNULL a text never is. */
function isEmpty(value: Value): boolean {
  return value === null || value === ''
}

function isNullNode(node: TypedNode, value: Value): boolean {
  return node.type.kind === 'text' ? false : isEmpty(value)
}

function emptySql(call: SqlCall, node: TypedNode): { readonly value: SqlValue; readonly is: Sql } {
  const value = call.compile(node)
  if (value.kind === 'number') return { value, is: sql`(${value.num} is null)` }
  const { kind } = node.type
  const isText = kind === 'text' || kind === 'picklist' || kind === 'multipicklist'
  const is = isText ? sql`(${value.sql} = '')` : sql`((${value.sql}) is null)`
  return { value, is }
}

function resolveSubstitute({ name, args }: CheckedCall): Resolved {
  const { type, nodes } = unify(name, args)
  return { type, args: nodes }
}

function substituteSql(call: SqlCall, never: boolean): SqlValue {
  const [node, instead] = call.args
  if (node === undefined || instead === undefined) throw new Error('a value and its substitute')
  const { value, is } = emptySql(call, node)
  if (never) return value
  return chooseSql(call, {
    condition: is,
    fails: value.fails,
    yes: call.compile(instead),
    no: value,
  })
}

export const logicalFunctions: readonly FormulaFunction[] = [
  {
    ...and,
    group: 'logical',
    parameters: conditions,
    doc: 'True when all conditions are true.',
    result: 'boolean',
  },
  {
    ...or,
    group: 'logical',
    parameters: conditions,
    doc: 'True when at least one condition is true.',
    result: 'boolean',
  },
  {
    ...not,
    group: 'logical',
    parameters: [{ name: 'condition', kinds: ['boolean'] }],
    doc: 'Turns true into false and false into true.',
    result: 'boolean',
  },
  {
    name: 'IF',
    group: 'logical',
    parameters: [{ name: 'condition' }, { name: 'if_true' }, { name: 'if_false' }],
    doc: 'Gives the second value when the condition is true, else the third.',
    result: resolveIf,
    evaluate: evaluateIf,
    sql(call) {
      const [condition, yes, no] = call.args
      if (condition === undefined || yes === undefined || no === undefined) throw new Error('IF')
      const { sql: given, fails } = compilePlain(call, condition)
      const branches = { yes: call.compile(yes), no: call.compile(no) }
      return chooseSql(call, { condition: truth(given), fails, ...branches })
    },
  },
  {
    name: 'CASE',
    group: 'logical',
    parameters: [{ name: 'expression' }, { name: 'value, result', repeats: true }],
    doc: 'Gives the result that stands behind the first value equal to the expression; the last argument when none is equal.',
    result: resolveCase,
    evaluate: evaluateCase,
    sql: caseSql,
  },
  {
    name: 'ISBLANK',
    group: 'logical',
    parameters: [{ name: 'expression' }],
    doc: 'True when the expression has no value. A number that counts as zero when empty is never blank.',
    result: 'boolean',
    evaluate: ({ args, machine }) => isEmpty(machine.evaluate(first(args))),
    sql(call) {
      const { value, is } = emptySql(call, first(call.args))
      return plain(is, [value.fails])
    },
  },
  {
    name: 'ISNULL',
    group: 'logical',
    parameters: [{ name: 'expression' }],
    doc: 'True when the expression has no value; a text always has one, so prefer ISBLANK.',
    result: 'boolean',
    evaluate: ({ args, machine }) => isNullNode(first(args), machine.evaluate(first(args))),
    sql(call) {
      const { value, is } = emptySql(call, first(call.args))
      return plain(first(call.args).type.kind === 'text' ? sql`false` : is, [value.fails])
    },
  },
  {
    name: 'BLANKVALUE',
    group: 'logical',
    parameters: [{ name: 'expression' }, { name: 'substitute' }],
    doc: 'Gives the expression, or the substitute when it is blank.',
    result: resolveSubstitute,
    evaluate({ args: [node, instead], machine }) {
      const value = node === undefined ? null : machine.evaluate(node)
      return isEmpty(value) && instead !== undefined ? machine.evaluate(instead) : value
    },
    sql: (call) => substituteSql(call, false),
  },
  {
    name: 'NULLVALUE',
    group: 'logical',
    parameters: [{ name: 'expression' }, { name: 'substitute' }],
    doc: 'Gives the expression, or the substitute when it is null; a text never is, so prefer BLANKVALUE.',
    result: resolveSubstitute,
    evaluate({ args: [node, instead], machine }) {
      const value = node === undefined ? null : machine.evaluate(node)
      const isNull = node !== undefined && isNullNode(node, value)
      return isNull && instead !== undefined ? machine.evaluate(instead) : value
    },
    sql: (call) => substituteSql(call, first(call.args).type.kind === 'text'),
  },
  {
    name: 'ISPICKVAL',
    group: 'logical',
    parameters: [
      { name: 'picklist_field', kinds: ['picklist'] },
      { name: 'text', kinds: ['text'] },
    ],
    doc: 'True when the picklist has the value; an empty text asks for a picklist without value.',
    result: 'boolean',
    evaluate: ({ args: [field, text], machine }) =>
      field !== undefined &&
      text !== undefined &&
      machine.evaluate(field) === machine.evaluate(text),
    sql: (call) => branchSql(call, (field, text) => sql`(${field} = ${text})`),
  },
  {
    name: 'INCLUDES',
    group: 'logical',
    parameters: [
      { name: 'multiselect_field', kinds: ['multipicklist'] },
      { name: 'text', kinds: ['text'] },
    ],
    doc: 'True when the value is among those chosen in a multi-select picklist.',
    result: 'boolean',
    evaluate({ args: [field, text], machine }) {
      const chosen = field === undefined ? '' : machine.evaluate(field)
      const wanted = text === undefined ? '' : machine.evaluate(text)
      return String(chosen).split(';').includes(String(wanted))
    },
    sql: (call) => {
      const find = call.context.dialect.name === 'postgres' ? sql`strpos` : sql`instr`
      return branchSql(
        call,
        (chosen, wanted) =>
          sql`(${find}(concat(';', ${chosen}, ';'), concat(';', ${wanted}, ';')) > 0 and ${find}(${wanted}, ';') = 0)`,
      )
    },
  },
]
