/** Keeps plans true after something about their items changed: makes what no longer waits, and says how far each plan is. */
import { Refusal } from '../../base/refusal.ts'
import { printDay } from '../../formula/calendar.ts'
import { groupedBy, readRows, textAt, type Reading, type Row } from '../read-rows.ts'
import { limits } from '../../base/limits.ts'
import { makeItems, type ItemToMake } from './make-items.ts'
import type { PlanUnit } from './plan-unit.ts'
import { readVersions, type TemplateVersion } from './template-content.ts'

const planFields =
  'Id, Name, ActionPlanTemplateVersionId, TargetId, StartDate, EndDate, ActualStartDate, ActualEndDate, IsUsingHolidayHours, ActionPlanState, StatusCode, OwnerId, CreatedById'

/** The plans of the items have been written to in this unit of work: two that act at once come here one after the other. */
export async function refreshPlans(unit: PlanUnit, planIds: readonly string[]): Promise<void> {
  const ids = [...new Set(planIds)]
  if (ids.length === 0) return
  const plans = await readRows(unit, `SELECT ${planFields} FROM ActionPlan WHERE Id IN :ids`, {
    ids,
  })
  const open = plans.filter((plan) => textAt(plan, 'ActionPlanState') !== 'Canceled')
  if (open.length === 0) return
  await makeWaiting(unit, open)
  await noteStates(unit, open)
}

const itemFields =
  'Id, Name, ActionPlanId, ItemId, ItemState, DependencyStatus, ActionPlanTemplateItemId, IsRequired'

function readItems(unit: PlanUnit, plans: readonly Row[]): Promise<readonly Row[]> {
  return readRows(
    unit,
    `SELECT ${itemFields} FROM ActionPlanItem WHERE ActionPlanId IN :ids ORDER BY DisplayOrder NULLS LAST, Id`,
    { ids: plans.map((plan) => textAt(plan, 'Id')) },
  )
}

/** One round may set off the next, where an item waits only for the making of another. */
async function makeWaiting(unit: PlanUnit, plans: readonly Row[]): Promise<void> {
  let versions: ReadonlyMap<string, TemplateVersion> | undefined
  for (let round = 0; round < limits.planDependenciesMax; round += 1) {
    const items = await readItems(unit, plans)
    const waiting = items.filter((item) => textAt(item, 'DependencyStatus') === waits)
    if (waiting.length === 0) return
    versions ??= await readVersions(
      unit,
      plans.map((plan) => textAt(plan, 'ActionPlanTemplateVersionId') ?? ''),
    )
    const ready = await readyItems(unit, { plans, items, waiting, versions })
    if (ready.length === 0) return
    await makeReady(unit, ready)
  }
}

const waits = 'WaitingOnPrevious'

interface Waiting {
  readonly plans: readonly Row[]
  readonly items: readonly Row[]
  readonly waiting: readonly Row[]
  readonly versions: ReadonlyMap<string, TemplateVersion>
}

interface ReadyItem {
  readonly id: string
  readonly make: ItemToMake
}

async function readyItems(
  unit: PlanUnit,
  { plans, items, waiting, versions }: Waiting,
): Promise<readonly ReadyItem[]> {
  const links = groupedBy(
    await readRows(
      unit,
      'SELECT ActionPlanItemId, PreviousActionPlanItemId FROM ActionPlanItemDependency WHERE ActionPlanItemId IN :ids',
      { ids: waiting.map((item) => textAt(item, 'Id')) },
    ),
    'ActionPlanItemId',
  )
  const byId = new Map(items.map((item) => [textAt(item, 'Id') ?? '', item]))
  const planById = new Map(plans.map((plan) => [textAt(plan, 'Id') ?? '', plan]))
  return waiting.flatMap((item) => {
    const id = textAt(item, 'Id') ?? ''
    const planId = textAt(item, 'ActionPlanId') ?? ''
    const plan = planById.get(planId)
    const version = versions.get(textAt(plan ?? item, 'ActionPlanTemplateVersionId') ?? '')
    const template = version?.items.find(
      (one) => one.id === textAt(item, 'ActionPlanTemplateItemId'),
    )
    if (plan === undefined || template === undefined) return []
    const isReady = (links.get(id) ?? []).every((link) => {
      const previous = byId.get(textAt(link, 'PreviousActionPlanItemId') ?? '')
      const own = textAt(previous ?? link, 'ActionPlanTemplateItemId')
      const whenMade = template.previous.some((one) => one.itemId === own && one.whenMade)
      return previous === undefined || isOver(previous, whenMade)
    })
    if (!isReady) return []
    return [{ id, make: { plan, planId, from: unit.today, item: template } }]
  })
}

