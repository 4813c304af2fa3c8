/** The answer about the files that wait: the plan, and what was changed on both sides. */
import type { Plan } from '../base/wire-metadata.ts'

export interface FileConflict {
  readonly file: string
  /** Component or member, and the attribute. */
  readonly path: string
  /** As texts to show; undefined where the attribute is not there. */
  readonly before: string | undefined
  readonly here: string | undefined
  readonly inFile: string | undefined
}

export interface PendingFiles {
  readonly plan: Plan | undefined
  readonly conflicts: readonly FileConflict[]
}

export function readPending(answer: unknown): PendingFiles {
  const members = membersOf(answer)
  const plan = members.get('plan')
  const conflicts = members.get('conflicts')
  return {
    plan: isPlan(plan) ? plan : undefined,
    conflicts: Array.isArray(conflicts) ? conflicts.map(readConflict) : [],
  }
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}

function isPlan(value: unknown): value is Plan {
  const members = membersOf(value)
  return typeof members.get('id') === 'string' && Array.isArray(members.get('steps'))
}

function readConflict(value: unknown): FileConflict {
  const members = membersOf(value)
  return {
    file: String(members.get('file') ?? ''),
    path: String(members.get('path') ?? ''),
    before: shown(members.get('base')),
    here: shown(members.get('ours')),
    inFile: shown(members.get('theirs')),
  }
}

function shown(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}
