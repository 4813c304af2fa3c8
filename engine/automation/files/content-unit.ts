/** What the work on files is done with: the unit of work, and the engine's own rights beside those of whoever acts. */
import { fullAccess } from '../../access/full-access.ts'
import type { Model } from '../../model/model.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Reading } from '../read-rows.ts'

export interface ContentUnit extends Reading {
  /** With the rights of whoever acts; `caller` has rights to all. */
  readonly person: Caller
  readonly model: Model
  readonly now: string
}

const ownCallers = new WeakSet<Caller>()

/** True for what the engine writes itself: nothing of it has to be looked at again. */
export function isOwnWrite(caller: Caller): boolean {
  return ownCallers.has(caller)
}

export function contentUnit(
  { records, caller: person }: { readonly records: Records; readonly caller: Caller },
  model: Model,
  now: number,
): ContentUnit {
  const caller: Caller = { ...person, access: fullAccess(model) }
  ownCallers.add(caller)
  return { records, caller, person, model, now: new Date(now).toISOString() }
}
