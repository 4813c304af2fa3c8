/** What an approval is worked on with: one unit of work, the engine's own rights under the name of whoever acts. */
import { fullAccess } from '../../access/full-access.ts'
import type { Clock } from '../../base/clock.ts'
import type { Formula } from '../../formula/tree.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { InvocableAction } from '../actions/action.ts'
import type { EmailStore } from '../messages/email-store.ts'
import type { Notifications } from '../messages/notifications.ts'
import type { Writing } from './approval-store.ts'

export interface UnitServices {
  readonly clock: Clock
  readonly models: Models
  readonly ids: (keyPrefix: string) => string
  readonly notifications: Notifications
  readonly emails: EmailStore
  /** Flows by name. */
  readonly flow: (model: Model, name: string) => InvocableAction | undefined
  /** Something may be due at once. */
  readonly wake: () => void
}

export interface ApprovalUnit extends UnitServices {
  readonly model: Model
  readonly records: Records
  readonly tx: Transaction
  /** Whoever acts, by whose rights it is decided what he may. */
  readonly by: Caller
  /** The same person with the rights of the engine, whom no lock holds. */
  readonly caller: Caller
  readonly writing: Writing
}

const ownCallers = new WeakSet<Caller>()

/** True for what approvals themselves write. */
export function isApprovalWrite(caller: Caller): boolean {
  return ownCallers.has(caller)
}

export interface UnitOfWork {
  readonly records: Records
  readonly tx: Transaction
  readonly caller: Caller
}

export function approvalUnit(
  services: UnitServices,
  { records, tx, caller: by }: UnitOfWork,
): ApprovalUnit {
  const { models, clock, ids } = services
  const model = models.current()
  const caller: Caller = { ...by, access: fullAccess(model) }
  ownCallers.add(caller)
  const writing = { tx, now: clock.now(), by: by.userId, ids }
  return { ...services, model, records, tx, by, caller, writing }
}

/** Whether the record is one that the criteria mean; one without criteria always is. */
export async function meets(
  { records, caller }: Pick<ApprovalUnit, 'records' | 'caller'>,
  formula: Formula | undefined,
  { object, id }: { readonly object: ObjectModel; readonly id: string },
): Promise<boolean> {
  if (formula === undefined) return true
  const result = { type: 'Checkbox' } as const
  const outcome = await records.sampleFormula(caller, { object, id, formula, result })
  return outcome.kind === 'value' && outcome.value === true
}
