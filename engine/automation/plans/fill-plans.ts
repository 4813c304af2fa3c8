/** Fills new plans: the records that are due from the start, an item for each, and who waits for whom. */
import { Refusal } from '../../base/refusal.ts'
import { parseDay } from '../../formula/calendar.ts'
import { textAt, type Reading, type Row } from '../read-rows.ts'
import { limits } from '../../base/limits.ts'
import { makeItems, type ItemToMake } from './make-items.ts'
import type { PlanUnit } from './plan-unit.ts'
import type { TemplateItem, TemplateVersion } from './template-content.ts'

export interface NewPlan {
  readonly id: string
  readonly row: Row
  readonly version: TemplateVersion
}

/** Undefined for each plan that is whole, else what is wrong with it; the unit of work is then to be given up. */
export async function fillPlans(
  unit: PlanUnit,
  plans: readonly NewPlan[],
): Promise<readonly (Refusal | undefined)[]> {
  const wanted = plans.flatMap((plan) => itemsOf(unit, plan))
  const due = wanted.filter(({ make }) => make !== undefined)
  const made = await makeItems(
    unit,
    due.flatMap(({ make }) => make ?? []),
  )
  const ids = new Map(due.map((one, index) => [one, made[index]]))
  const problems = plans.map(({ id }) => refusedOf(due, ids, id))
  if (problems.some((one) => one !== undefined)) return problems
  const items = await createRows(
    unit,
    'ActionPlanItem',
    wanted.map((one) => itemBody(one, ids.get(one))),
  )
  await createRows(unit, 'ActionPlanItemDependency', dependencyBodies(wanted, items))
  return problems
}

interface WantedItem {
  readonly planId: string
  readonly item: TemplateItem
  /** Undefined for what waits. */
  readonly make: ItemToMake | undefined
}

function itemsOf({ today }: PlanUnit, { id, row, version }: NewPlan): readonly WantedItem[] {
  const from = parseDay(textAt(row, 'StartDate') ?? '') ?? today
  const ready = startingItems(version.items)
  return version.items.map((item) => ({
    planId: id,
    item,
    make: ready.has(item.id) ? { plan: row, planId: id, from, item } : undefined,
  }))
}

/** Those that wait for nothing, and those that wait for the making of such. */
export function startingItems(items: readonly TemplateItem[]): ReadonlySet<string> {
  const ready = new Set<string>()
  for (let before = -1; before < ready.size;) {
    before = ready.size
    for (const { id, previous } of items) {
      if (previous.every(({ itemId, whenMade }) => whenMade && ready.has(itemId))) ready.add(id)
    }
  }
  return ready
}

function refusedOf(
  due: readonly WantedItem[],
  ids: ReadonlyMap<WantedItem, string | Refusal | undefined>,
  planId: string,
): Refusal | undefined {
  for (const one of due) {
    const outcome = ids.get(one)
    if (one.planId === planId && outcome instanceof Refusal) return outcome
  }
  return undefined
}

function itemBody(
  { planId, item }: WantedItem,
  made: string | Refusal | undefined,
): ReadonlyMap<string, unknown> {
  const waits = typeof made !== 'string'
  return new Map<string, unknown>([
    ['Name', item.name],
    ['ActionPlanId', planId],
    ['ItemId', waits ? null : made],
    ['ItemEntityType', item.object],
    ['ActionPlanTemplateItemId', item.id],
    ['ItemState', 'Pending'],
    ['DependencyStatus', statusOf(item, waits)],
    ['IsRequired', item.required],
    ['DisplayOrder', item.order ?? null],
  ])
}

function statusOf({ previous }: TemplateItem, waits: boolean): string {
  if (previous.length === 0) return 'None'
  return waits ? 'WaitingOnPrevious' : 'Created'
}

function dependencyBodies(
  wanted: readonly WantedItem[],
  ids: readonly string[],
): readonly ReadonlyMap<string, unknown>[] {
  const places = new Map(wanted.map((one, index) => [`${one.planId} ${one.item.id}`, index]))
  const nameAt = (index: number): string => wanted[index]?.item.name ?? ''
  return wanted.flatMap(({ planId, item }, index) =>
    item.previous.flatMap(({ itemId }) => {
      const previous = places.get(`${planId} ${itemId}`)
      if (previous === undefined) return []
      const name = `${nameAt(previous)} → ${item.name}`.slice(0, nameCharsMax)
      return [
        new Map<string, unknown>([
          ['Name', name],
          ['PreviousActionPlanItemId', ids[previous]],
          ['ActionPlanItemId', ids[index]],
        ]),
      ]
    }),
  )
}

const nameCharsMax = 255

/** Ids in order; a refusal here is the unit's. */
export async function createRows(
  { records, caller }: Reading,
  object: string,
  bodies: readonly ReadonlyMap<string, unknown>[],
): Promise<readonly string[]> {
  const ids: string[] = []
  for (let start = 0; start < bodies.length; start += limits.unitRecordsMax) {
    const some = bodies.slice(start, start + limits.unitRecordsMax)
    const results = await records.createMany(caller, object, some, { allOrNone: true })
    for (const result of results) {
      if (result instanceof Refusal) throw result
      ids.push(result.id)
    }
  }
  return ids
}
