/** Open deadlines follow business hours and holidays that change: block by block, each in one unit with how far it has come. */
import { limits } from '../../base/limits.ts'
import { milestoneHolders } from '../../model/approvals/milestone-holder.ts'
import { settled } from '../../records/outcomes.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Storage } from '../../storage/storage.ts'
import { approvalUnit, type ApprovalUnit, type UnitServices } from '../approvals/approval-unit.ts'
import type { DueWork } from '../due-work.ts'
import { catchUp } from './keep-milestones.ts'
import { milestoneDesk } from './milestone-clock.ts'
import { keeps, readMilestones } from './milestone-rows.ts'
import { runningOf } from './plans-of-records.ts'
import { addRecount, dueRecount, takeRecount, type Recount } from './recount-store.ts'

export interface RecountParts {
  readonly services: UnitServices
  readonly storage: Storage
  readonly records: Records
  readonly system: () => Caller
  readonly reportError: (error: unknown) => void
}

/** Nobody's id. */
const recountOwner = '0Fm000000000001AAA'

export function recountWork(parts: RecountParts): DueWork {
  const { storage, services } = parts
  const due = () => dueRecount(storage, services.clock.now())
  return {
    kind: 'milestoneHours',
    about: 'Deadlines in other business hours',
    owner: recountOwner,
    isDue: async () => (await due()) !== undefined,
    runSome: async () => {
      const recount = await due()
      if (recount === undefined) return false
      await attempt(parts, recount)
      return true
    },
  }
}

async function attempt(parts: RecountParts, recount: Recount): Promise<void> {
  const { services, storage, records, system, reportError } = parts
  try {
    await records.together(async (within, tx) => {
      // Another node has it.
      if (!(await takeRecount(tx, recount.id))) return
      const caller = { ...system(), source: 'business hours' }
      const next = await recountBlock(
        approvalUnit(services, { records: within, tx, caller }),
        recount,
      )
      if (next !== undefined) await addRecount(tx, { ...recount, ...next })
    })
  } catch (error) {
    reportError(error)
    const runAt = services.clock.now() + limits.flowPathRetryMs
    await storage.write(async (tx) => {
      if (await takeRecount(tx, recount.id)) await addRecount(tx, { ...recount, runAt })
    })
  }
}

/** How far it has come then; undefined: to the end. */
async function recountBlock(
  unit: ApprovalUnit,
  { hoursId, holder: name, afterId }: Recount,
): Promise<Pick<Recount, 'holder' | 'afterId'> | undefined> {
  const holders = milestoneHolders.filter(({ object }) => unit.model.object(object) !== undefined)
  const place = Math.max(
    0,
    holders.findIndex(({ object }) => object === name),
  )
  const holder = holders[place]
  if (holder === undefined) return undefined
  const { milestoneBlockRows: max } = limits
  const after = afterId === '' ? '' : ' AND Id > :afterId'
  const isOne = hoursId !== '' && keeps(unit, holder, 'BusinessHoursId')
  const own = isOne ? ' AND (BusinessHoursId = :hoursId OR BusinessHoursId = null)' : ''
  const rows = await readMilestones(unit, holder, {
    where: `CompletionDate = null${own}${after}`,
    values: { afterId, hoursId },
    max,
  })
  const desk = milestoneDesk(unit)
  for (const running of await runningOf(unit, rows)) {
    // A rule may keep one of them as it is; that holds up no other.
    await settled(() => catchUp(desk, running))
  }
  const last = rows.at(-1)
  if (last !== undefined && rows.length === max) return { holder: holder.object, afterId: last.id }
  const next = holders[place + 1]
  return next && { holder: next.object, afterId: '' }
}
