/** Rules and computed defaults of forms: asked for when a form opens, checked before it is sent. */
import { screens } from '../api.ts'
import { ApiError } from './api-error.ts'
import type { FormState } from './form-state.ts'
import { concerns, live } from './live.ts'
import type { FormFacts, ObjectInfo } from './wire.ts'

interface Known {
  readonly facts: FormFacts
  /** The clock of the server minus that of the browser. */
  readonly clockAheadMs: number
}

const known = new Map<string, Known>()

live.onModel((event) => {
  for (const object of known.keys()) if (concerns(event, object)) known.delete(object)
})

/** Asked anew for every form: defaults follow the day and the user. */
export async function formFacts(object: string): Promise<FormFacts> {
  const facts = await screens.form(object)
  known.set(object, { facts, clockAheadMs: facts.now - Date.now() })
  return facts
}

/** Throws what the server would answer where a rule fails; the server checks again in any case. */
export async function checkRules(form: FormState, describe: ObjectInfo): Promise<void> {
  if (!known.has(describe.name)) await formFacts(describe.name)
  const present = known.get(describe.name)
  if (present === undefined || present.facts.rules.length === 0) return
  const { failingRules } = await import('../rules/failing-rules.ts')
  const now = Date.now() + present.clockAheadMs
  const problems = failingRules(present.facts, { form, describe, now })
  if (problems.length > 0) throw new ApiError(400, problems)
}
