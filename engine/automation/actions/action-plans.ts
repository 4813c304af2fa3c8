/** Action plans for flows, guided processes and programs: start one, give it another start, take a template further. */
import { Refusal } from '../../base/refusal.ts'
import type { RecordBody } from '../../records/records.ts'
import { cloneVersion } from '../plans/clone-version.ts'
import { planUnit } from '../plans/plan-unit.ts'
import { applyShift, previewShift } from '../plans/shift-plan.ts'
import type { ActionCall, ActionValues, InvocableAction } from './action.ts'

/** Input → field of the plan. */
const planFields: ReadonlyMap<string, string> = new Map([
  ['actionPlanTemplateVersionId', 'ActionPlanTemplateVersionId'],
  ['targetId', 'TargetId'],
  ['name', 'Name'],
  ['startDate', 'StartDate'],
  ['skipNonworkDays', 'IsUsingHolidayHours'],
  ['ownerId', 'OwnerId'],
])

const createActionPlan: InvocableAction = {
  name: 'createActionPlan',
  type: 'createActionPlan',
  label: 'Create action plan',
  description: 'Starts a plan from a published version of a template, with all its tasks.',
  inputs: [
    {
      name: 'actionPlanTemplateVersionId',
      label: 'Template version',
      description: 'A published version of a template.',
      type: 'ID',
      required: true,
    },
    {
      name: 'targetId',
      label: 'Record',
      description: 'What the plan is about.',
      type: 'ID',
      required: true,
    },
    {
      name: 'name',
      label: 'Name',
      description: 'That of the template where it is empty.',
      type: 'STRING',
    },
    { name: 'startDate', label: 'Start', description: 'Today where it is empty.', type: 'DATE' },
    {
      name: 'skipNonworkDays',
      label: 'Skip days without work',
      description: 'Deadlines count work days alone.',
      type: 'BOOLEAN',
    },
    {
      name: 'ownerId',
      label: 'Owner',
      description: 'Whoever runs the action where it is empty.',
      type: 'ID',
    },
  ],
  outputs: [
    { name: 'actionPlanId', label: 'Action plan', description: 'The new plan.', type: 'ID' },
  ],
  async run({ caller, records }, all) {
    const bodies = all.map(planBody)
    const results = await records.createMany(caller, 'ActionPlan', bodies, { allOrNone: true })
    return results.map((result) => {
      if (result instanceof Refusal) throw result
      return new Map([['actionPlanId', result.id]])
    })
  },
}

function planBody(values: ActionValues): RecordBody {
  return new Map(
    [...planFields].flatMap(([input, field]) => {
      const value = values.get(input) ?? null
      return value === null ? [] : [[field, value] as const]
    }),
  )
}

const shiftActionPlan: InvocableAction = {
  name: 'shiftActionPlan',
  type: 'shiftActionPlan',
  label: 'Shift action plan',
  description: 'Gives a plan another start, and moves the open deadlines that count from it.',
  inputs: [
    {
      name: 'actionPlanId',
      label: 'Action plan',
      description: 'A plan that is not over.',
      type: 'ID',
      required: true,
    },
    {
      name: 'startDate',
      label: 'New start',
      description: 'The day on which it starts.',
      type: 'DATE',
      required: true,
    },
    {
      name: 'moveDeadlines',
      label: 'Move deadlines',
      description: 'Those that nobody has chosen by hand.',
      type: 'BOOLEAN',
    },
    {
      name: 'previewOnly',
      label: 'Preview only',
      description: 'Tells what would move, and changes nothing.',
      type: 'BOOLEAN',
    },
  ],
  outputs: [
    {
      name: 'deadlines',
      label: 'Deadlines',
      description: 'Open deadlines: item, record, from, to.',
      type: 'ANY',
      isList: true,
    },
    { name: 'endDate', label: 'End', description: 'The end of the plan.', type: 'DATE' },
  ],
  async run(call, all) {
    const outputs: ActionValues[] = []
    for (const values of all) outputs.push(await shift(call, values))
    return outputs
  },
}

async function shift(call: ActionCall, values: ActionValues): Promise<ActionValues> {
  const { records, caller, models, clock } = call
  const unit = planUnit({ records, caller, clock, model: models.current() })
  const shifting = { unit, by: { records, caller } }
  const wished = {
    planId: String(values.get('actionPlanId')),
    startDate: String(values.get('startDate')),
  }
  const moveDeadlines = values.get('moveDeadlines') === true
  const { deadlines, endDate } =
    values.get('previewOnly') === true
      ? await previewShift(shifting, wished)
      : await applyShift(shifting, { ...wished, moveDeadlines })
  return new Map<string, unknown>([
    ['deadlines', deadlines],
    ['endDate', endDate],
  ])
}

const cloneActionPlanTemplateVersion: InvocableAction = {
  name: 'cloneActionPlanTemplateVersion',
  type: 'cloneActionPlanTemplateVersion',
  label: 'Clone template version',
  description: 'Makes a new draft with the items of a version of an action plan template.',
  inputs: [
    {
      name: 'actionPlanTemplateVersionId',
      label: 'Template version',
      description: 'The version that is to be taken further.',
      type: 'ID',
      required: true,
    },
  ],
  outputs: [
    {
      name: 'newVersionId',
      label: 'New version',
      description: 'A draft of the same template.',
      type: 'ID',
    },
  ],
  async run({ records, caller }, all) {
    const outputs: ActionValues[] = []
    for (const values of all) {
      const versionId = String(values.get('actionPlanTemplateVersionId'))
      const id = await cloneVersion({ records, caller }, versionId)
      outputs.push(new Map([['newVersionId', id]]))
    }
    return outputs
  },
}

export const planActions: readonly InvocableAction[] = [
  createActionPlan,
  shiftActionPlan,
  cloneActionPlanTemplateVersion,
]
