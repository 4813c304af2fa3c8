/** What does not depend on the record is computed once, while the formula is checked. */
import type { Environment } from './environment.ts'
import { evaluateNode } from './evaluate-formula.ts'
import type { TypedNode } from './tree.ts'
import { utc } from './zone.ts'

/** Constant calls ask for nothing of this. */
const nowhere: Environment = {
  read: (mention) => {
    throw new Error(`a constant reads ${mention.path}`)
  },
  now: 0,
  zone: utc,
}

/** The node as a constant where it is one; where it fails, it stays and fails when evaluated. */
export function foldConstants(node: TypedNode): TypedNode {
  if (node.kind !== 'call' || node.args.length === 0) return node
  const isConstant = node.args.every((arg) => arg.kind === 'constant')
  if (!isConstant || node.operation.volatile === true) return node
  const outcome = evaluateNode(node, nowhere)
  if (outcome.kind === 'failure') return node
  return { kind: 'constant', type: node.type, value: outcome.value, span: node.span }
}
