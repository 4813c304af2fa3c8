/** What becomes of the work of a plan that ends before it is done, and of one that comes back. */
import { settled } from '../../records/outcomes.ts'
import { readRows, textAt, type Row } from '../read-rows.ts'
import type { PlanUnit } from './plan-unit.ts'
import { updateRows } from './refresh-plans.ts'

const openStates: readonly string[] = ['Pending', 'InProgress']

/** The lines stay, so that one sees what was not done; the open work behind them goes. */
export async function cancelItems(unit: PlanUnit, planIds: readonly string[]): Promise<void> {
  if (planIds.length === 0) return
  const open = await readRows(
    unit,
    'SELECT Id, ItemId, ItemState FROM ActionPlanItem WHERE ActionPlanId IN :planIds AND ItemState IN :openStates ORDER BY Id',
    { planIds, openStates },
  )
  await updateRows(
    unit,
    'ActionPlanItem',
    open.map((item) => ({
      id: textAt(item, 'Id') ?? '',
      body: new Map<string, unknown>([
        ['ItemState', 'Canceled'],
        ['DependencyStatus', 'None'],
        ['ItemId', null],
      ]),
    })),
  )
  await removeOpenWork(unit, open)
}

/** Work that is not done goes with its item; what was done stays where it is. */
export async function removeOpenWork(unit: PlanUnit, items: readonly Row[]): Promise<void> {
  const open = items.filter((item) => openStates.includes(textAt(item, 'ItemState') ?? ''))
  for (const [object, ids] of workOf(unit, open)) {
    const there = await readRows(unit, `SELECT Id FROM ${object} WHERE Id IN :ids ORDER BY Id`, {
      ids,
    })
    for (const row of there) await unit.records.remove(unit.caller, object, textAt(row, 'Id') ?? '')
  }
}

/** For items that come back with their plan. What went with something else comes back with that. */
export async function restoreWork(unit: PlanUnit, items: readonly Row[]): Promise<void> {
  const planIds = items.flatMap((item) => textAt(item, 'ActionPlanId') ?? [])
  const alive = await readRows(unit, 'SELECT Id FROM ActionPlan WHERE Id IN :planIds', { planIds })
  const known = new Set(alive.map((row) => textAt(row, 'Id')))
  const returning = items.filter((item) => !known.has(textAt(item, 'ActionPlanId')))
  for (const [object, ids] of workOf(unit, returning)) {
    const there = await readRows(unit, `SELECT Id FROM ${object} WHERE Id IN :ids`, { ids })
    const present = new Set(there.map((row) => textAt(row, 'Id')))
    for (const id of ids) {
      if (!present.has(id)) await settled(() => unit.records.undelete(unit.caller, id))
    }
  }
}

/** Ids of the records behind items, by object. */
function workOf(
  { model }: PlanUnit,
  items: readonly Row[],
): ReadonlyMap<string, readonly string[]> {
  const byObject = new Map<string, string[]>()
  for (const item of items) {
    const id = textAt(item, 'ItemId')
    const object = id === undefined ? undefined : model.objectByKeyPrefix(id.slice(0, 3))
    if (id === undefined || object === undefined) continue
    byObject.set(object.name, [...(byObject.get(object.name) ?? []), id])
  }
  return byObject
}
