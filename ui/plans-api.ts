/** Action plans as the screens read and change them. */
import { act } from './access-api.ts'
import { records } from './api.ts'
import { parentText, readRows, rowsOrNone, textAt } from './base/row-values.ts'
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

/** Kind → the field of its deadline. */
const dueFields: ReadonlyMap<string, string> = new Map([
  ['Task', 'ActivityDate'],
  ['Event', 'StartDateTime'],
])

/** Documents that are asked for. */
export const documentObject = 'DocumentChecklistItem'

export const plans = {
  async templates(object: string): Promise<readonly PublishedTemplate[]> {
    const found = await readRows(
      `SELECT Id, ActionPlanTemplate.Name FROM ActionPlanTemplateVersion WHERE Status IN ('Final', 'ReadOnly') AND ActionPlanTemplate.TargetEntityType = ${textLiteral(object)} ORDER BY ActionPlanTemplate.Name, Id LIMIT 200`,
    )
    return found.map((row) => ({
      versionId: textAt(row, 'Id') ?? '',
      name: parentText(row, 'ActionPlanTemplate', 'Name') ?? '',
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
    const items = await readRows(
      `SELECT Id, Name, ItemId, ItemEntityType, ItemState, IsRequired, DependencyStatus FROM ActionPlanItem WHERE ActionPlanId = ${textLiteral(planId)} ORDER BY DisplayOrder NULLS LAST, Id LIMIT 200`,
    )
    const work = new Map<string, WireRecord>()
    for (const object of new Set(items.flatMap((row) => textAt(row, 'ItemEntityType') ?? []))) {
      for (const row of await workOf(object, items)) work.set(textAt(row, 'Id') ?? '', row)
    }
    return items.map((row) => itemOf(row, work.get(textAt(row, 'ItemId') ?? '')))
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
    if (object === documentObject) await judgeDocument(recordId, 'Accepted')
    else await records.update(object, recordId, { Status: 'Completed' })
  },
  async cancel(planId: string): Promise<void> {
    await records.update('ActionPlan', planId, { ActionPlanState: 'Canceled' })
  },
  /** Its template lets people add steps of their own. */
  async takesMore(planId: string): Promise<boolean> {
    const [plan] = await rowsOrNone(
      `SELECT Id FROM ActionPlan WHERE Id = ${textLiteral(planId)} AND ActionPlanTemplateVersion.ActionPlanTemplate.IsAdHocItemCreationEnabled = true`,
    )
    return plan !== undefined
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

/** What came in is good, or is asked for once more. */
export async function judgeDocument(id: string, Status: 'Accepted' | 'Rejected'): Promise<void> {
  await records.update(documentObject, id, { Status })
}

/** Empty where the user may not read such records. */
async function workOf(
  object: string,
  items: readonly WireRecord[],
): Promise<readonly WireRecord[]> {
  const ids = items
    .filter((row) => row['ItemEntityType'] === object)
    .flatMap((row) => textAt(row, 'ItemId') ?? [])
  if (ids.length === 0) return []
  const due = dueFields.get(object)
  const fields = ['Id', 'Owner.Name', ...(due === undefined ? [] : [due])].join(', ')
  const list = ids.map(textLiteral).join(', ')
  // The line still says what there is to do, and how far it is.
  return rowsOrNone(`SELECT ${fields} FROM ${fieldName(object)} WHERE Id IN (${list})`)
}

function itemOf(row: WireRecord, work: WireRecord | undefined): PlanItem {
  const object = textAt(row, 'ItemEntityType') ?? ''
  return {
    id: textAt(row, 'Id') ?? '',
    name: textAt(row, 'Name') ?? '',
    object,
    recordId: textAt(row, 'ItemId'),
    state: textAt(row, 'ItemState') ?? '',
    required: row['IsRequired'] === true,
    waits: row['DependencyStatus'] === 'WaitingOnPrevious',
    due: work && textAt(work, dueFields.get(object) ?? ''),
    owner: work && parentText(work, 'Owner', 'Name'),
  }
}
