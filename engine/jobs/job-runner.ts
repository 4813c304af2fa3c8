/** Runs waiting jobs, a few at a time; a job goes on where it stood when its runner died. */
import type { Clock } from '../base/clock.ts'
import { limits } from '../base/limits.ts'
import { Refusal } from '../base/refusal.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import type { Job, JobState, JobStore } from './job-store.ts'

/** A job in the hands of its runner. */
export interface RunningJob {
  readonly job: Job
  /**
   * Notes progress as part of the unit that made it. Throws `JobLost` when the job was aborted or is another runner's:
   * the unit then comes to nothing.
   */
  note(tx: Transaction, status: string, state?: JobState): Promise<void>
  /** Gives it back as part of a unit: nobody takes it up before that moment. */
  putOff(tx: Transaction, status: string, until: number): Promise<void>
  /** The server stops: what is not begun waits for the next start. */
  isStopping(): boolean
}

/** The job is no longer this runner's. */
export class JobLost extends Error {
  constructor() {
    super('the job was aborted or taken by another runner')
    this.name = 'JobLost'
  }
}

export interface JobHandler {
  /** Works until the job is done or the server stops; ends it by its last note. */
  run(running: RunningJob): Promise<void>
  /** The status of a job that failed for a reason of ours. */
  failed(job: Job, reason: string): string
  /** Notes that somebody stopped it. */
  aborted?(tx: Transaction, job: Job): Promise<void>
  /** Takes away what belongs to a job that nobody needs any more. */
  remove(tx: Transaction, id: string): Promise<void>
  /** For whoever looks after jobs. */
  view?(job: Job): JobContent
}

/** What a job is about, and how far it is. */
export interface JobContent {
  readonly about: string
  readonly detail?: string | undefined
  readonly done?: number | undefined
  readonly failed?: number | undefined
}

export interface JobRunner {
  /** Something may be waiting. */
  wake(): void
  /** Ends after the units that have begun. */
  close(): Promise<void>
}

export interface JobRunnerParts {
  readonly storage: Storage
  readonly store: JobStore
  readonly clock: Clock
  /** Not any other runner's name. */
  readonly name: string
  readonly handlers: ReadonlyMap<string, JobHandler>
  /** Makes jobs of what is due by the clock; asked before jobs are looked for. */
  readonly makeDue?: () => Promise<void>
  readonly reportError: (error: unknown) => void
}

const channel = 'fs_jobs'

export async function startJobRunner(parts: JobRunnerParts): Promise<JobRunner> {
  const { storage, store } = parts
  // One server per file: whoever held a job there is gone.
  if (storage.dialect.name === 'sqlite') await store.releaseAll()
  const runner = new Runner(parts)
  const stopListening = storage.listen(channel, () => runner.wake())
  const timer = setInterval(() => runner.tick(), limits.jobPollMs)
  timer.unref()
  runner.wake()
  return {
    wake: () => {
      runner.wake()
      storage.notify(channel, '').catch(parts.reportError)
    },
    close: async () => {
      clearInterval(timer)
      stopListening()
      await runner.stop()
    },
  }
}

class Runner {
  readonly #parts: JobRunnerParts
  readonly #running = new Set<Promise<void>>()
  #stopping = false
  #searching = false
  #again = false
  /** Somebody said that something may be due since we last looked. */
  #lookForDue = false

  constructor(parts: JobRunnerParts) {
    this.#parts = parts
  }

  wake(): void {
    if (this.#stopping) return
    this.#again = true
    this.#lookForDue = true
    if (this.#searching) return
    this.#searching = true
    void this.#search().finally(() => {
      this.#searching = false
    })
  }

  tick(): void {
    this.wake()
    this.#removeOld().catch(this.#parts.reportError)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#running)
  }

  async #search(): Promise<void> {
    const { store, clock, name, reportError } = this.#parts
    while (this.#again && !this.#stopping && this.#running.size < limits.jobsAtOnceMax) {
      this.#again = false
      await this.#makeDue()
      try {
        const until = clock.now() + limits.jobLeaseMs
        const job = await store.claim({ runner: name, until })
        if (job === undefined) continue
        this.#again = true
        const work: Promise<void> = this.#run(job).finally(() => {
          this.#running.delete(work)
          this.wake()
        })
        this.#running.add(work)
      } catch (error) {
        reportError(error)
      }
    }
  }

  async #makeDue(): Promise<void> {
    if (!this.#lookForDue) return
    this.#lookForDue = false
    await this.#parts.makeDue?.().catch(this.#parts.reportError)
  }

  async #run(job: Job): Promise<void> {
    const { handlers, reportError } = this.#parts
    const handler = handlers.get(job.kind)
    if (handler === undefined) return
    try {
      await handler.run(this.#hand(job))
    } catch (error) {
      if (error instanceof JobLost || this.#stopping) return
      reportError(error)
      // It is tried again when its claim has run out.
      if (error instanceof Refusal && error.status >= 500) return
      await this.#fail(job, handler).catch(reportError)
    }
  }

  async #fail(job: Job, handler: JobHandler): Promise<void> {
    const { storage, store } = this.#parts
    const status = handler.failed(job, 'Something went wrong on the server.')
    await storage.write((tx) =>
      store.change(tx, { id: job.id, from: ['InProgress'], state: 'Failed', status }),
    )
  }

  #hand(job: Job): RunningJob {
    const { store, clock, name } = this.#parts
    return {
      job,
      isStopping: () => this.#stopping,
      note: async (tx, status, state = 'InProgress') => {
        const until = clock.now() + limits.jobLeaseMs
        const isOurs = await store.note(tx, { id: job.id, runner: name, until, status, state })
        if (!isOurs) throw new JobLost()
      },
      putOff: async (tx, status, until) => {
        const isOurs = await store.putOff(tx, { id: job.id, runner: name, until, status })
        if (!isOurs) throw new JobLost()
      },
    }
  }

  async #removeOld(): Promise<void> {
    const { storage, store, handlers, clock } = this.#parts
    const ids = await store.finishedBefore(clock.now() - limits.jobKeptMs, oldJobsAtOnce)
    for (const id of ids) {
      await storage.write(async (tx) => {
        for (const handler of handlers.values()) await handler.remove(tx, id)
        await store.remove(tx, id)
      })
    }
  }
}

const oldJobsAtOnce = 10
