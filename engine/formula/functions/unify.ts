/** One common type for values of which one is chosen, as IF and CASE need it. */
import { message } from '../../base/message.ts'
import { adapt, asMarkup, describeNode } from '../function-entry.ts'
import { FormulaFault } from '../problem.ts'
import type { TypedNode } from '../tree.ts'
import type { FormulaType, TypeKind } from '../types.ts'
import { escapeMarkup } from './concat.ts'

export interface Unified {
  readonly type: FormulaType
  readonly nodes: readonly TypedNode[]
}

/** Throws where two of them differ; empty values fit to everything. */
export function unify(name: string, nodes: readonly TypedNode[]): Unified {
  const first = nodes.find((node) => node.type.kind !== 'null')
  const kind: TypeKind = first?.type.kind ?? 'null'
  for (const node of nodes) {
    if (node.type.kind === 'null' || node.type.kind === kind || first === undefined) continue
    const told = message('{name} gives one type whatever happens: {first}, {second}', {
      name,
      first: describeNode(first),
      second: describeNode(node),
    })
    throw new FormulaFault(told, node.span)
  }
  const adapted = nodes.map((node) => adapt(node, kind))
  if (adapted.some((node) => node.type.markup === true)) {
    const safe = adapted.map((node) => asMarkup(node, escapeMarkup))
    return { type: { kind: 'text', markup: true }, nodes: safe }
  }
  const isEndless = adapted.some((node) => node.type.endless === true)
  return { type: isEndless ? { kind, endless: true } : { kind }, nodes: adapted }
}
