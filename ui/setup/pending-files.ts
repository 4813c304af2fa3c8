/** The answer about the files that wait: the plan, and what was changed on both sides. */
import type { Plan } from '../base/wire-metadata.ts'

export interface PendingFiles {
  readonly plan: Plan | undefined
  /** Each in words. */
  readonly conflicts: readonly string[]
}

export function readPending(answer: unknown): PendingFiles {
  if (typeof answer !== 'object' || answer === null) return { plan: undefined, conflicts: [] }
  const plan = 'plan' in answer ? answer.plan : answer
  const conflicts = 'conflicts' in answer && Array.isArray(answer.conflicts) ? answer.conflicts : []
  return { plan: isPlan(plan) ? plan : undefined, conflicts: conflicts.map(conflictText) }
}

function isPlan(value: unknown): value is Plan {
  return typeof value === 'object' && value !== null && 'id' in value && 'steps' in value
}

function conflictText(conflict: unknown): string {
  if (typeof conflict === 'string') return conflict
  if (typeof conflict !== 'object' || conflict === null) return ''
  const parts = ['component', 'path', 'attribute', 'reason'].map((name) =>
    Object.hasOwn(conflict, name)
      ? String(Object.entries(conflict).find(([key]) => key === name)?.[1])
      : '',
  )
  return parts.filter((part) => part !== '').join(' · ')
}
