/** Checks of nesting, keys and characters for a value that is parsed already. */
import { message, type Message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { bodyProblem, type BodyProblem, type Pointer } from './body-problem.ts'
import { checkKey, checkText } from './check-text.ts'

interface Step {
  readonly parent: Step | undefined
  readonly key: string | number
  readonly depth: number
}

/** All faults of a JSON value, found without recursion. */
export function checkValue(value: unknown): readonly BodyProblem[] {
  const problems: BodyProblem[] = []
  const waiting: { readonly value: unknown; readonly step: Step | undefined }[] = []
  const look = (inner: unknown, step: Step | undefined): void => {
    if (typeof inner === 'string') problems.push(...faultOf(checkText(inner), step))
    else if (typeof inner === 'object' && inner !== null) waiting.push({ value: inner, step })
  }
  look(value, undefined)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (problems.length >= limits.problemsReportedMax) return problems
    const { value: inner, step: parent } = next
    const depth = (parent?.depth ?? 0) + 1
    if (depth > limits.jsonDepthMax) return [...problems, ...faultOf(tooDeep, parent)]
    if (Array.isArray(inner)) {
      for (const [key, entry] of inner.entries()) look(entry, { parent, key, depth })
      continue
    }
    for (const [key, entry] of Object.entries(Object(inner))) {
      const step = { parent, key, depth }
      problems.push(...faultOf(checkKey(key), step))
      look(entry, step)
    }
  }
  return problems
}

const tooDeep = message('nested more than {most} levels deep', { most: limits.jsonDepthMax })

function faultOf(reason: Message | undefined, step: Step | undefined): readonly BodyProblem[] {
  return reason === undefined ? [] : [bodyProblem({ pointer: pointerOf(step), at: 'key' }, reason)]
}

function pointerOf(step: Step | undefined): Pointer {
  const pointer: (string | number)[] = []
  for (let at = step; at !== undefined; at = at.parent) pointer.push(at.key)
  return pointer.reverse()
}
