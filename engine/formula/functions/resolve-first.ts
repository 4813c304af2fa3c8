/** The result of functions that give what they are given. */
import { adapt } from '../function-entry.ts'
import type { CheckedCall, Resolved } from '../function-entry.ts'

/** The first argument's type; numbers for all others. */
export function resolveFirst({ args }: CheckedCall): Resolved {
  const [first, ...others] = args
  if (first === undefined) throw new Error('a function without arguments')
  const type = first.type.kind === 'null' ? ({ kind: 'date' } as const) : first.type
  const adapted = [adapt(first, type.kind), ...others.map((other) => adapt(other, 'number'))]
  return { type, args: adapted }
}
