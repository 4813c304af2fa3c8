/** What a rule asks about the save: ISNEW, ISCHANGED, PRIORVALUE. */
import { message } from '../../base/message.ts'
import type { CheckedCall, FormulaFunction, Resolved } from '../function-entry.ts'
import type { EvaluationCall } from '../operation.ts'
import { FormulaFault } from '../problem.ts'
import type { TypedNode, Value } from '../tree.ts'
import type { FieldMention } from '../types.ts'
import { fieldValue } from '../field-value.ts'
import { order } from './comparisons.ts'

const contexts = ['rule', 'flow'] as const

function ownField(name: string, node: TypedNode | undefined): FieldMention {
  if (node?.kind === 'field' && node.mention.ownField === true) return node.mention
  const span = node?.span ?? { start: 0, end: 0 }
  throw new FormulaFault(message('{name} needs a field of the record itself', { name }), span)
}

function resolvePrior({ name, args }: CheckedCall): Resolved {
  ownField(name, args[0])
  return { type: args[0]?.type ?? { kind: 'null' }, args }
}

function resolveChanged({ name, args }: CheckedCall): Resolved {
  ownField(name, args[0])
  return { type: { kind: 'boolean' }, args }
}

/** The value before the save; empty while the record is new. */
function priorValue({ args: [node], machine }: EvaluationCall): Value {
  if (node?.kind !== 'field') return null
  const { prior } = machine.environment
  return fieldValue(node, prior?.(node.mention) ?? null)
}

function isChanged(call: EvaluationCall): boolean {
  const [node] = call.args
  const { environment } = call.machine
  if (node?.kind !== 'field' || environment.isNew === true || environment.prior === undefined) {
    return false
  }
  const [now, before] = [call.machine.evaluate(node), priorValue(call)]
  if (now === null || before === null) return now !== before
  if (node.type.kind === 'location') return JSON.stringify(now) !== JSON.stringify(before)
  return order(node.type.kind, now, before) !== 0
}

export const recordFunctions: readonly FormulaFunction[] = [
  {
    name: 'ISNEW',
    group: 'logical',
    parameters: [],
    doc: 'True while the record is being created.',
    contexts,
    result: 'boolean',
    evaluate: ({ machine }) => machine.environment.isNew === true,
  },
  {
    name: 'ISCLONE',
    group: 'logical',
    parameters: [],
    doc: 'True when the record is being made as the copy of another one.',
    contexts,
    result: 'boolean',
    evaluate: ({ machine }) => machine.environment.isClone === true,
  },
  {
    name: 'ISCHANGED',
    group: 'logical',
    parameters: [{ name: 'field', field: true }],
    doc: 'True when the save changes the field; false while the record is being created.',
    contexts,
    result: resolveChanged,
    evaluate: isChanged,
  },
  {
    name: 'PRIORVALUE',
    group: 'logical',
    parameters: [{ name: 'field', field: true }],
    doc: 'Gives the value that the field had before the save.',
    contexts,
    result: resolvePrior,
    evaluate: priorValue,
  },
]
