/** Guided processes as the server runs them: the addresses that belong to them. */
import { get, own, segment, send } from './api.ts'
import type {
  KeptRun,
  OpenRun,
  ProcessChoice,
  ProcessDoor,
  ProcessRun,
  ProcessSummary,
  SubmittedRun,
} from './base/wire-processes.ts'

const runs = `${own}/process-runs`
const runPath = (id: string): string => `${runs}/${segment(id)}`

interface OfferedChoices {
  readonly choices: readonly ProcessChoice[]
}

export const processes = {
  list: () => get<readonly ProcessSummary[]>(`${own}/processes`),
  kept: () => get<readonly KeptRun[]>(runs),
  run: (id: string) => get<ProcessRun>(runPath(id)),
  async start(process: string, recordId?: string): Promise<OpenRun> {
    return (await send<OpenRun>('POST', runs, { body: { process, recordId } })).body
  },
  async giveUp(id: string): Promise<void> {
    await send('DELETE', runPath(id))
  },
  /** A run of the server. */
  door: (id: string): ProcessDoor => ({
    answer: async (screen, answers) =>
      (await send<OpenRun>('POST', `${runPath(id)}/steps`, { body: { screen, answers } })).body,
    choices: async (of, answers) => {
      const path = `${runPath(id)}/choices`
      return (await send<OfferedChoices>('POST', path, { body: { of, answers } })).body.choices
    },
    submit: async () => (await send<SubmittedRun>('POST', `${runPath(id)}/submit`)).body,
    keep: async (screen, answers) =>
      (await send<OpenRun>('PATCH', runPath(id), { body: { screen, answers } })).body,
  }),
}
