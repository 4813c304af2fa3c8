/** Sorts the server's refusal into messages at fields and messages for the whole form. */
import type { ApiError } from './api-error.ts'
import type { ObjectInfo } from './wire.ts'

export interface PlacedProblems {
  readonly fields: ReadonlyMap<string, string>
  readonly form: readonly string[]
}

/** `shown` are the fields the user can see; a message about another one must not vanish. */
export function placeProblems(
  error: ApiError,
  describe: ObjectInfo,
  shown: ReadonlySet<string>,
): PlacedProblems {
  const fields = new Map<string, string>()
  const form: string[] = []
  for (const problem of error.problems) {
    const named = (problem.fields ?? []).map((name) => canonicalName(describe, name))
    const visible = named.filter((name) => shown.has(name))
    for (const name of visible) {
      const before = fields.get(name)
      fields.set(name, before === undefined ? problem.message : `${before} ${problem.message}`)
    }
    if (visible.length === 0) form.push(problem.message)
  }
  return { fields, form }
}

function canonicalName(describe: ObjectInfo, name: string): string {
  const lower = name.toLowerCase()
  return describe.fields.find((field) => field.name.toLowerCase() === lower)?.name ?? name
}
