/** How many records of which objects the caller may see, as command lines list them. */
import type { AppParts } from '../app-parts.ts'
import { modelFor } from '../language-of.ts'
import type { Call } from '../route.ts'

type Parts = Pick<AppParts, 'deployer' | 'records'>

export interface RecordCountsView {
  readonly sObjects: readonly { readonly count: number; readonly name: string }[]
}

/** Of all objects where none is named. What is not there, or may not be seen, is left out alike. */
export async function recordCountsView(parts: Parts, call: Call): Promise<RecordCountsView> {
  const sObjects: { count: number; name: string }[] = []
  // One after another: counts of everything must not keep the database from everybody else.
  for (const name of countedObjects(parts, call)) {
    const { text } = await parts.records.query(call.caller, `SELECT COUNT() FROM ${name}`)
    const { totalSize }: { readonly totalSize: number } = JSON.parse(text)
    sObjects.push({ count: totalSize, name })
  }
  return { sObjects }
}

function countedObjects(parts: Parts, { caller, query }: Call): readonly string[] {
  const model = modelFor(parts, caller)
  const names = query('sobjects')?.split(',') ?? model.objectNames
  const known = names
    .map((name) => model.object(name.trim())?.name)
    .filter((name) => name !== undefined)
    .filter((name) => caller.access.mayObject(name, 'read'))
  return [...new Set(known)].sort()
}
