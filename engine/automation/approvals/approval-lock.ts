/** Records that wait for an approval are locked at every door; whoever may change all of them, and what approvals write, is let through. */
import { message } from '../../base/message.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import type { Model } from '../../model/model.ts'
import type { HookCall, HookOutcome, RecordHooks } from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { nothing } from '../combine-hooks.ts'
import { peopleIn } from '../messages/people-in.ts'
import { instancesById, locksOf, workitemsOf } from './approval-store.ts'
import { isApprovalWrite } from './approval-unit.ts'

const lockedObjects = new WeakMap<Model, ReadonlySet<string>>()

function hasApprovals(model: Model, object: string): boolean {
  const known = lockedObjects.get(model)
  const names =
    known ?? new Set([...readyApprovals(model).byName.values()].map((plan) => plan.object))
  if (known === undefined) lockedObjects.set(model, names)
  return names.has(object)
}

/** Asked when the row is written already, in the unit that wrote it: what is locked meanwhile is found, too. */
export function createApprovalLock(models: Models): RecordHooks {
  return {
    has: (object, event) =>
      (event === 'afterUpdate' || event === 'beforeDelete') &&
      hasApprovals(models.current(), object),
    call: async (call) => {
      const { caller, object, rows, records } = call
      const isFree = isApprovalWrite(caller) || caller.access.mayObject(object, 'modifyAll')
      if (isFree) return rows.map(() => nothing)
      const refused = await records.together((_within, tx) => lockedFor(call, tx, models.current()))
      return rows.map(({ id }) => (id !== undefined && refused.has(id) ? locked : nothing))
    },
  }
}

const locked: HookOutcome = {
  changes: new Map(),
  errors: [
    {
      errorCode: 'ENTITY_IS_LOCKED',
      message: message('The record is locked: it waits for an approval, or was locked by one.'),
    },
  ],
}

type Tx = Parameters<typeof locksOf>[0] & Parameters<typeof peopleIn>[0]

/** Those of the rows that the caller may not touch. */
async function lockedFor(
  { rows, caller, event }: HookCall,
  tx: Tx,
  model: Model,
): Promise<ReadonlySet<string>> {
  const locks = await locksOf(
    tx,
    rows.flatMap(({ id }) => id ?? []),
  )
  if (locks.size === 0) return new Set()
  const refused = new Set(locks.keys())
  if (event === 'beforeDelete') return refused
  const instances = await instancesById(tx, [...locks.values()])
  for (const [recordId, instanceId] of locks) {
    const process = instances.get(instanceId)?.process.toLowerCase() ?? ''
    const plan = readyApprovals(model).byName.get(process)
    if (plan?.approverMayEdit !== true) continue
    const actors = (await workitemsOf(tx, instanceId)).map(({ actor }) => actor)
    if ((await peopleIn(tx, model, actors)).includes(caller.userId)) refused.delete(recordId)
  }
  return refused
}
