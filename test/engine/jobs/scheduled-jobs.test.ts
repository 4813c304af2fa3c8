/** Work by the clock: begun once among several nodes, tried again from where it stood, paused, rescheduled, told of. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createIdSource } from '../../../engine/base/record-id.ts'
import { refuse } from '../../../engine/base/refusal.ts'
import { cronTimes } from '../../../engine/jobs/cron-times.ts'
import { createJobOverview } from '../../../engine/jobs/job-overview.ts'
import { startJobRunner, type JobRunner } from '../../../engine/jobs/job-runner.ts'
import { createJobStore, type JobState, type JobStore } from '../../../engine/jobs/job-store.ts'
import type { ScheduledJob } from '../../../engine/jobs/scheduled-job.ts'
import {
  createScheduledJobs,
  scheduledKind,
  type ScheduledJobs,
} from '../../../engine/jobs/scheduled-jobs.ts'
import type { Storage } from '../../../engine/storage/storage.ts'
import { databases, type OpenDatabase } from '../../support/databases.ts'

const minute = 60_000
const start = Date.UTC(2026, 0, 5, 12)
const patience = { timeout: 120_000, interval: 20 }

interface Node {
  readonly store: JobStore
  readonly runner: JobRunner
  readonly scheduled: ScheduledJobs
  stop(id: string): Promise<void>
}

describe.each(databases)('scheduled jobs on $name', ({ open }) => {
  let database: OpenDatabase
  let storage: Storage
  const clock = { time: start, now: () => clock.time }
  const ids = createIdSource(clock, (count) => randomBytes(count))
  const nodes: Node[] = []
  const runs: string[] = []
  const errors: unknown[] = []
  let trouble: (() => Error) | undefined
  let gate: Promise<void> | undefined

  const hourly: ScheduledJob = {
    name: 'Hourly',
    label: 'Hourly',
    ...cronTimes('0 0 * * * ?'),
    run: async (running) => {
      const { done = 0 } = JSON.parse(running.job.status) as { done?: number }
      runs.push(`from ${done}`)
      await storage.write((tx) => running.note(tx, JSON.stringify({ done: done + 10 })))
      await gate
      const error = trouble?.()
      if (error !== undefined) throw error
      return 'ran'
    },
  }
  let jobs: readonly ScheduledJob[] = [hourly]

  async function startNode(name: string): Promise<Node> {
    const store = await createJobStore(storage, clock)
    const reportError = (error: unknown): void => void errors.push(error)
    const scheduled = createScheduledJobs({
      storage,
      store,
      clock,
      ids,
      jobs: () => jobs,
      owner: '08e000000000000AAA',
      reportError,
    })
    const handlers = new Map([[scheduledKind, scheduled.handler]])
    const makeDue = () => scheduled.makeDue()
    const parts = { storage, store, clock, name, handlers, makeDue, reportError }
    const runner = await startJobRunner(parts)
    const { stop } = createJobOverview({ storage, store, handlers })
    return { store, runner, scheduled, stop }
  }

  const [first, second] = [0, 1].map((at) => (): Node => {
    const node = nodes[at]
    if (node === undefined) throw new Error('not started')
    return node
  }) as [() => Node, () => Node]
  const wake = (): void => nodes.forEach(({ runner }) => runner.wake())
  const view = async () => (await first().scheduled.list())[0]
  const jobIn = async (state: JobState) =>
    (await first().store.newest(10)).find((job) => job.state === state)
  const ends = (state: string) =>
    vi.waitFor(async () => expect((await view())?.lastState).toBe(state), patience)

  beforeAll(async () => {
    database = await open()
    storage = database.storage
    nodes.push(await startNode('a'), await startNode('b'))
    await Promise.all(nodes.map(({ scheduled }) => scheduled.makeDue()))
  })
  afterAll(async () => {
    for (const { runner } of nodes) await runner.close()
    await database.close()
  })

  it('begin once, whichever node sees it first; times without a server are made up for once', async () => {
    expect(await view()).toMatchObject({ state: 'WAITING', nextAt: start + 60 * minute })
    clock.time += 5 * 60 * minute
    wake()
    await ends('Completed')
    expect(runs).toEqual(['from 0'])
    expect(await view()).toMatchObject({ lastOutcome: 'ran', nextAt: start + 6 * 60 * minute })
    expect(errors).toEqual([])
  })

  it('are tried again later, from where they stood, and given up; health knows', async () => {
    runs.length = 0
    trouble = () => refuse('INVALID_ARGUMENT', 'The bank is closed.')
    await first().scheduled.runNow('Hourly', '005000000000001AAA')
    wake()
    for (const [at, minutes] of [1, 2, 4].entries()) {
      await vi.waitFor(() => expect(runs).toHaveLength(at + 1), patience)
      await vi.waitFor(async () => {
        expect(await jobIn('UploadComplete')).toBeDefined()
      }, patience)
      clock.time += minutes * minute - 1
      const early = { runner: 'c', until: clock.time + minute }
      expect(await second().store.claim(early)).toBeUndefined()
      clock.time += 2
      wake()
    }
    await ends('Failed')
    expect(runs).toEqual(['from 0', 'from 10', 'from 20', 'from 30'])
    expect(await view()).toMatchObject({ lastOutcome: 'The bank is closed.' })
    await first().scheduled.makeDue()
    expect(first().scheduled.stopped()).toBe(1)
    trouble = undefined
    await second().scheduled.runNow('Hourly', '005000000000001AAA')
    wake()
    await ends('Completed')
    await first().scheduled.makeDue()
    expect(first().scheduled.stopped()).toBe(0)
  })

  it('run one at a time, and can be stopped', async () => {
    let release = (): void => undefined
    gate = new Promise((resolve) => {
      release = resolve
    })
    runs.length = 0
    const begun = await Promise.allSettled(
      nodes.map(({ scheduled }) => scheduled.runNow('Hourly', '005000000000001AAA')),
    )
    expect(begun.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    wake()
    await vi.waitFor(() => expect(runs).toHaveLength(1), patience)
    const id = (await jobIn('InProgress'))?.id ?? ''
    await second().stop(id)
    await expect(second().stop(id)).rejects.toThrow('ended already')
    release()
    gate = undefined
    await ends('Aborted')
    // It was lost by its runner, and nobody takes it up.
    clock.time += 5 * minute
    wake()
    await second().scheduled.runNow('Hourly', '005000000000001AAA')
    wake()
    await ends('Completed')
    expect(runs).toHaveLength(2)
  })

  it('wait for no time while they are paused; another schedule counts until it is taken back', async () => {
    const { scheduled } = first()
    await scheduled.pause('Hourly')
    runs.length = 0
    clock.time += 3 * 60 * minute
    await scheduled.makeDue()
    expect(await view()).toMatchObject({ state: 'PAUSED', nextAt: undefined })
    expect(scheduled.stopped()).toBe(0)
    const daily = { expression: '0 0 6 * * ?', zone: 'Europe/Berlin' }
    await scheduled.reschedule('Hourly', daily)
    expect(await view()).toMatchObject({ state: 'PAUSED', schedule: '0 0 6 * * ?' })
    await scheduled.resume('Hourly')
    const tomorrow = Date.UTC(2026, 0, 6, 5)
    expect(await view()).toMatchObject({ state: 'WAITING', isChosen: true, nextAt: tomorrow })
    // The schedule of a new release does not undo what was chosen.
    jobs = [{ ...hourly, ...cronTimes('0 30 * * * ?') }]
    await scheduled.makeDue()
    expect(await view()).toMatchObject({ nextAt: tomorrow })
    await expect(
      scheduled.reschedule('Hourly', { expression: '0 0 0 31 2 ?', zone: 'UTC' }),
    ).rejects.toThrow('no time to come')
    await scheduled.reschedule('Hourly', undefined)
    expect((await view())?.nextAt).toBeLessThan(clock.time + 60 * minute)
    expect(runs).toEqual([])
    await expect(scheduled.pause('None')).rejects.toThrow('no scheduled job None')
  })

  it('that are not there any more are not due, and come back as new', async () => {
    jobs = []
    await first().scheduled.makeDue()
    clock.time += 3 * 60 * minute
    await first().scheduled.makeDue()
    expect(first().scheduled.stopped()).toBe(0)
    jobs = [hourly]
    await first().scheduled.makeDue()
    expect((await view())?.nextAt).toBeGreaterThan(clock.time)
    expect(errors).toEqual([])
  })
})
