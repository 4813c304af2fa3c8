/** The object of an address; one that the caller may not know of is answered like one that does not exist. */
import { message } from '../base/message.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ObjectModel } from '../model/model.ts'
import type { AppParts } from './app-parts.ts'
import { modelFor } from './language-of.ts'
import type { Call } from './route.ts'

/** In the words of the caller's language. */
export function readableObject(
  parts: Pick<AppParts, 'deployer'>,
  { caller }: Call,
  name: string,
): ObjectModel {
  const object = modelFor(parts, caller).object(name)
  if (object === undefined || !caller.access.mayObject(object.name, 'read')) throw noResource()
  return object
}

export function noResource(): Refusal {
  return refuse('NOT_FOUND', message('The requested resource does not exist'))
}
