/** Plans and their items: filled when they are made, kept true when the work goes on. */
import { message } from '../../base/message.ts'
import type { Refusal } from '../../base/refusal.ts'
import { parseDay, printDay } from '../../formula/calendar.ts'
import type { HookOutcome, HookRow } from '../../records/hooks/record-hooks.ts'
import { readRows, textAt } from '../read-rows.ts'
import { fillPlans } from './fill-plans.ts'
import {
  isChanged,
  outcomes,
  text,
  wrong,
  type BehaviourCall,
  type ObjectBehaviour,
} from './plan-behaviour.ts'
import type { PlanUnit } from './plan-unit.ts'
import { refreshPlans } from './refresh-plans.ts'
import { cancelItems } from './plan-removal.ts'
import { readVersions, type TemplateVersion } from './template-content.ts'
import { readValueFormula } from './value-formula.ts'
import { dueDay } from './work-calendar.ts'

export const planBehaviour: ObjectBehaviour = {
  beforeInsert: beforePlanInsert,
  afterInsert: afterPlanInsert,
  beforeUpdate: beforePlanUpdate,
  afterUpdate: afterPlanUpdate,
}

const isPublished = (status: string): boolean => status === 'Final' || status === 'ReadOnly'

async function beforePlanInsert({ unit, rows }: BehaviourCall) {
  const versions = await versionsOf(unit, rows)
  const results: (Partial<HookOutcome> | undefined)[] = []
  for (const row of rows) {
    const version = versions.get(text(row, 'ActionPlanTemplateVersionId') ?? '')
    results.push(version === undefined ? undefined : await planDefaults(unit, row, version))
  }
  return outcomes(rows, (row) => results[rows.indexOf(row)])
}

function versionsOf(unit: PlanUnit, rows: readonly HookRow[]) {
  return readVersions(
    unit,
    rows.flatMap((row) => text(row, 'ActionPlanTemplateVersionId') ?? []),
  )
}

async function planDefaults(unit: PlanUnit, row: HookRow, version: TemplateVersion) {
  if (!isPublished(version.status)) {
    return wrong(
      message('Choose a published version of the template.'),
      'ActionPlanTemplateVersionId',
    )
  }
  const target = targetOf(unit, row)
  if (target !== version.targetObject) {
    const told = message('Plans of this template are for {object}: choose such a record.', {
      object: version.targetObject,
    })
    return wrong(told, 'TargetId')
  }
  const start = parseDay(text(row, 'StartDate') ?? '') ?? unit.today
  const given: ReadonlyMap<string, unknown> = new Map<string, unknown>([
    ['ActionPlanType', version.type ?? 'Industries'],
    ['ActionPlanState', 'Not Started'],
    ['StatusCode', 'NotStarted'],
    ['StartDate', printDay(start)],
    ['EndDate', await endOf(unit, { row, version, start })],
    ['Name', version.templateName],
  ])
  return {
    changes: new Map([...given].filter(([name]) => (row.values.get(name) ?? null) === null)),
  }
}

function targetOf({ model }: PlanUnit, row: HookRow): string | undefined {
  return model.objectByKeyPrefix((text(row, 'TargetId') ?? '').slice(0, 3))?.name
}

interface Ending {
  readonly row: HookRow
  readonly version: TemplateVersion
  readonly start: number
}

/** The last deadline that is known from the start. */
async function endOf(unit: PlanUnit, { row, version, start }: Ending): Promise<string | null> {
  const calendar =
    row.values.get('IsUsingHolidayHours') === true ? await unit.calendar() : undefined
  const days = version.items.flatMap(({ values }) =>
    values.flatMap(({ formula }) => {
      const read = formula === undefined ? undefined : readValueFormula(unit.model, formula)
      return read !== undefined && 'kind' in read && read.kind === 'days' ? [read.days] : []
    }),
  )
  return days.length === 0 ? null : printDay(dueDay(start, Math.max(...days), calendar))
}

async function afterPlanInsert({ unit, rows }: BehaviourCall) {
  const versions = await versionsOf(unit, rows)
  const plans = rows.flatMap((row) => {
    const version = versions.get(text(row, 'ActionPlanTemplateVersionId') ?? '')
    if (version === undefined || row.id === undefined) return []
    return [{ id: row.id, row: row.values, version }]
  })
  const refused = await fillPlans(unit, plans)
  const byId = new Map(plans.map(({ id }, index) => [id, refused[index]]))
  return outcomes(rows, ({ id = '' }) => refusedBy(byId.get(id)))
}

function refusedBy(refusal: Refusal | undefined) {
  if (refusal === undefined) return undefined
  return {
    errors: refusal.problems.map(({ message: words, told }) => ({ message: told ?? words })),
  }
}

/** What follows from the items is not said by hand, but for the end of a plan. */
async function beforePlanUpdate({ unit, rows }: BehaviourCall) {
  const moved = rows.filter((row) => isChanged(row, 'ActionPlanState'))
  const open = await openRequired(
    unit,
    moved.map(({ id }) => id ?? ''),
  )
  const day = printDay(unit.today)
  return outcomes(rows, (row) => {
    for (const name of ['ActionPlanTemplateVersionId', 'TargetId']) {
      if (isChanged(row, name)) {
        return wrong(message('A plan keeps its template and its record: start another one.'), name)
      }
    }
    const state = text(row, 'ActionPlanState')
    if (!moved.includes(row) || state === undefined) return undefined
    const changes = new Map<string, unknown>([['StatusCode', state.replaceAll(' ', '')]])
    if (state === 'Completed') {
      if (open.has(row.id ?? '')) {
        const told = message('Required items are open: complete them, or cancel the plan.')
        return wrong(told, 'ActionPlanState')
      }
      changes.set('ActualEndDate', text(row, 'ActualEndDate') ?? day)
    }
    return { changes }
  })
}

async function openRequired(unit: PlanUnit, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await readRows(
    unit,
    "SELECT ActionPlanId FROM ActionPlanItem WHERE ActionPlanId IN :ids AND IsRequired = true AND ItemState IN ('Pending', 'InProgress')",
    { ids },
  )
  return new Set(rows.map((row) => textAt(row, 'ActionPlanId') ?? ''))
}

async function afterPlanUpdate({ unit, rows }: BehaviourCall) {
  const moved = rows.filter((row) => isChanged(row, 'ActionPlanState'))
  const ended = moved.filter((row) =>
    ['Canceled', 'Completed'].includes(text(row, 'ActionPlanState') ?? ''),
  )
  const others = moved.filter((row) => !ended.includes(row))
  await cancelItems(
    unit,
    ended.map(({ id }) => id ?? ''),
  )
  await refreshPlans(
    unit,
    others.map(({ id }) => id ?? ''),
  )
  return outcomes(rows, () => undefined)
}
