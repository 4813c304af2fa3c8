/** The work of the first change, done in the gaps between requests while a new server waits. */
import { prepareChanges } from '../model/compile-model.ts'
import type { ModelStore } from './model-store.ts'

/** Each takes well under a millisecond. */
const stepsAtOnce = 4

/** Ends early when the model moves on, which did the work, or when nobody wants it any more. */
export async function prepareWhileIdle(store: ModelStore, wanted: () => boolean): Promise<void> {
  const model = store.current()
  const steps = prepareChanges(model)
  for (let count = 1; steps.next().done !== true; count++) {
    if (count % stepsAtOnce !== 0) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (!wanted() || store.current() !== model) return
  }
}
