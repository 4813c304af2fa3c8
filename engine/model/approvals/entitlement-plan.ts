/** A declared entitlement process → the deadlines of its records, with everything that is wrong in it. */
import type { EntitlementProcess } from '../../../metadata/types.ts'
import { message, type Message } from '../../base/message.ts'
import type { Formula } from '../../formula/tree.ts'
import type { ObjectOutline } from '../object-outline.ts'
import type { Scope } from '../scope.ts'
import type { Pointer } from '../source-problem.ts'
import { compileCriteria, type Criteria, type CriteriaPlaces } from './criteria.ts'
import {
  entitledObject,
  milestoneHolder,
  milestoneHolders,
  type MilestoneHolder,
} from './milestone-holder.ts'
import { actionFault, type RecordAction } from './record-actions.ts'

export interface TimeTrigger {
  /** Which one it is among those of its milestone, whatever a deploy puts before it: by when it comes. */
  readonly place: number
  /** From the deadline; negative before it. */
  readonly offsetMs: number
  readonly actions: readonly RecordAction[]
}

export interface MilestonePlan {
  /** The name of its MilestoneType. */
  readonly name: string
  readonly begins: Formula | undefined
  readonly completes: Formula | undefined
  readonly minutes: number
  readonly businessHours: string | undefined
  readonly countsFromCriteria: boolean
  readonly triggers: readonly TimeTrigger[]
  readonly onSuccess: readonly RecordAction[]
}

export interface EntitlementPlan {
  readonly name: string
  readonly label: string
  readonly object: string
  /** Where its deadlines are kept. */
  readonly holder: MilestoneHolder
  readonly criteria: Formula | undefined
  readonly exits: Formula | undefined
  /** While it is true the clocks stand still. */
  readonly stops: Formula | undefined
  /** From which it counts; undefined: when the record was made. */
  readonly startField: string | undefined
  readonly businessHours: string | undefined
  readonly milestones: readonly MilestonePlan[]
}

export interface CompiledEntitlement {
  readonly plan: EntitlementPlan | undefined
  readonly findings: readonly { readonly pointer: Pointer; readonly reason: Message }[]
}

const unitMs = { Minutes: 60_000, Hours: 3_600_000, Days: 86_400_000 } as const

export function compileEntitlement(
  body: Readonly<EntitlementProcess>,
  name: string,
  index: Scope,
): CompiledEntitlement {
  const findings: { pointer: Pointer; reason: Message }[] = []
  const report = (pointer: Pointer, reason: Message): void =>
    void findings.push({ pointer, reason })
  const named = entitledObject(body)
  const outline = index.outline(named)
  const holder = outline && milestoneHolder(index, outline.name)
  if (outline === undefined || holder === undefined) {
    report(['SObjectType'], withoutHolder(outline?.name, named))
    return { plan: undefined, findings }
  }
  const ask = (criteria: Criteria & { readonly at: CriteriaPlaces }, pointer: Pointer) => {
    const { formula, fault } = compileCriteria(index, outline.name, criteria)
    if (fault !== undefined) report([...pointer, ...fault.pointer], fault.reason)
    return formula
  }
  const plan: EntitlementPlan = {
    name,
    label: body.name ?? name,
    object: outline.name,
    holder,
    criteria: ask({ formula: body.entryCriteriaFormula, at: entryPlaces }, []),
    exits: ask(
      {
        booleanFilter: body.exitCriteriaBooleanFilter,
        items: body.exitCriteriaFilterItems,
        formula: body.exitCriteriaFormula,
        at: exitPlaces,
      },
      [],
    ),
    stops: ask({ formula: stopsOf(body, outline), at: stopPlaces }, []),
    startField: startFieldOf(body, outline.name),
    businessHours: body.businessHours,
    milestones: (body.milestones ?? []).map((milestone, at) =>
      milestoneOf(milestone, { index, object: outline.name, ask, report, at }),
    ),
  }
  return { plan: findings.length === 0 ? plan : undefined, findings }
}

