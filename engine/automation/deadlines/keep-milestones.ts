/** Deadlines begin and end with what their criteria say of a record, in the unit of the save that changed it. */
import { Refusal } from '../../base/refusal.ts'
import { parseInstant } from '../../formula/calendar.ts'
import type { EntitlementPlan, MilestonePlan } from '../../model/approvals/entitlement-plan.ts'
import { readyApprovals } from '../../model/approvals/ready-approvals.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { HookRow, RecordHooks } from '../../records/hooks/record-hooks.ts'
import {
  approvalUnit,
  isApprovalWrite,
  type ApprovalUnit,
  type UnitServices,
} from '../approvals/approval-unit.ts'
import { runActions } from '../approvals/run-actions.ts'
import { nothing } from '../combine-hooks.ts'
import { readWorkHours, type WorkHours } from '../plans/work-hours.ts'
import { groupedBy, readRows, textAt, type Row } from '../read-rows.ts'
import { criteriaOf, type Meets } from './evaluate-criteria.ts'
import { addTriggers, removeTriggers } from './trigger-store.ts'

const milestoneObject = 'CaseMilestone'

export function createMilestoneHooks(services: UnitServices): RecordHooks {
  const plansOf = (object: string): readonly EntitlementPlan[] => {
    const model = services.models.current()
    const plans = readyApprovals(model).entitlements.get(object) ?? []
    return plans.length > 0 && model.object(milestoneObject) !== undefined ? plans : []
  }
  return {
    has: (object, event) =>
      (event === 'afterInsert' || event === 'afterUpdate') && plansOf(object).length > 0,
    call: async ({ object: name, rows, caller, records }) => {
      const object = services.models.current().object(name)
      // Sample records bring the deadlines that they have.
      if (object !== undefined && caller.source !== 'system' && !isApprovalWrite(caller)) {
        await records.together((within, tx) =>
          keep(approvalUnit(services, { records: within, tx, caller }), {
            object,
            rows,
            plans: plansOf(name),
          }),
        )
      }
      return rows.map(() => nothing)
    },
  }
}

interface Saved {
  readonly object: ObjectModel
  readonly rows: readonly HookRow[]
  readonly plans: readonly EntitlementPlan[]
}

async function keep(unit: ApprovalUnit, { object, rows, plans }: Saved): Promise<void> {
  const formulas = plans
    .flatMap(({ criteria, exits, milestones }) => [
      criteria,
      exits,
      ...milestones.flatMap(({ begins, completes }) => [begins, completes]),
    ])
    .filter((formula) => formula !== undefined)
  const ids = rows.flatMap(({ id }) => id ?? [])
  const meets = await criteriaOf(unit, object, { formulas, ids })
  const concerned = ids.filter((id) => plans.some(({ criteria }) => meets(criteria, id)))
  if (concerned.length === 0) return
  const known = groupedBy(
    await readRows(
      unit,
      `SELECT Id, CaseId, MilestoneType.Name, CompletionDate FROM ${milestoneObject} WHERE CaseId IN :ids`,
      { ids: concerned },
    ),
    'CaseId',
  )
  for (const row of rows) {
    for (const plan of plans) {
      const { id = '' } = row
      if (!meets(plan.criteria, id)) continue
      await keepOne(unit, { object, row, id, plan, meets, known: known.get(id) ?? [] })
    }
  }
}

interface Kept {
  readonly object: ObjectModel
  readonly row: HookRow
  readonly id: string
  readonly plan: EntitlementPlan
  readonly meets: Meets
  readonly known: readonly Row[]
}

async function keepOne(unit: ApprovalUnit, kept: Kept): Promise<void> {
  const { plan, meets, id, known } = kept
  const isOver = plan.exits !== undefined && meets(plan.exits, id)
  for (const milestone of plan.milestones) {
    const found = known.find((row) => textAt(row, 'MilestoneType.Name') === milestone.name)
    const begins = meets(milestone.begins, id)
    if (found === undefined) {
      if (begins && !isOver) await begin(unit, kept, milestone)
    } else if (textAt(found, 'CompletionDate') === undefined) {
      const isMet =
        milestone.completes === undefined
          ? milestone.begins !== undefined && !begins
          : meets(milestone.completes, id)
      if (isMet || isOver) await complete(unit, kept, { milestone, found })
    }
  }
}