/** What was taken out of the plan keeps nobody waiting. */
function isOver(item: Row, whenMade: boolean): boolean {
  if (whenMade) return textAt(item, 'ItemId') !== undefined
  const state = textAt(item, 'ItemState') ?? ''
  return state === 'Completed' || state === 'Canceled' || state === 'Deleted'
}

/** What cannot be made is told on the item; whoever completed the one before did nothing wrong. */
async function makeReady(unit: PlanUnit, ready: readonly ReadyItem[]): Promise<void> {
  const made = await makeItems(
    unit,
    ready.map(({ make }) => make),
  )
  await updateRows(
    unit,
    'ActionPlanItem',
    ready.map(({ id }, index) => {
      const outcome = made[index]
      const isMade = outcome !== undefined && !(outcome instanceof Refusal)
      const body = isMade
        ? { ItemId: outcome, DependencyStatus: 'Created' }
        : { DependencyStatus: 'Error' }
      return { id, body: new Map<string, unknown>(Object.entries(body)) }
    }),
  )
}

async function noteStates(unit: PlanUnit, plans: readonly Row[]): Promise<void> {
  const items = groupedBy(await readItems(unit, plans), 'ActionPlanId')
  const changes = plans.flatMap((plan) => {
    const id = textAt(plan, 'Id') ?? ''
    const body = stateChange(unit, plan, items.get(id) ?? [])
    return body === undefined ? [] : [{ id, body }]
  })
  await updateRows(unit, 'ActionPlan', changes)
}

export type PlanState = 'Not Started' | 'In Progress' | 'Completed'

/** By the items that count; a plan without items is as far as somebody says. */
export function planState(states: readonly string[]): PlanState {
  const counted = states.filter((state) => state !== 'Canceled' && state !== 'Deleted')
  if (counted.length > 0 && counted.every((state) => state === 'Completed')) return 'Completed'
  return counted.some((state) => state !== 'Pending') ? 'In Progress' : 'Not Started'
}

function stateChange(
  { today }: PlanUnit,
  plan: Row,
  items: readonly Row[],
): ReadonlyMap<string, unknown> | undefined {
  if (items.length === 0) return undefined
  const state = planState(items.map((item) => textAt(item, 'ItemState') ?? 'Pending'))
  if (state === textAt(plan, 'ActionPlanState')) return undefined
  const day = printDay(today)
  const start = textAt(plan, 'ActualStartDate')
  return new Map<string, unknown>([
    ['ActionPlanState', state],
    ['StatusCode', state.replaceAll(' ', '')],
    ['ActualStartDate', state === 'Not Started' ? null : (start ?? day)],
    ['ActualEndDate', state === 'Completed' ? day : null],
  ])
}

export interface RowChange {
  readonly id: string
  readonly body: ReadonlyMap<string, unknown>
}

export async function updateRows(
  { records, caller }: Reading,
  object: string,
  changes: readonly RowChange[],
): Promise<void> {
  for (let start = 0; start < changes.length; start += limits.unitRecordsMax) {
    const some = changes.slice(start, start + limits.unitRecordsMax)
    await records.updateMany(caller, object, some, { allOrNone: true })
  }
}
