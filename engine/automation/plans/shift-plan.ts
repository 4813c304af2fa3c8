/** Another start for a plan that runs: which deadlines would move, and moving them where it is wished. */
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { parseDay, printDay } from '../../formula/calendar.ts'
import { readRows, textAt, type Reading, type Row } from '../read-rows.ts'
import { itemKind } from './item-kinds.ts'
import type { PlanUnit } from './plan-unit.ts'
import { readVersions, type TemplateItem } from './template-content.ts'
import { updateRows } from './refresh-plans.ts'
import { isMessage, readValueFormula } from './value-formula.ts'
import { dueDay, type WorkCalendar } from './work-calendar.ts'

export interface ShiftedDeadline {
  readonly itemId: string
  readonly recordId: string
  readonly object: string
  readonly field: string
  readonly name: string
  readonly from: string
  /** The same as `from` where somebody has chosen the deadline by hand: it stays. */
  readonly to: string
}

export interface PlanShift {
  readonly endDate: string | null
  readonly deadlines: readonly ShiftedDeadline[]
}

export interface WishedShift {
  readonly planId: string
  readonly startDate: string
}

export interface Shifting {
  /** With the rights of whoever shifts. */
  readonly by: Reading
  readonly unit: PlanUnit
}

/** What would become of the open deadlines that count from the start. */
export async function previewShift(
  { by, unit }: Shifting,
  { planId, startDate }: WishedShift,
): Promise<PlanShift> {
  const [plan] = await readRows(
    by,
    'SELECT Id, StartDate, EndDate, ActionPlanState, ActionPlanTemplateVersionId, IsUsingHolidayHours FROM ActionPlan WHERE Id = :planId',
    { planId },
  )
  if (plan === undefined) throw refuse('NOT_FOUND', message('There is no such plan.'))
  const state = textAt(plan, 'ActionPlanState') ?? ''
  if (state === 'Completed' || state === 'Canceled') {
    throw refuse('INVALID_ARGUMENT', message('The plan is over: its start stays.'), {
      fields: ['actionPlanId'],
    })
  }
  const to = parseDay(startDate)
  const from = parseDay(textAt(plan, 'StartDate') ?? '')
  if (to === undefined || from === undefined) {
    throw refuse('INVALID_ARGUMENT', message('Enter the day on which the plan starts.'), {
      fields: ['startDate'],
    })
  }
  const calendar = plan.get('IsUsingHolidayHours') === true ? await unit.calendar() : undefined
  const versionId = textAt(plan, 'ActionPlanTemplateVersionId') ?? ''
  const version = (await readVersions(unit, [versionId])).get(versionId)
  const move: Move = { from, to, calendar }
  const open = await readOpenItems(by, planId)
  const deadlines: ShiftedDeadline[] = []
  for (const item of open) {
    const template = version?.items.find(
      (one) => one.id === textAt(item, 'ActionPlanTemplateItemId'),
    )
    const found = template && (await deadlineOf(unit, { item, template, move }))
    if (found !== undefined) deadlines.push(found)
  }
  return { deadlines, endDate: endOf(plan, version?.items ?? [], { unit, move }) }
}

interface Move {
  readonly from: number
  readonly to: number
  readonly calendar: WorkCalendar | undefined
}

/** What was made later counts from then. */
function readOpenItems(by: Reading, planId: string): Promise<readonly Row[]> {
  return readRows(
    by,
    "SELECT Id, Name, ItemId, ItemEntityType, ActionPlanTemplateItemId FROM ActionPlanItem WHERE ActionPlanId = :planId AND ItemId != null AND DependencyStatus = 'None' AND ItemState IN ('Pending', 'InProgress') ORDER BY DisplayOrder NULLS LAST, Id",
    { planId },
  )
}

interface Deadline {
  readonly item: Row
  readonly template: TemplateItem
  readonly move: Move
}

async function deadlineOf(
  unit: PlanUnit,
  { item, template, move }: Deadline,
): Promise<ShiftedDeadline | undefined> {
  const kind = itemKind(unit.model, template.object)
  const days = daysOf(unit, template, kind?.dueField)
  const recordId = textAt(item, 'ItemId') ?? ''
  if (kind?.dueField === undefined || days === undefined) return undefined
  const [record] = await readRows(
    unit,
    `SELECT ${kind.dueField} FROM ${kind.object} WHERE Id = :recordId`,
    { recordId },
  )
  const current = textAt(record ?? item, kind.dueField)
  if (current === undefined) return undefined
  const day = current.slice(0, 10)
  const isAsPlanned = day === printDay(dueDay(move.from, days, move.calendar))
  const next = isAsPlanned ? printDay(dueDay(move.to, days, move.calendar)) : day
  return {
    itemId: textAt(item, 'Id') ?? '',
    recordId,
    object: kind.object,
    field: kind.dueField,
    name: textAt(item, 'Name') ?? '',
    from: current,
    to: `${next}${current.slice(10)}`,
  }
}

/** How many days after the start, where the template says so. */
function daysOf(
  { model }: PlanUnit,
  { values }: TemplateItem,
  field: string | undefined,
): number | undefined {
  const formula = values.find((one) => one.field === field)?.formula
  const read = formula === undefined ? undefined : readValueFormula(model, formula)
  return read !== undefined && !isMessage(read) && read.kind === 'days' ? read.days : undefined
}

interface Ending {
  readonly unit: PlanUnit
  readonly move: Move
}

function endOf(
  plan: Row,
  items: readonly TemplateItem[],
  { unit, move: { from, to, calendar } }: Ending,
): string | null {
  const end = textAt(plan, 'EndDate')
  const days = items.flatMap((item) => {
    const field = itemKind(unit.model, item.object)?.dueField
    return daysOf(unit, item, field) ?? []
  })
  const most = Math.max(0, ...days)
  if (end === undefined || end !== printDay(dueDay(from, most, calendar))) return end ?? null
  return printDay(dueDay(to, most, calendar))
}

/** The start, and the deadlines too where that is wished. */
export async function applyShift(
  shifting: Shifting,
  wished: WishedShift & { readonly moveDeadlines: boolean },
): Promise<PlanShift> {
  const shift = await previewShift(shifting, wished)
  const { by, unit } = shifting
  const { planId, startDate, moveDeadlines } = wished
  const end = moveDeadlines ? { EndDate: shift.endDate } : {}
  const body = new Map<string, unknown>(Object.entries({ StartDate: startDate, ...end }))
  await by.records.update(by.caller, 'ActionPlan', planId, body)
  if (!moveDeadlines) return shift
  const moving = shift.deadlines.filter(({ from, to }) => from !== to)
  for (const object of new Set(moving.map((one) => one.object))) {
    const own = moving.filter((one) => one.object === object)
    await updateRows(
      unit,
      object,
      own.map(({ recordId, field, to }) => ({ id: recordId, body: new Map([[field, to]]) })),
    )
  }
  return shift
}
