/** The result of functions that hand a number on: endless where one of the arguments is. */
import { adapt } from '../function-entry.ts'
import type { CheckedCall, Resolved } from '../function-entry.ts'

export function resolveNumbers({ args }: CheckedCall): Resolved {
  const isEndless = args.some((arg) => arg.type.endless === true)
  const type = isEndless
    ? ({ kind: 'number', endless: true } as const)
    : ({ kind: 'number' } as const)
  return { type, args: args.map((arg) => adapt(arg, 'number')) }
}