const entryPlaces = { items: '', logic: '', formula: 'entryCriteriaFormula' } as const
const exitPlaces = {
  items: 'exitCriteriaFilterItems',
  logic: 'exitCriteriaBooleanFilter',
  formula: 'exitCriteriaFormula',
} as const
const stopPlaces = { items: '', logic: '', formula: 'stopCriteriaFormula' } as const
const milestonePlaces = {
  items: 'milestoneCriteriaFilterItems',
  logic: 'criteriaBooleanFilter',
  formula: 'milestoneCriteriaFormula',
} as const
const completionPlaces = { items: '', logic: '', formula: 'completionFormula' } as const

function withoutHolder(object: string | undefined, named: string): Message {
  if (object === undefined) return message('there is no object {object}', { object: named })
  const { object: holder = '', parent: field = '' } = milestoneHolders.at(-1) ?? {}
  return message(
    'deadlines of {object} are kept in {holder}: add {object} to referenceTo of its field {field}',
    { object, holder, field },
  )
}

/** The platform's own word for it is a checkbox of the record. */
function stopsOf({ stopCriteriaFormula }: EntitlementProcess, outline: ObjectOutline) {
  if (stopCriteriaFormula !== undefined) return stopCriteriaFormula
  return outline.byName.get('isstopped')?.type.name === 'Checkbox' ? 'IsStopped' : undefined
}

function startFieldOf({ entryStartDateField }: EntitlementProcess, object: string) {
  const own = `${object}.`
  return entryStartDateField?.startsWith(own) === true
    ? entryStartDateField.slice(own.length)
    : entryStartDateField
}

type Milestone = NonNullable<EntitlementProcess['milestones']>[number]

interface Place {
  readonly index: Scope
  readonly object: string
  readonly at: number
  ask(criteria: Criteria & { readonly at: CriteriaPlaces }, pointer: Pointer): Formula | undefined
  report(pointer: Pointer, reason: Message): void
}

function milestoneOf(
  milestone: Milestone,
  { index, object, at, ask, report }: Place,
): MilestonePlan {
  const pointer = ['milestones', at]
  const { minutesToComplete } = milestone
  if (minutesToComplete === undefined) {
    report(pointer, message('a deadline has minutesToComplete'))
  }
  const actions = (named: readonly RecordAction[] = [], place: Pointer): readonly RecordAction[] =>
    named.map((action, position) => {
      const fault = actionFault(index, object, action)
      if (fault !== undefined) report([...pointer, ...place, position], fault)
      return action
    })
  return {
    name: milestone.milestoneName,
    begins: ask(
      {
        booleanFilter: milestone.criteriaBooleanFilter,
        items: milestone.milestoneCriteriaFilterItems,
        formula: milestone.milestoneCriteriaFormula,
        at: milestonePlaces,
      },
      pointer,
    ),
    completes: ask({ formula: milestone.completionFormula, at: completionPlaces }, pointer),
    minutes: minutesToComplete ?? 1,
    businessHours: milestone.businessHours,
    countsFromCriteria: milestone.useCriteriaStartTime ?? false,
    onSuccess: actions(milestone.successActions, ['successActions']),
    triggers: placed(
      (milestone.timeTriggers ?? []).map((trigger, position) => ({
        offsetMs: (trigger.timeLength ?? 0) * unitMs[trigger.workflowTimeTriggerUnit ?? 'Hours'],
        actions: actions(trigger.actions, ['timeTriggers', position, 'actions']),
      })),
    ),
  }
}

/** Far from what earlier versions wrote: the position in the list. */
const firstPlace = 1_000_000_000
const sameMomentMax = 100

function placed(triggers: readonly Omit<TimeTrigger, 'place'>[]): readonly TimeTrigger[] {
  return triggers.map((trigger, position) => {
    const { offsetMs } = trigger
    const alike = triggers.slice(0, position).filter((one) => one.offsetMs === offsetMs).length
    const place = firstPlace + (offsetMs / unitMs.Minutes) * sameMomentMax + alike
    return { ...trigger, place }
  })
}
