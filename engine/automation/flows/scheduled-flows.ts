/** Flows that run by the clock, each a scheduled job: over its records block by block, each block one unit of work. */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { dayMs } from '../../formula/calendar.ts'
import type { RunningJob } from '../../jobs/job-runner.ts'
import type { ScheduledJob } from '../../jobs/scheduled-job.ts'
import type { FlowPlan, FlowScheduleTimes } from '../../model/flows/flow-plan.ts'
import type { Model } from '../../model/model.ts'
import { readyFlows } from '../../model/ready-flows.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { ActionRegistry } from '../actions/action-registry.ts'
import type { FlowRecord } from './flow-record.ts'
import { findRecords } from './flow-queries.ts'
import { callerFor, modeOfTrigger, type FlowWork } from './flow-work.ts'
import { Interview } from './interview.ts'
import type { FlowWatch } from './run-log.ts'
import { runInterviews } from './run-interviews.ts'
import { servicesOf } from './record-flows.ts'
import { surroundingsOf } from '../../records/formulas/surroundings.ts'

export interface ScheduledFlowParts {
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  readonly actions: ActionRegistry
  readonly ids: (keyPrefix: string) => string
  readonly log: FlowWatch
  /** Whom its records are changed by. */
  readonly system: () => Caller
}

interface ScheduledFlow extends FlowPlan {
  readonly schedule: FlowScheduleTimes
}

export function scheduledFlows(parts: ScheduledFlowParts): readonly ScheduledJob[] {
  const plans = [...readyFlows(parts.models.current()).byName.values()]
  return plans.filter(isScheduled).map((flow) => {
    const { frequency, startDate, startTime } = flow.schedule
    return {
      name: `Flow ${flow.name}`,
      label: flow.label,
      of: { type: 'Flow' as const, fullName: flow.name },
      schedule: `${frequency} ${startDate} ${startTime}`,
      nextAfter: (time: number) => nextTime(flow.schedule, time),
      run: (running: RunningJob) => runFlow(parts, flow, running),
    }
  })
}

function isScheduled(plan: FlowPlan): plan is ScheduledFlow {
  return plan.schedule !== undefined
}

const steps = { Once: undefined, Daily: dayMs, Weekly: 7 * dayMs } as const

/** The first of its times after that moment. */
export function nextTime(
  { frequency, startDate, startTime }: FlowScheduleTimes,
  time: number,
): number | undefined {
  const start = Date.parse(`${startDate}T${startTime.replace(/Z$/, '')}Z`)
  if (Number.isNaN(start)) return undefined
  if (start > time) return start
  const step = steps[frequency]
  return step === undefined ? undefined : start + (Math.floor((time - start) / step) + 1) * step
}

interface Progress {
  readonly after: string
  readonly done: number
}

function progressOf({ job }: RunningJob): Progress {
  const { after, done } = JSON.parse(job.status) as Partial<Progress>
  return { after: after ?? '', done: done ?? 0 }
}

/** What a block did and how far the job is are one unit: nothing is done twice, nothing is left out. */
async function runFlow(
  parts: ScheduledFlowParts,
  flow: ScheduledFlow,
  running: RunningJob,
): Promise<string> {
  let progress = progressOf(running)
  for (;;) {
    if (running.isStopping()) return ''
    const next = await parts.records.together(async (records, tx) => {
      const found = await runBlock(parts, { flow, records, after: progress.after })
      const last = found.at(-1)
      const made = { after: last ?? progress.after, done: progress.done + found.length }
      await running.note(tx, JSON.stringify(made))
      return { made, isOver: flow.schedule.records === undefined || found.length < blockRows }
    })
    progress = next.made
    if (next.isOver) break
  }
  return flow.schedule.records === undefined ? 'ran' : `${progress.done} records`
}

const blockRows = limits.hookRecordsMax

interface Block {
  readonly flow: ScheduledFlow
  readonly records: Records
  readonly after: string
}

/** The ids of the records that it ran on. */
async function runBlock(
  parts: ScheduledFlowParts,
  { flow, records, after }: Block,
): Promise<readonly string[]> {
  const { models, clock, actions, ids, log } = parts
  const model = models.current()
  const caller = callerFor(parts.system(), model, modeOfTrigger(flow))
  const spent = { queries: 0, written: 0 }
  const action = (type: string, name: string) => actions.find(model, type, name)
  const work: FlowWork = { model, models, clock, caller, records, mayWrite: true, spent, action }
  const interview = (record?: FlowRecord) =>
    new Interview({
      plan: flow,
      surroundings: surroundingsOf(model, caller, { now: clock.now() }),
      record,
      prior: record,
      guid: ids('0Fo'),
      steps: log.stepsOf(flow.name),
    })
  const found = await recordsAfter(work, { flow, model, after, interview })
  const started =
    flow.schedule.records === undefined ? [interview()] : found.map((one) => interview(one))
  const runs = started.map((one) => ({ interview: one, start: flow.start }))
  const failures = await runInterviews(work, servicesOf({ model }), runs)
  const { userId } = caller
  started.forEach((one, index) => {
    log.ended({ interview: one, start: 'schedule', userId, failure: failures[index] })
  })
  const failure = failures.find((one) => one !== undefined)
  if (failure !== undefined) throw failure
  return found.flatMap(({ id }) => id ?? [])
}

interface After {
  readonly flow: ScheduledFlow
  readonly model: Model
  readonly after: string
  readonly interview: () => Interview
}

async function recordsAfter(
  work: FlowWork,
  { flow, model, after, interview }: After,
): Promise<readonly FlowRecord[]> {
  const { records } = flow.schedule
  const object = model.object(records?.object ?? '')
  if (records === undefined || object === undefined) return []
  const index = records.items.length
  const item = {
    field: 'Id',
    operator: after === '' ? 'NotEqualTo' : 'GreaterThan',
    value: { kind: 'literal', value: after === '' ? null : after, type: text } as const,
  }
  const filters = {
    ...records,
    logic: { kind: 'and', items: [records.logic, { kind: 'item', index }] } as const,
    items: [...records.items, item],
  }
  const fields = object.fields.filter(({ columns }) => columns.size > 0).map(({ name }) => name)
  const plain = fields.filter(
    (name) => object.fieldsByName.get(name.toLowerCase())?.components.length === 0,
  )
  const paths = [...plain, ...(flow.reads.get('$Record') ?? [])]
  const sort = { field: 'Id', isBackwards: false }
  const [found = []] = await findRecords(work, [interview()], {
    filters,
    fields: paths,
    sort,
    limit: blockRows,
  })
  return found
}

const text = { kind: 'text', isList: false } as const
