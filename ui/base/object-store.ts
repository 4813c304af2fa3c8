/** The screens' knowledge of objects: each is asked for once and forgotten when the model changes. */
import { screens } from '../api.ts'
import { concerns, live } from './live.ts'
import type { ObjectScreen } from './wire.ts'

const known = new Map<string, Promise<ObjectScreen>>()

live.onModel((event) => {
  for (const object of known.keys()) if (concerns(event, object)) known.delete(object)
})

/** Describe, layout and list views of an object. */
export function objectScreen(object: string): Promise<ObjectScreen> {
  const present = known.get(object)
  if (present) return present
  const asked = screens.object(object).catch((error: unknown) => {
    // A failure is not remembered: the next page asks again.
    known.delete(object)
    throw error
  })
  known.set(object, asked)
  return asked
}
