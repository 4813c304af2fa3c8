/** Scores worked out anew because days went by, or because their rule changed: a job per rule, block by block. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import type { RunningJob } from '../../jobs/job-runner.ts'
import type { ScheduledJob } from '../../jobs/scheduled-job.ts'
import type { FlowScheduleTimes } from '../../model/flows/flow-plan.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { scoringRules, type ScoringModel } from '../../model/rules/scoring-rules.ts'
import { deletedColumn, idColumn } from '../../query/compile-write.ts'
import type { Models } from '../../records/record-parts.ts'
import { keepScores } from '../../roll-ups/keep-scores.ts'
import { integerLiteral, sql } from '../../sql/sql.ts'
import type { Storage, Transaction } from '../../storage/storage.ts'
import { nextTime } from '../flows/scheduled-flows.ts'

export interface ScoreJobParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
}

export function scoreJobs(parts: ScoreJobParts): readonly ScheduledJob[] {
  return [...scoringRules(parts.models.current()).values()].flat().map((rule) => {
    const times = timesOf(rule)
    const schedule =
      times === undefined ? 'Once' : `${times.frequency} ${times.startDate} ${times.startTime}`
    return {
      name: `Score ${rule.object}.${rule.name}`,
      label: rule.label,
      schedule,
      // Another rule gives other scores at once, not tomorrow.
      content: contentOf(rule),
      nextAfter: (time: number) => times && nextTime({ ...times, records: undefined }, time),
      run: (running: RunningJob) => scoreAll(parts, rule.object, running),
    }
  })
}

/** What the scores follow from; a changed label moves none. */
function contentOf({ kept, schedule }: ScoringModel): string {
  const texts = kept.map(({ field, parts }) => [field.name, ...parts.map(({ text }) => text)])
  return JSON.stringify([schedule, texts])
}

function timesOf({ schedule }: ScoringModel): Times | undefined {
  const frequency = schedule?.frequency
  if (schedule === undefined || frequency === undefined || frequency === 'OnActivate') {
    return undefined
  }
  const { startDate = '2000-01-01', startTime = '00:00:00.000Z' } = schedule
  return { frequency, startDate, startTime }
}

type Times = Omit<FlowScheduleTimes, 'records'>

interface Progress {
  readonly after: string
  readonly done: number
  readonly changed: number
}

function progressOf({ job }: RunningJob): Progress {
  const { after, done, changed } = JSON.parse(job.status) as Partial<Progress>
  return { after: after ?? '', done: done ?? 0, changed: changed ?? 0 }
}

/** A block and how far the job is are one unit: whoever takes the job up goes on behind the last block that was kept. */
async function scoreAll(
  parts: ScoreJobParts,
  object: string,
  running: RunningJob,
): Promise<string> {
  let progress = progressOf(running)
  for (;;) {
    if (running.isStopping()) return ''
    const begun = parts.clock.now()
    const next = await parts.storage.write(async (tx) => {
      const made = await scoreBlock(tx, { ...parts, object, progress })
      if (made !== undefined) await running.note(tx, JSON.stringify(made))
      return made
    })
    if (next === undefined) break
    progress = next
    // People go first: nobody waits for a score of the night, and a block keeps a core and the writer to itself.
    await pause(restMs(parts.clock.now() - begun))
  }
  return `${progress.done} records, ${progress.changed} changed`
}

function restMs(tookMs: number): number {
  const rest = Math.max(tookMs * limits.scoredRestTimes, limits.scoredRestMinMs)
  return Math.min(rest, limits.scoredRestMaxMs)
}

interface Block extends ScoreJobParts {
  readonly object: string
  readonly progress: Progress
}

/** Undefined behind the last record. */
async function scoreBlock(
  tx: Transaction,
  { models, clock, object: name, progress }: Block,
): Promise<Progress | undefined> {
  const model: Model = models.current()
  const object: ObjectModel | undefined = model.object(name)
  if (object === undefined) return undefined
  // Locked in one order, so that two who change many records never wait for each other.
  const rows = await tx.read(
    sql`select ${idColumn} as id from ${object.table} where ${idColumn} > ${progress.after} and not ${deletedColumn} order by ${idColumn} limit ${integerLiteral(limits.scoredBlockRows)}${tx.dialect.lockRowsToChange}`,
  )
  const ids = rows.map((row) => String(row['id']))
  const last = ids.at(-1)
  if (last === undefined) return undefined
  const changed = await keepScores(tx, { model, object, ids, now: clock.now() })
  return {
    after: last,
    done: progress.done + ids.length,
    changed: progress.changed + changed.size,
  }
}
