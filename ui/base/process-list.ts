/** The processes that the user may start: asked for once, and anew after a change of the metadata. */
import { processes } from '../process-api.ts'
import { live } from './live.ts'
import type { ProcessSummary } from './wire-processes.ts'

let known: Promise<readonly ProcessSummary[]> | undefined

live.onModel(() => (known = undefined))

export function startableProcesses(): Promise<readonly ProcessSummary[]> {
  if (known === undefined) {
    const asked = processes.list()
    // What failed is asked for again.
    asked.catch(() => (known = undefined))
    known = asked
  }
  return known
}

/** Those that start from records of an object. */
export async function processesFor(object: string): Promise<readonly ProcessSummary[]> {
  return (await startableProcesses()).filter(({ objects }) => objects.includes(object))
}
