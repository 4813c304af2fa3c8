/** Items of plans, and the records behind them: what happens to one shows on the other, and on the plan. */
import { message } from '../../base/message.ts'
import { Refusal } from '../../base/refusal.ts'
import type { HookRow } from '../../records/hooks/record-hooks.ts'
import { groupedBy, readRows, textAt, type Row } from '../read-rows.ts'
import { itemKind, itemObjects, type ItemKind } from './item-kinds.ts'
import { makeItems } from './make-items.ts'
import {
  isChanged,
  outcomes,
  text,
  wrong,
  type Behaviour,
  type BehaviourCall,
  type ObjectBehaviour,
} from './plan-behaviour.ts'
import { removeOpenWork, restoreWork } from './plan-removal.ts'
import type { PlanUnit } from './plan-unit.ts'
import { refreshPlans, updateRows, type RowChange } from './refresh-plans.ts'
import type { TemplateItem } from './template-content.ts'

/** What people add, change and take away on plans that run. */
export const itemBehaviour: ObjectBehaviour = {
  beforeInsert: beforeItemInsert,
  afterInsert: afterItemInsert,
  afterUpdate: async ({ unit, rows }) => {
    await refreshPlans(unit, plansOf(rows))
    return nothingWrong(rows)
  },
  afterDelete: async ({ unit, rows }) => {
    await removeOpenWork(
      unit,
      rows.map(({ values }) => values),
    )
    await refreshPlans(unit, plansOf(rows))
    return nothingWrong(rows)
  },
  beforeUndelete: async ({ unit, rows }) => {
    await restoreWork(
      unit,
      rows.map(({ values }) => values),
    )
    return nothingWrong(rows)
  },
  afterUndelete: async ({ unit, rows }) => {
    await refreshPlans(unit, plansOf(rows))
    return nothingWrong(rows)
  },
}

const nothingWrong = (rows: readonly HookRow[]) => outcomes(rows, () => undefined)

function plansOf(rows: readonly HookRow[]): readonly string[] {
  return rows.flatMap((row) => text(row, 'ActionPlanId') ?? [])
}

async function beforeItemInsert({ unit, rows }: BehaviourCall) {
  const plans = await readRows(
    unit,
    'SELECT Id, ActionPlanState, ActionPlanTemplateVersion.ActionPlanTemplate.IsAdHocItemCreationEnabled FROM ActionPlan WHERE Id IN :ids',
    { ids: plansOf(rows) },
  )
  const byId = new Map(plans.map((row) => [textAt(row, 'Id'), row]))
  return outcomes(rows, (row) => {
    const plan = byId.get(text(row, 'ActionPlanId'))
    if (plan === undefined) return undefined
    if (!takesMore(plan)) {
      return wrong(message('The template of the plan lets nobody add items.'), 'ActionPlanId')
    }
    const state = textAt(plan, 'ActionPlanState')
    if (state === 'Completed' || state === 'Canceled') {
      return wrong(message('The plan is over: items cannot be added to it.'), 'ActionPlanId')
    }
    const given = new Map<string, unknown>([
      ['ItemState', text(row, 'ItemState') ?? 'Pending'],
      ['DependencyStatus', 'None'],
    ])
    return { changes: given }
  })
}

function takesMore(plan: Row): boolean {
  const version = plan.get('ActionPlanTemplateVersion')
  const template: unknown =
    typeof version === 'object' && version !== null && Reflect.get(version, 'ActionPlanTemplate')
  return (
    typeof template === 'object' &&
    template !== null &&
    Reflect.get(template, 'IsAdHocItemCreationEnabled') === true
  )
}

/** An item that names a kind and no record gets one, owned by whoever owns the plan. */
async function afterItemInsert({ unit, rows }: BehaviourCall) {
  const bare = rows.filter(
    (row) =>
      text(row, 'ItemId') === undefined &&
      itemKind(unit.model, text(row, 'ItemEntityType') ?? '') !== undefined,
  )
  const plans = await readRows(
    unit,
    'SELECT Id, TargetId, OwnerId, StartDate FROM ActionPlan WHERE Id IN :ids',
    { ids: plansOf(bare) },
  )
  const byId = new Map(plans.map((row) => [textAt(row, 'Id'), row]))
  const made = await makeItems(
    unit,
    bare.flatMap((row) => {
      const planId = text(row, 'ActionPlanId') ?? ''
      const plan = byId.get(planId)
      return plan === undefined ? [] : [{ plan, planId, from: unit.today, item: adHocItem(row) }]
    }),
  )
  const changes: RowChange[] = []
  bare.forEach((row, index) => {
    const id = made[index]
    if (typeof id !== 'string') return
    changes.push({ id: row.id ?? '', body: new Map([['ItemId', id]]) })
  })
  await updateRows(unit, 'ActionPlanItem', changes)
  await refreshPlans(unit, plansOf(rows))
  return outcomes(rows, (row) => {
    const outcome = made[bare.indexOf(row)]
    return outcome instanceof Refusal ? wrong(outcome.message, 'ItemEntityType') : undefined
  })
}

function adHocItem(row: HookRow): TemplateItem {
  return {
    id: '',
    name: text(row, 'Name') ?? '',
    uniqueName: '',
    object: text(row, 'ItemEntityType') ?? '',
    order: undefined,
    required: row.values.get('IsRequired') === true,
    values: [],
    previous: [],
  }
}

/** A record whose status changes takes the items along that stand for it. */
export function workBehaviour(object: string): ObjectBehaviour {
  const afterUpdate: Behaviour = async ({ unit, rows }) => {
    const kind = itemKind(unit.model, object)
    const { statusField } = kind ?? {}
    if (kind === undefined || statusField === undefined) return nothingWrong(rows)
    const moved = rows.filter((row) => isChanged(row, statusField))
    await follow(
      unit,
      kind,
      moved.map(({ id }) => id ?? ''),
    )
    return nothingWrong(rows)
  }
  return { afterUpdate }
}

export const workObjects = itemObjects

async function follow(unit: PlanUnit, kind: ItemKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const items = groupedBy(
    await readRows(
      unit,
      'SELECT Id, ItemId, ItemState, ActionPlanId FROM ActionPlanItem WHERE ItemId IN :ids',
      { ids },
    ),
    'ItemId',
  )
  const object = unit.model.object(kind.object)
  if (items.size === 0 || object === undefined) return
  const fields = ['Id', ...kind.fields].join(', ')
  const records = await readRows(unit, `SELECT ${fields} FROM ${kind.object} WHERE Id IN :ids`, {
    ids: [...items.keys()],
  })
  const changed = records.flatMap((row) => {
    const state = kind.stateOf(row, object)
    const own = items.get(textAt(row, 'Id') ?? '') ?? []
    return own
      .filter((item) => textAt(item, 'ItemState') !== state)
      .map((item) => ({ item, state }))
  })
  await updateRows(
    unit,
    'ActionPlanItem',
    changed.map(({ item, state }) => ({
      id: textAt(item, 'Id') ?? '',
      body: new Map([['ItemState', state]]),
    })),
  )
  await refreshPlans(
    unit,
    changed.map(({ item }) => textAt(item, 'ActionPlanId') ?? ''),
  )
}
