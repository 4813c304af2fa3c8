/** Deploys that change entitlement processes, or undo such a change, have all open deadlines looked at: whatever was missed meanwhile is made up for. */
import { createHash } from 'node:crypto'
import type { Model } from '../../model/model.ts'
import type { Storage } from '../../storage/storage.ts'
import type { UnitServices } from '../approvals/approval-unit.ts'
import type { DueWork } from '../due-work.ts'
import { addRecount, knownProcesses, noteProcesses } from './recount-store.ts'

export interface ProcessParts {
  readonly services: UnitServices
  readonly storage: Storage
}

/** Nobody's id. */
const processOwner = '0Fm000000000002AAA'

/** Asked of the database, so that a server that dies right behind a deploy does it when it is back. */
export function processWork({ services, storage }: ProcessParts): DueWork {
  const { models, clock, ids } = services
  let settledFor: Model | undefined
  const isDue = async (): Promise<boolean> => {
    const model = models.current()
    if (settledFor === model) return false
    if ((await knownProcesses(storage)) !== fingerprintOf(model)) return true
    settledFor = model
    return false
  }
  return {
    kind: 'milestoneProcesses',
    about: 'Deadlines of other processes',
    owner: processOwner,
    isDue,
    runSome: async () => {
      const fingerprint = fingerprintOf(models.current())
      const known = await knownProcesses(storage)
      if (known === fingerprint) return false
      await storage.write(async (tx) => {
        // With none known there was no deploy: this is the first look at all.
        if (!(await noteProcesses(tx, { known, fingerprint })) || known === undefined) return
        await addRecount(tx, { id: ids('0Fm'), hoursId: '', runAt: clock.now() })
        tx.afterCommit(services.wake)
      })
      return true
    },
  }
}

const fingerprints = new WeakMap<Model, string>()

function fingerprintOf(model: Model): string {
  const found = fingerprints.get(model)
  if (found !== undefined) return found
  const bodies = [...model.components('EntitlementProcess')]
    .map(({ fullName, body }) => [fullName, body] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  const made = createHash('sha256').update(JSON.stringify(bodies)).digest('base64url')
  fingerprints.set(model, made)
  return made
}
