/** Action plans as the screens read and change them. */
import { act } from './access-api.ts'
import { records } from './api.ts'
import { fieldName, textLiteral } from './base/soql.ts'
import type { WireRecord } from './base/wire.ts'

export interface PublishedTemplate {
  readonly versionId: string
  readonly name: string
}

export interface StartWish {
  readonly versionId: string
  readonly targetId: string
  readonly name: string
  readonly startDate: string
  readonly skipsFreeDays: boolean
}

export interface PlanItem {
  readonly id: string
  readonly name: string
  readonly object: string
  readonly recordId: string | undefined
  readonly state: string
  readonly required: boolean
  readonly waits: boolean
  readonly due: string | undefined
  readonly owner: string | undefined
}

export interface MovedDeadline {
  readonly itemId: string
  readonly name: string
  readonly from: string
  readonly to: string
}

export interface ShiftWish {
  readonly planId: string
  readonly startDate: string
  readonly moveDeadlines: boolean
  readonly previewOnly: boolean
}

async function rows(soql: string): Promise<readonly WireRecord[]> {
  return (await records.query(soql)).records
}

function text(row: WireRecord, name: string): string | undefined {
  const value = row[name]
  return typeof value === 'string' ? value : undefined
}

function nested(row: WireRecord, parent: string, name: string): string | undefined {
  const value: unknown = row[parent]
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, name)
  return typeof found === 'string' ? found : undefined
}

/** Kind → the field of its deadline. */
const dueFields: ReadonlyMap<string, string> = new Map([
  ['Task', 'ActivityDate'],
  ['Event', 'StartDateTime'],
])

export const plans = {
  async templates(object: string): Promise<readonly PublishedTemplate[]> {
    const found = await rows(
      `SELECT Id, ActionPlanTemplate.Name FROM ActionPlanTemplateVersion WHERE Status IN ('Final', 'ReadOnly') AND ActionPlanTemplate.TargetEntityType = ${textLiteral(object)} ORDER BY ActionPlanTemplate.Name, Id LIMIT 200`,
    )
    return found.map((row) => ({
      versionId: text(row, 'Id') ?? '',
      name: nested(row, 'ActionPlanTemplate', 'Name') ?? '',
    }))
  },
  /** The id of the new plan. */
  async start(wish: StartWish): Promise<string> {
    const { actionPlanId } = await act('createActionPlan', {
      actionPlanTemplateVersionId: wish.versionId,
      targetId: wish.targetId,
      name: wish.name === '' ? null : wish.name,
      startDate: wish.startDate,
      skipNonworkDays: wish.skipsFreeDays,
    })
    return String(actionPlanId)
  },
  async items(planId: string): Promise<readonly PlanItem[]> {
    const items = await rows(
      `SELECT Id, Name, ItemId, ItemEntityType, ItemState, IsRequired, DependencyStatus FROM ActionPlanItem WHERE ActionPlanId = ${textLiteral(planId)} ORDER BY DisplayOrder NULLS LAST, Id LIMIT 200`,
    )
    const work = new Map<string, WireRecord>()
    for (const object of new Set(items.flatMap((row) => text(row, 'ItemEntityType') ?? []))) {
      for (const row of await workOf(object, items)) work.set(text(row, 'Id') ?? '', row)
    }
    return items.map((row) => itemOf(row, work.get(text(row, 'ItemId') ?? '')))
  },
  async shift(wish: ShiftWish): Promise<readonly MovedDeadline[]> {
    const { deadlines } = await act('shiftActionPlan', {
      actionPlanId: wish.planId,
      startDate: wish.startDate,
      moveDeadlines: wish.moveDeadlines,
      previewOnly: wish.previewOnly,
    })
    // The action's own shape, held by its tests.
    return Array.isArray(deadlines) ? (deadlines as readonly MovedDeadline[]) : []
  },
  async complete({ object, recordId = '' }: PlanItem): Promise<void> {
    const isDocument = object === 'DocumentChecklistItem'
    const done = isDocument ? { Status: 'Accepted', IsAccepted: true } : { Status: 'Completed' }
    await records.update(object, recordId, done)
  },
  async cancel(planId: string): Promise<void> {
    await records.update('ActionPlan', planId, { ActionPlanState: 'Canceled' })
  },
  async addTask(planId: string, name: string): Promise<void> {
    await records.create('ActionPlanItem', {
      ActionPlanId: planId,
      Name: name,
      ItemEntityType: 'Task',
      ItemState: 'Pending',
    })
  },
  async publish(versionId: string): Promise<void> {
    await records.update('ActionPlanTemplateVersion', versionId, { Status: 'Final' })
  },
  /** The id of the new draft. */
  async clone(versionId: string): Promise<string> {
    const { newVersionId } = await act('cloneActionPlanTemplateVersion', {
      actionPlanTemplateVersionId: versionId,
    })
    return String(newVersionId)
  },
}

/** Empty where the user may not read such records. */
async function workOf(
  object: string,
  items: readonly WireRecord[],
): Promise<readonly WireRecord[]> {
  const ids = items
    .filter((row) => row['ItemEntityType'] === object)
    .flatMap((row) => text(row, 'ItemId') ?? [])
  if (ids.length === 0) return []
  const due = dueFields.get(object)
  const fields = ['Id', 'Owner.Name', ...(due === undefined ? [] : [due])].join(', ')
  const list = ids.map(textLiteral).join(', ')
  try {
    return await rows(`SELECT ${fields} FROM ${fieldName(object)} WHERE Id IN (${list})`)
  } catch {
    // The line still says what there is to do, and how far it is.
    return []
  }
}

function itemOf(row: WireRecord, work: WireRecord | undefined): PlanItem {
  const object = text(row, 'ItemEntityType') ?? ''
  return {
    id: text(row, 'Id') ?? '',
    name: text(row, 'Name') ?? '',
    object,
    recordId: text(row, 'ItemId'),
    state: text(row, 'ItemState') ?? '',
    required: row['IsRequired'] === true,
    waits: row['DependencyStatus'] === 'WaitingOnPrevious',
    due: work && text(work, dueFields.get(object) ?? ''),
    owner: work && nested(work, 'Owner', 'Name'),
  }
}
