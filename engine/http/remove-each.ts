/** Deletes that are answered one by one and done together, as far as they can be. */
import { Refusal } from '../base/refusal.ts'
import type { Caller, Records } from '../records/records.ts'

interface Run {
  readonly object: string
  readonly ids: readonly string[]
}

/** For each id why it stays, in order; what refuses many at once is looked for by halves. */
export async function removeEach(
  records: Pick<Records, 'removeMany'>,
  caller: Caller,
  { object, ids }: Run,
): Promise<readonly (Refusal | undefined)[]> {
  try {
    return await records.removeMany(caller, object, ids)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (ids.length === 1 || error.status >= 500) return ids.map(() => error)
    const middle = Math.ceil(ids.length / 2)
    const first = await removeEach(records, caller, { object, ids: ids.slice(0, middle) })
    const rest = await removeEach(records, caller, { object, ids: ids.slice(middle) })
    return [...first, ...rest]
  }
}

/** Neighbours of one object together. */
export function runsOf(ids: readonly string[], objectOf: (id: string) => string): readonly Run[] {
  const runs: { readonly object: string; readonly ids: string[] }[] = []
  for (const id of ids) {
    const object = objectOf(id)
    const last = runs.at(-1)
    if (last?.object === object) last.ids.push(id)
    else runs.push({ object, ids: [id] })
  }
  return runs
}
