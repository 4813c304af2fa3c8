/** An account plan as its hub shows it: objectives with their measures, and what works towards them. */
import { act } from './access-api.ts'
import { numberAt, parentText, readRows, rowsOrNone, textAt } from './base/row-values.ts'
import { textLiteral } from './base/soql.ts'
import type { WireRecord } from './base/wire.ts'

export type ValueKind = 'Currency' | 'Number' | 'Percent'

export interface Measure {
  readonly id: string
  readonly objectiveId: string
  readonly name: string
  readonly kind: ValueKind
  readonly current: number | undefined
  readonly target: number | undefined
  /** From 0 to 1; undefined where there is no target. */
  readonly progress: number | undefined
  /** Worked out by the product, and entered by nobody. */
  readonly isCalculated: boolean
}

export interface Objective {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly isOverdue: boolean
  readonly end: string | undefined
  readonly owner: string | undefined
  readonly measures: readonly Measure[]
  readonly progress: number
}

/** A record that works towards the plan: an opportunity, notes of a talk, an action plan. */
export interface PlanWork {
  readonly id: string
  readonly object: string
  readonly name: string
  /** Value of a list, and the field that has its words. */
  readonly state: { readonly field: string; readonly value: string } | undefined
  readonly amount: number | undefined
  readonly day: string | undefined
  readonly objectiveId: string | undefined
}

export interface PlanHub {
  readonly objectives: readonly Objective[]
  readonly work: readonly PlanWork[]
}

const rowsMax = 50

export async function readHub(planId: string, accountId: string | undefined): Promise<PlanHub> {
  const plan = textLiteral(planId)
  const [objectives, measures] = await Promise.all([
    readRows(
      `SELECT Id, Name, Status, IsOverdue, EndDate, ObjectiveOwner.Name FROM AccountPlanObjective WHERE AccountPlanId = ${plan} ORDER BY EndDate NULLS LAST, Id LIMIT ${rowsMax}`,
    ),
    rowsOrNone(
      `SELECT Id, AccountPlanObjectiveId, Name, ValueType, CurrentValue, TargetValue, Progress, AccountPlanObjMeasCalcDefId FROM AccountPlanObjectiveMeasure WHERE AccountPlanObjective.AccountPlanId = ${plan} ORDER BY CreatedDate, Id LIMIT 200`,
    ),
  ])
  const all = measures.map(measureOf)
  const found = objectives.map((row) =>
    objectiveOf(
      row,
      all.filter(({ objectiveId }) => objectiveId === row.Id),
    ),
  )
  return { objectives: found, work: await readWork(plan, accountId, found) }
}

/** Counts anew what the product works out itself; how many measures that were. */
export async function calculateMeasures(planId: string): Promise<number> {
  const { measureCount } = await act('calculateAccountPlanMeasures', { accountPlanId: planId })
  return Number(measureCount ?? 0)
}

/** Of all measures and objectives alike; a closed objective is reached whatever was counted. */
export function meanProgress(parts: readonly { readonly progress: number | undefined }[]): number {
  const known = parts.flatMap(({ progress }) => progress ?? [])
  return known.length === 0 ? 0 : known.reduce((sum, one) => sum + one, 0) / known.length
}

const percent = 100

function measureOf(row: WireRecord): Measure {
  const progress = numberAt(row, 'Progress')
  return {
    id: row.Id ?? '',
    objectiveId: textAt(row, 'AccountPlanObjectiveId') ?? '',
    name: textAt(row, 'Name') ?? '',
    kind: kindOf(textAt(row, 'ValueType')),
    current: numberAt(row, 'CurrentValue'),
    target: numberAt(row, 'TargetValue'),
    progress: progress === undefined ? undefined : progress / percent,
    isCalculated: textAt(row, 'AccountPlanObjMeasCalcDefId') !== undefined,
  }
}

function kindOf(text: string | undefined): ValueKind {
  return text === 'Currency' || text === 'Percent' ? text : 'Number'
}

function objectiveOf(row: WireRecord, measures: readonly Measure[]): Objective {
  const status = textAt(row, 'Status') ?? ''
  return {
    id: row.Id ?? '',
    name: textAt(row, 'Name') ?? '',
    status,
    isOverdue: row['IsOverdue'] === true,
    end: textAt(row, 'EndDate'),
    owner: parentText(row, 'ObjectiveOwner', 'Name'),
    measures,
    progress: status === 'Closed' ? 1 : meanProgress(measures),
  }
}

async function readWork(
  plan: string,
  accountId: string | undefined,
  objectives: readonly Objective[],
): Promise<readonly PlanWork[]> {
  const targets = objectives.map(({ id }) => id)
  const list = [...targets, ...(accountId === undefined ? [] : [accountId])]
    .map(textLiteral)
    .join(', ')
  const opportunities =
    accountId === undefined
      ? []
      : rowsOrNone(
          `SELECT Id, Name, StageName, Amount, CloseDate FROM Opportunity WHERE AccountId = ${textLiteral(accountId)} ORDER BY CloseDate DESC NULLS LAST, Id LIMIT ${rowsMax}`,
        )
  const summaries = rowsOrNone(
    `SELECT Id, Name, Status, CreatedDate, AccountPlanObjectiveId FROM InteractionSummary WHERE AccountPlanObjective.AccountPlanId = ${plan} ORDER BY CreatedDate DESC, Id LIMIT ${rowsMax}`,
  )
  const plans =
    list === ''
      ? []
      : rowsOrNone(
          `SELECT Id, Name, ActionPlanState, StartDate, TargetId FROM ActionPlan WHERE TargetId IN (${list}) ORDER BY StartDate DESC NULLS LAST, Id LIMIT ${rowsMax}`,
        )
  const found = await Promise.all([opportunities, summaries, plans])
  return found.flatMap((rows, at) => rows.map((row) => workOf(row, kinds[at] ?? kinds[0])))
}

interface WorkKind {
  readonly object: string
  readonly state: string
  readonly day: string
  readonly objective?: string
}

const kinds: readonly [WorkKind, ...WorkKind[]] = [
  { object: 'Opportunity', state: 'StageName', day: 'CloseDate' },
  {
    object: 'InteractionSummary',
    state: 'Status',
    day: 'CreatedDate',
    objective: 'AccountPlanObjectiveId',
  },
  { object: 'ActionPlan', state: 'ActionPlanState', day: 'StartDate', objective: 'TargetId' },
]

function workOf(row: WireRecord, kind: WorkKind): PlanWork {
  const value = textAt(row, kind.state)
  return {
    id: row.Id ?? '',
    object: kind.object,
    name: textAt(row, 'Name') ?? '',
    state: value === undefined ? undefined : { field: kind.state, value },
    amount: numberAt(row, 'Amount'),
    day: textAt(row, kind.day),
    objectiveId: kind.objective === undefined ? undefined : textAt(row, kind.objective),
  }
}
