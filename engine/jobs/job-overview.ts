/** All jobs, whoever began them, for those who look after the server: what is at work, what failed and why, and stopping one. */
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { normaliseId } from '../base/record-id.ts'
import { refuse } from '../base/refusal.ts'
import type { Storage } from '../storage/storage.ts'
import type { JobContent, JobHandler } from './job-runner.ts'
import type { Job, JobState, JobStore } from './job-store.ts'

export interface JobView extends Pick<
  Job,
  'id' | 'kind' | 'state' | 'createdBy' | 'createdAt' | 'modifiedAt'
> {
  readonly content: JobContent
}

export interface JobOverview {
  /** The newest first. */
  list(): Promise<readonly JobView[]>
  /** What is done of it stays; refuses one that is over. */
  stop(id: string): Promise<void>
}

export interface JobOverviewParts {
  readonly storage: Storage
  readonly store: JobStore
  readonly handlers: ReadonlyMap<string, JobHandler>
}

const unfinished: readonly JobState[] = ['Open', 'UploadComplete', 'InProgress']

export function createJobOverview({ storage, store, handlers }: JobOverviewParts): JobOverview {
  return {
    list: async () =>
      (await store.newest(limits.jobsShownMax)).map((job) => {
        const content = handlers.get(job.kind)?.view?.(job) ?? { about: '' }
        const { id, kind, state, createdBy, createdAt, modifiedAt } = job
        return { id, kind, state, createdBy, createdAt, modifiedAt, content }
      }),
    stop: async (given) => {
      const id = normaliseId(given)
      const job = id === undefined ? undefined : await store.find(id)
      if (job === undefined) throw refuse('NOT_FOUND', message('There is no such job.'))
      const isStopped = await storage.write(async (tx) => {
        const change = { id: job.id, from: unfinished, state: 'Aborted' } as const
        if (!(await store.change(tx, change))) return false
        await handlers.get(job.kind)?.aborted?.(tx, job)
        return true
      })
      if (!isStopped) throw refuse('INVALIDJOBSTATE', message('The job has ended already.'))
    },
  }
}
