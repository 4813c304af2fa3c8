/** Deadlines as records: read with what their clocks stand at, and changed by the engine. */
import { Refusal } from '../../base/refusal.ts'
import { parseInstant } from '../../formula/calendar.ts'
import type { MilestoneHolder } from '../../model/approvals/milestone-holder.ts'
import type { ApprovalUnit } from '../approvals/approval-unit.ts'
import { readRows, textAt, type Row } from '../read-rows.ts'

export interface MilestoneRow {
  readonly holder: MilestoneHolder
  readonly id: string
  /** The record that it is of. */
  readonly recordId: string
  /** The name of its MilestoneType. */
  readonly kind: string
  readonly createdBy: string
  readonly start: number | undefined
  readonly target: number | undefined
  readonly isCompleted: boolean
  /** What was given. */
  readonly minutes: number | undefined
  /** For how many minutes of work the clock stood still, and since when it does again. */
  readonly stoppedMinutes: number
  readonly stoppedSince: number | undefined
  readonly hoursId: string | undefined
}

/** What a model may have changed about its deadlines and leave their clocks running. */
const optionalFields = [
  'TargetResponseInMins',
  'StoppedTimeInMins',
  'StopStartDate',
  'BusinessHoursId',
] as const

type OptionalField = (typeof optionalFields)[number]

export function keeps(
  { model }: Pick<ApprovalUnit, 'model'>,
  { object }: MilestoneHolder,
  field: OptionalField | 'OwnerId',
): boolean {
  return model.object(object)?.fieldsByName.has(field.toLowerCase()) === true
}

export interface WantedMilestones {
  /** As behind WHERE. */
  readonly where: string
  readonly values: Readonly<Record<string, unknown>>
  /** In the order of their ids. */
  readonly max?: number
}

export async function readMilestones(
  unit: ApprovalUnit,
  holder: MilestoneHolder,
  { where, values, max }: WantedMilestones,
): Promise<readonly MilestoneRow[]> {
  const more = optionalFields.filter((field) => keeps(unit, holder, field))
  const fields = ['StartDate', 'TargetDate', 'CompletionDate', 'CreatedById', ...more].join(', ')
  const limit = max === undefined ? '' : ` ORDER BY Id LIMIT ${max}`
  const rows = await readRows(
    unit,
    `SELECT Id, ${holder.parent}, MilestoneType.Name, ${fields} FROM ${holder.object} WHERE ${where}${limit}`,
    values,
  )
  return rows.map((row) => milestoneOf(row, holder))
}

function milestoneOf(row: Row, holder: MilestoneHolder): MilestoneRow {
  return {
    holder,
    id: textAt(row, 'Id') ?? '',
    recordId: textAt(row, holder.parent) ?? '',
    kind: textAt(row, 'MilestoneType.Name') ?? '',
    createdBy: textAt(row, 'CreatedById') ?? '',
    start: momentAt(row, 'StartDate'),
    target: momentAt(row, 'TargetDate'),
    isCompleted: textAt(row, 'CompletionDate') !== undefined,
    minutes: numberAt(row, 'TargetResponseInMins'),
    stoppedMinutes: numberAt(row, 'StoppedTimeInMins') ?? 0,
    stoppedSince: momentAt(row, 'StopStartDate'),
    hoursId: textAt(row, 'BusinessHoursId'),
  }
}

export function momentAt(row: Row, path: string): number | undefined {
  const text = textAt(row, path)
  if (text === undefined) return undefined
  // A day begins at midnight.
  const moment = parseInstant(text) ?? Date.parse(text)
  return Number.isNaN(moment) ? undefined : moment
}

function numberAt(row: Row, name: string): number | undefined {
  const value = row.get(name)
  return typeof value === 'number' ? value : undefined
}

export function momentText(moment: number): string {
  return new Date(moment).toISOString()
}

/** Values of fields that the object does not have are left out. */
export async function changeMilestone(
  unit: ApprovalUnit,
  { holder, id }: Pick<MilestoneRow, 'holder' | 'id'>,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const fields = unit.model.object(holder.object)?.fieldsByName
  const body = new Map(
    Object.entries(values).filter(([name]) => fields?.has(name.toLowerCase()) === true),
  )
  if (body.size > 0) await unit.records.update(unit.caller, holder.object, id, body)
}

export async function makeRecord(
  { records, caller }: ApprovalUnit,
  object: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string> {
  const body = new Map(Object.entries(values).filter(([, value]) => value !== undefined))
  const [result] = await records.createMany(caller, object, [body], { allOrNone: true })
  if (result instanceof Refusal) throw result
  return result?.id ?? ''
}