async function begin(unit: ApprovalUnit, kept: Kept, milestone: MilestonePlan): Promise<void> {
  const { row, plan, id } = kept
  const hours = await readWorkHours(unit, unit.model, {
    name: milestone.businessHours ?? plan.businessHours,
    id: textAt(row.values, 'BusinessHoursId'),
  })
  const start = milestone.countsFromCriteria ? unit.writing.now : startOf(unit, kept)
  const target = hours.after(start, milestone.minutes)
  const owner = textAt(row.values, 'OwnerId')
  const hasOwner = unit.model.object(milestoneObject)?.ownerField !== undefined
  const milestoneId = await made(unit, milestoneObject, [
    ['CaseId', id],
    ['MilestoneTypeId', await typeOf(unit, milestone.name)],
    ['StartDate', new Date(start).toISOString()],
    ['TargetDate', new Date(target).toISOString()],
    ['TargetResponseInMins', milestone.minutes],
    ...(hours.id === undefined ? [] : [['BusinessHoursId', hours.id] as const]),
    ...(hasOwner && owner?.startsWith('005') === true ? [['OwnerId', owner] as const] : []),
  ])
  await noteTriggers(unit, kept, { milestone, milestoneId, hours, start })
}

interface Begun {
  readonly milestone: MilestonePlan
  readonly milestoneId: string
  readonly hours: WorkHours
  readonly start: number
}

/** Warnings count in hours of work as well. */
async function noteTriggers(
  { tx, ids, by, wake }: ApprovalUnit,
  { id, plan }: Kept,
  { milestone, milestoneId, hours, start }: Begun,
): Promise<void> {
  const triggers = milestone.triggers.map(({ offsetMs }, index) => ({
    id: ids('0Fm'),
    milestoneId,
    recordId: id,
    process: plan.name,
    milestone: milestone.name,
    index,
    runAt: hours.after(start, Math.max(0, milestone.minutes + offsetMs / minuteMs)),
    createdBy: by.userId,
  }))
  await addTriggers(tx, triggers)
  if (triggers.length > 0) tx.afterCommit(wake)
}

const minuteMs = 60_000

function startOf({ writing }: ApprovalUnit, { row, plan }: Kept): number {
  const text = textAt(row.values, plan.startField ?? 'CreatedDate')
  const start = text === undefined ? undefined : (parseInstant(text) ?? Date.parse(text))
  return start === undefined || Number.isNaN(start) ? writing.now : start
}

/** The kind of deadline of this name; made where nobody has made it. */
async function typeOf(unit: ApprovalUnit, name: string): Promise<string> {
  const soql = 'SELECT Id FROM MilestoneType WHERE Name = :name ORDER BY CreatedDate, Id LIMIT 1'
  const [found] = await readRows(unit, soql, { name })
  const known = found && textAt(found, 'Id')
  if (known !== undefined) return known
  return made(unit, 'MilestoneType', [
    ['Name', name],
    ['RecurrenceType', 'none'],
  ])
}

async function made(
  { records, caller }: ApprovalUnit,
  object: string,
  values: readonly (readonly [string, unknown])[],
): Promise<string> {
  const [result] = await records.createMany(caller, object, [new Map(values)], { allOrNone: true })
  if (result instanceof Refusal) throw result
  return result?.id ?? ''
}

async function complete(
  unit: ApprovalUnit,
  { object, id }: Kept,
  { milestone, found }: { readonly milestone: MilestonePlan; readonly found: Row },
): Promise<void> {
  const milestoneId = textAt(found, 'Id') ?? ''
  const moment = new Date(unit.writing.now).toISOString()
  const body = new Map([['CompletionDate', moment]])
  await unit.records.update(unit.caller, milestoneObject, milestoneId, body)
  await removeTriggers(unit.tx, milestoneId)
  await runActions(unit, { object, id }, milestone.onSuccess)
}
