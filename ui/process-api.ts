/** Guided processes as the server runs them: the addresses that belong to them. */
import { get, own, segment, send } from './api.ts'
import type {
  KeptRun,
  OpenRun,
  ProcessAnswers,
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

interface PreviewAsk {
  readonly action: 'start' | 'answer' | 'choices' | 'submit'
  readonly of?: string
  readonly answers?: ProcessAnswers
}

async function preview<Answer>(body: object, ask: PreviewAsk): Promise<Answer> {
  return (await send<Answer>('POST', `${own}/process-previews`, { body: { body, ...ask } })).body
}

export function startPreview(body: object): Promise<OpenRun> {
  return preview(body, { action: 'start' })
}

/** Runs a process that is being built; nothing is kept. */
export function previewDoor(body: object): ProcessDoor {
  return {
    answer: (of, answers) => preview<OpenRun>(body, { action: 'answer', of, answers }),
    choices: async (of, answers) =>
      (await preview<OfferedChoices>(body, { action: 'choices', of, answers })).choices,
    submit: (answers) => preview<SubmittedRun>(body, { action: 'submit', answers }),
  }
}
