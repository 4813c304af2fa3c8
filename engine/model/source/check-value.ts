/** What scanning does for text, for a value that is parsed already: nesting, keys and characters. */
import { limits } from '../../base/limits.ts'
import { bodyProblem, type BodyProblem, type Pointer } from './body-problem.ts'
import { checkKey, checkText } from './check-text.ts'

/** All faults of a JSON value, found without recursion. */
export function checkValue(value: unknown): readonly BodyProblem[] {
  const problems: BodyProblem[] = []
  const waiting: { readonly value: unknown; readonly pointer: Pointer }[] = [{ value, pointer: [] }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (problems.length >= limits.problemsReportedMax) return problems
    const { value: inner, pointer } = next
    if (pointer.length > limits.jsonDepthMax) return [...problems, tooDeep(pointer)]
    if (typeof inner === 'string') problems.push(...faultOf(checkText(inner), pointer))
    if (typeof inner !== 'object' || inner === null) continue
    if (Array.isArray(inner)) {
      for (const [index, entry] of inner.entries()) {
        waiting.push({ value: entry, pointer: [...pointer, index] })
      }
      continue
    }
    for (const [key, entry] of Object.entries(inner)) {
      problems.push(...faultOf(checkKey(key), [...pointer, key]))
      waiting.push({ value: entry, pointer: [...pointer, key] })
    }
  }
  return problems
}

function faultOf(reason: string | undefined, pointer: Pointer): readonly BodyProblem[] {
  return reason === undefined ? [] : [bodyProblem({ pointer, at: 'key' }, reason)]
}

function tooDeep(pointer: Pointer): BodyProblem {
  return bodyProblem({ pointer }, `nested more than ${limits.jsonDepthMax} levels deep`)
}
