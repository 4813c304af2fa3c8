/**
 * The log of flows. It is written beside the saves, a moment later: what fails is told although its save comes to nothing,
 * and a save waits for none of it. A crash loses the last moment of the log, and nothing else.
 */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { inEnglish } from '../../base/message.ts'
import { ensureTables } from '../../storage/engine-tables.ts'
import type { Storage } from '../../storage/storage.ts'
import {
  addFigures,
  addRuns,
  flowLogTables,
  readFigures,
  readRuns,
  setTraced,
  tidyRuns,
  type FlowFigures,
  type LoggedRun,
  type RunFilter,
  type RunOutcome,
} from './flow-log-store.ts'
import { StepLog, type EndedRun, type FlowWatch } from './run-log.ts'

export interface FlowLog extends FlowWatch {
  figures(): Promise<ReadonlyMap<string, FlowFigures>>
  runs(filter: RunFilter): Promise<readonly LoggedRun[]>
  /** Every run of the flow is told with its steps until then; undefined: no longer. */
  trace(flow: string, until: number | undefined): Promise<void>
  /** Takes over which flows are looked at, wherever that was asked for. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface FlowLogParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly reportError: (error: unknown) => void
}

interface Counted {
  runs: number
  failures: number
  lastAt: number | undefined
  failedAt: number | undefined
}

export async function createFlowLog(parts: FlowLogParts): Promise<FlowLog> {
  await ensureTables(parts.storage, flowLogTables)
  const log = new Log(parts)
  await log.refresh()
  return log
}

class Log implements FlowLog {
  readonly #parts: FlowLogParts
  #counted = new Map<string, Counted>()
  #runs: LoggedRun[] = []
  readonly #traced = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing: Promise<void> = Promise.resolve()
  #tidiedAt = 0

  constructor(parts: FlowLogParts) {
    this.#parts = parts
  }

  stepsOf(flow: string): StepLog | undefined {
    return this.#isTraced(flow) ? new StepLog() : undefined
  }

  ended(run: EndedRun): void {
    const { interview, failure } = run
    const now = this.#parts.clock.now()
    const counted = this.#countedOf(interview.plan.name)
    counted.runs += 1
    counted.lastAt = now
    const isRefused = interview.errors.length > 0
    if (failure !== undefined) {
      counted.failures += 1
      counted.failedAt = now
    }
    const outcome = failure !== undefined ? 'Failed' : isRefused ? 'Refused' : 'Finished'
    if (outcome !== 'Finished' || interview.steps !== undefined) this.#add(run, outcome)
    this.#writeSoon()
  }

  skipped(run: Omit<EndedRun, 'failure'>): void {
    if (run.interview.steps === undefined) return
    this.#add({ ...run, failure: undefined }, 'Skipped')
    this.#writeSoon()
  }

  async figures(): Promise<ReadonlyMap<string, FlowFigures>> {
    await this.#write()
    return readFigures(this.#parts.storage)
  }

  async runs(filter: RunFilter): Promise<readonly LoggedRun[]> {
    await this.#write()
    return readRuns(this.#parts.storage, filter)
  }

  async trace(flow: string, until: number | undefined): Promise<void> {
    await this.#parts.storage.write((tx) => setTraced(tx, flow, until))
    if (until === undefined) this.#traced.delete(flow)
    else this.#traced.set(flow, until)
  }

  async refresh(): Promise<void> {
    const now = this.#parts.clock.now()
    for (const [flow, { tracedUntil = 0 }] of await readFigures(this.#parts.storage)) {
      if (tracedUntil > now) this.#traced.set(flow, tracedUntil)
      else this.#traced.delete(flow)
    }
  }

  async close(): Promise<void> {
    await this.#write()
    clearTimeout(this.#timer)
  }

  #isTraced(flow: string): boolean {
    if (this.#traced.size === 0) return false
    return (this.#traced.get(flow) ?? 0) > this.#parts.clock.now()
  }

  #countedOf(flow: string): Counted {
    const known = this.#counted.get(flow)
    if (known !== undefined) return known
    const made = { runs: 0, failures: 0, lastAt: undefined, failedAt: undefined }
    this.#counted.set(flow, made)
    return made
  }

  #add({ interview, start, userId, failure }: EndedRun, outcome: RunOutcome): void {
    if (this.#runs.length >= limits.flowRunsWaitingMax) return
    const { plan, record, errors, steps } = interview
    const refused = errors.map(({ message }) =>
      typeof message === 'string' ? message : inEnglish(message),
    )
    const error = failure?.message ?? refused.join(' ')
    this.#runs.push({
      id: interview.guid,
      flow: plan.name,
      start,
      outcome,
      object: record?.object.name,
      recordId: record?.id,
      userId,
      at: this.#parts.clock.now(),
      element: failure === undefined || interview.at === '' ? undefined : interview.at,
      error: error === '' ? undefined : error.slice(0, errorCharsMax),
      steps: steps === undefined ? undefined : stepsText(steps),
    })
  }

  #writeSoon(): void {
    if (this.#timer !== undefined) return
    const write = (): void => {
      this.#write().catch(this.#parts.reportError)
    }
    this.#timer = setTimeout(write, limits.flowLogPauseMs)
    this.#timer.unref()
  }

  /** One after the other; what cannot be written now is written with the next. */
  #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#writeNow())
    return this.#writing
  }

  async #writeNow(): Promise<void> {
    const { storage, clock } = this.#parts
    const [counted, runs] = [this.#counted, this.#runs]
    if (counted.size === 0 && runs.length === 0) return
    this.#counted = new Map()
    this.#runs = []
    const now = clock.now()
    const isTidied = now - this.#tidiedAt < tidyMs
    try {
      await storage.write(async (tx) => {
        await addFigures(tx, counted)
        await addRuns(tx, runs)
        if (isTidied) return
        await tidyRuns(tx, { before: now - limits.flowRunsKeptMs, max: limits.flowRunsKeptMax })
      })
      this.#tidiedAt = isTidied ? this.#tidiedAt : now
    } catch (error) {
      this.#runs = [...runs, ...this.#runs].slice(0, limits.flowRunsWaitingMax)
      for (const [flow, one] of counted) {
        const later = this.#countedOf(flow)
        later.runs += one.runs
        later.failures += one.failures
        later.lastAt ??= one.lastAt
        later.failedAt ??= one.failedAt
      }
      throw error
    }
  }
}

const errorCharsMax = 2_000
const tidyMs = 60 * 60_000

function stepsText({ notes }: StepLog): string {
  const text = JSON.stringify(notes)
  if (text.length <= limits.flowStepsCharsMax) return text
  // Which way it went says more than the values.
  const bare = JSON.stringify(notes.map((note) => ({ ...note, values: {} })))
  return bare.length <= limits.flowStepsCharsMax ? bare : '[]'
}
