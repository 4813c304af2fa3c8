/** Objects, records and keys as callers name them. */
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { Moment } from '../query/date-range.ts'
import type { StatedPlan } from '../query/read-plan.ts'
import { isKeyField, noteObjectName, resolveField, type Gate } from '../query/resolve.ts'
import type { Caller } from './records.ts'

export function gateOf(model: Model, caller: Caller): Gate {
  const { access, language, onFormerName } = caller
  return { model, access, language, fiscalYear: caller.company?.fiscalYear, onFormerName }
}

/** The moment as the caller's calendar has it. */
export function momentOf({ timeZone, company }: Caller, now: number): Moment {
  return { now, timeZone, fiscalYear: company?.fiscalYear }
}

/** A plan may be an earlier request's: what it noticed holds for this one too. */
export function noteFormerNames(caller: Caller, plan: Pick<StatedPlan, 'formerNames'>): void {
  for (const one of plan.formerNames) caller.onFormerName?.(one)
}

/** The object of an address; a hidden one is answered like one that does not exist. */
export function requireObject(model: Model, name: string, caller: Caller): ObjectModel {
  const object = model.object(name)
  if (object !== undefined && caller.access.mayObject(object.name, 'read')) {
    noteObjectName(caller, object, name)
    return object
  }
  throw refuse('NOT_FOUND', message('The requested resource does not exist'))
}

/** The 18-character form of an id of this object. */
export function requireId(object: ObjectModel, given: string): string {
  const id = normaliseId(given)
  if (id === undefined || !id.startsWith(object.keyPrefix)) throw notFound(given)
  return id
}

export function notFound(id: string): Refusal {
  return refuse(
    'NOT_FOUND',
    `Provided external ID field does not exist or is not accessible: ${id.slice(0, 40)}`,
  )
}

/** The one field by which upsert and retrieve may find a record. */
export function keyField(gate: Gate, object: ObjectModel, name: string): FieldModel {
  const field = resolveField(gate, object, name)
  if (isKeyField(field)) return field
  throw refuse(
    'INVALID_FIELD',
    `${field.name} is no external id and not unique: records cannot be found by it.`,
    { fields: [field.name] },
  )
}
