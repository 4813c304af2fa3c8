/** Scheduled paths: noted when a record starts a flow, looked at again whenever it changes, run once when they are due. */
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { addMonths, dayMs, parseDay, parseInstant } from '../../formula/calendar.ts'
import { offsetAt } from '../../formula/zone.ts'
import type { ScheduledPath } from '../../model/flows/flow-plan.ts'
import { readyFlows, type TriggeredFlow } from '../../model/ready-flows.ts'
import { readHookRows } from '../../records/hooks/hook-rows.ts'
import type { HookCall } from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import type { Storage, Transaction } from '../../storage/storage.ts'
import type { DueWork } from '../due-work.ts'
import { scalar } from './flow-record.ts'
import { Interview } from './interview.ts'
import {
  addPaths,
  duePaths,
  movePath,
  pathsOfRecords,
  removePaths,
  type WaitingPath,
} from './path-store.ts'

/** A record that a save looked at on behalf of a flow. */
export interface LookedAt {
  readonly flow: TriggeredFlow
  readonly interview: Interview
  /** The flow runs on it now. */
  readonly starts: boolean
  /** It is still one that the flow is for. */
  readonly fits: boolean
  /** It was one before the save. */
  readonly fitBefore: boolean
}

export interface PathParts {
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  /** Something may be due at once. */
  readonly wake: () => void
}

export async function notePaths(
  parts: PathParts,
  call: HookCall,
  looked: readonly LookedAt[],
): Promise<void> {
  const concerned = looked.filter(({ flow }) => flow.trigger.paths.length > 0)
  if (concerned.length === 0) return
  await call.records.together(async (_records, tx) => {
    const flows = [...new Set(concerned.map(({ flow }) => flow.name))]
    const ids = concerned.flatMap(({ interview }) => interview.record?.id ?? [])
    const waiting = await pathsOfRecords(tx, flows, [...new Set(ids)])
    for (const one of concerned) await noteOne(parts, tx, { call, one, waiting })
  })
}

interface Noting {
  readonly call: HookCall
  readonly one: LookedAt
  readonly waiting: readonly WaitingPath[]
}

async function noteOne(
  parts: PathParts,
  tx: Transaction,
  { call, one: { flow, interview, starts: wouldStart, fits, fitBefore }, waiting }: Noting,
): Promise<void> {
  const recordId = interview.record?.id
  if (recordId === undefined) return
  // What a path itself saves does not begin it again.
  const starts = wouldStart && call.caller.source !== sourceOf(flow)
  const now = parts.clock.now()
  for (const path of flow.trigger.paths) {
    const known = waiting.find(
      (one) => one.flow === flow.name && one.path === path.name && one.recordId === recordId,
    )
    // What follows a commit at once follows it, whatever becomes of the record.
    if (path.isAsync && known !== undefined) continue
    const runAt = fits ? timeOf(path, interview, now) : undefined
    if (runAt === undefined) {
      if (known !== undefined) await removePaths(tx, [known.id])
    } else if (known !== undefined) {
      if (path.field !== undefined && known.runAt !== runAt) await movePath(tx, known.id, { runAt })
    } else if (starts && isNews({ path, interview, runAt, now }, fitBefore)) {
      const row = {
        id: parts.ids('0Fo'),
        flow: flow.name,
        path: path.name,
        object: call.object,
        recordId,
        runAt,
        createdBy: call.caller.userId,
        attempts: 0,
        reason: undefined,
      }
      await addPaths(tx, [row])
      if (runAt <= now) tx.afterCommit(parts.wake)
    }
  }
}

/** By which its saves are known. */
export function sourceOf({ name }: TriggeredFlow): string {
  return `flow ${name}`
}

interface News {
  readonly path: ScheduledPath
  readonly interview: Interview
  readonly runAt: number
  readonly now: number
}

/** A date that was the same before the save has had its path, unless the record was none for the flow. */
function isNews({ path, interview, runAt, now }: News, fitBefore: boolean): boolean {
  const { plan, surroundings, prior, guid } = interview
  if (path.field === undefined || prior === undefined || !fitBefore) return true
  const before = new Interview({ plan, surroundings, record: prior, prior, guid })
  return timeOf(path, before, now) !== runAt
}

const unitMs = { Minutes: 60_000, Hours: 3_600_000, Days: dayMs } as const

/** Undefined where the date that it counts from is empty. */
export function timeOf(path: ScheduledPath, interview: Interview, now: number): number | undefined {
  if (path.isAsync) return now
  const from = path.field === undefined ? now : dateIn(interview, path.field)
  if (from === undefined) return undefined
  if (path.unit !== 'Months') return from + path.offset * unitMs[path.unit]
  const day = Math.floor(from / dayMs)
  return addMonths(day, path.offset) * dayMs + (from - day * dayMs)
}

