/** Jobs and flows as administrators look after them: the addresses that belong to them. */
import { get, own, segment, send } from './api.ts'
import type {
  FlowInfo,
  FlowRunInfo,
  FlowTrialInfo,
  JobInfo,
  ScheduledJobInfo,
} from './base/wire-automation.ts'

const schedules = `${own}/scheduled-jobs`

export const jobs = {
  scheduled: () => get<readonly ScheduledJobInfo[]>(schedules),
  async act(name: string, action: 'run' | 'pause' | 'resume'): Promise<void> {
    await send('POST', `${schedules}/${segment(name)}/${action}`)
  },
  /** Without one its own schedule counts again. */
  async reschedule(
    name: string,
    chosen?: { readonly cronExpression: string; readonly timeZone: string },
  ): Promise<void> {
    await send('PUT', `${schedules}/${segment(name)}/schedule`, { body: chosen ?? {} })
  },
  list: () => get<readonly JobInfo[]>(`${own}/jobs`),
  async stop(id: string): Promise<void> {
    await send('POST', `${own}/jobs/${segment(id)}/stop`)
  },
}

export interface FlowTrialWish {
  readonly recordId: string
  readonly path: string
  readonly inputs: Readonly<Record<string, unknown>>
}

export const flows = {
  list: () => get<readonly FlowInfo[]>(`${own}/flows`),
  /** What became of runs, the newest first. */
  runs(filter: Readonly<Record<string, string>>): Promise<readonly FlowRunInfo[]> {
    return get<readonly FlowRunInfo[]>(`${own}/flow-runs?${new URLSearchParams(filter).toString()}`)
  },
  /** Every run is told with its steps for so long; 0: no longer. */
  async trace(name: string, minutes: number): Promise<void> {
    await send('POST', `${own}/flows/${segment(name)}/trace`, { body: { minutes } })
  },
  async test(name: string, wish: FlowTrialWish): Promise<FlowTrialInfo> {
    const path = `${own}/flows/${segment(name)}/test`
    return (await send<FlowTrialInfo>('POST', path, { body: wish })).body
  },
}