/** A day begins at midnight in the zone of whoever saved. */
function dateIn(interview: Interview, field: string): number | undefined {
  const { record, surroundings } = interview
  if (record === undefined) return undefined
  const source = { from: 'field', name: '$Record', object: '', path: field } as const
  const value = scalar(interview.read(source))
  if (typeof value !== 'string') return undefined
  const day = /^\d{4}-\d\d-\d\d$/.test(value) ? parseDay(value) : undefined
  if (day === undefined) return parseInstant(value)
  return day * dayMs - offsetAt(surroundings.zone, day * dayMs)
}

export interface RunPathParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  readonly callerOf: (userId: string) => Promise<Caller | undefined>
  /** Runs the path on these records, in the open unit of work. */
  readonly run: (batch: PathBatch) => Promise<void>
}

export interface PathBatch {
  readonly flow: TriggeredFlow
  readonly path: ScheduledPath
  readonly caller: Caller
  readonly records: Records
  readonly rows: readonly { readonly id: string; readonly values: ReadonlyMap<string, unknown> }[]
}

/** Nobody's id: paths have no owner among the users. */
const pathsOwner = '0Fo000000000000AAA'

export function pathWork(parts: RunPathParts): DueWork {
  const { storage, clock } = parts
  return {
    kind: 'flowPaths',
    about: 'Scheduled paths',
    owner: pathsOwner,
    isDue: async () => (await duePaths(storage, { now: clock.now(), max: 1 })).length > 0,
    runSome: () => runDuePaths(parts),
  }
}

/** True where there was something to do. */
async function runDuePaths(parts: RunPathParts): Promise<boolean> {
  const { storage, clock } = parts
  const due = await duePaths(storage, { now: clock.now(), max: limits.flowPathsAtOnceMax })
  const [first] = due
  if (first === undefined) return false
  const isSame = (one: WaitingPath): boolean =>
    one.flow === first.flow && one.path === first.path && one.createdBy === first.createdBy
  const flow = triggeredFlow(parts, first)
  const most = flow?.trigger.paths.find(({ name }) => name === first.path)?.batchMax ?? 1
  const batch = due.filter(isSame).slice(0, Math.min(most, limits.hookRecordsMax))
  const failure = await attempt(parts, flow, batch)
  if (failure === undefined) return true
  // One bad record is nobody else's fault.
  for (const one of batch) {
    const alone = batch.length === 1 ? failure : await attempt(parts, flow, [one])
    if (alone !== undefined) await putOff(parts, one, alone)
  }
  return true
}

function triggeredFlow({ models }: RunPathParts, { flow }: WaitingPath): TriggeredFlow | undefined {
  const flows = [...readyFlows(models.current()).triggered.values()].flat()
  return flows.find(({ name }) => name === flow)
}

/** Taking the rows away and what the flow does are one unit. */
async function attempt(
  { records, models, callerOf, run }: RunPathParts,
  flow: TriggeredFlow | undefined,
  batch: readonly WaitingPath[],
): Promise<Error | undefined> {
  const [first] = batch
  if (first === undefined) return undefined
  const user = await callerOf(first.createdBy)
  const caller = user && flow && { ...user, source: sourceOf(flow) }
  try {
    await records.together(async (within, tx) => {
      const removed = await removePaths(
        tx,
        batch.map(({ id }) => id),
      )
      // Another node has them.
      if (removed !== batch.length) throw new TakenByAnother()
      const path = flow?.trigger.paths.find(({ name }) => name === first.path)
      const object = models.current().object(first.object)
      if (flow === undefined || path === undefined || object === undefined) return
      if (caller === undefined) return
      const stored = await readHookRows(
        tx,
        object,
        batch.map(({ recordId }) => recordId),
      )
      const rows = [...stored]
        .filter(([, values]) => values.get('IsDeleted') !== true)
        .map(([id, values]) => ({ id, values }))
      if (rows.length > 0) await run({ flow, path, caller, records: within, rows })
    })
    return undefined
  } catch (error) {
    if (error instanceof TakenByAnother) return undefined
    return error instanceof Error ? error : new Error(String(error))
  }
}

class TakenByAnother extends Error {
  constructor() {
    super('another node runs these paths')
    this.name = 'TakenByAnother'
  }
}

/** Tried again later and later; what fails for good stays, with its reason, far away. */
async function putOff(
  { storage, clock }: RunPathParts,
  { id, attempts }: WaitingPath,
  { message }: Error,
): Promise<void> {
  const tried = attempts + 1
  const isOver = tried >= limits.flowPathAttemptsMax
  const wait = isOver ? limits.flowPathGivenUpMs : limits.flowPathRetryMs * 2 ** attempts
  const to = { runAt: clock.now() + wait, attempts: tried, reason: message.slice(0, reasonChars) }
  await storage.write((tx) => movePath(tx, id, to))
}

const reasonChars = 2_000
