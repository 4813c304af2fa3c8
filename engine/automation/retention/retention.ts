/** Retention: every night records of an age are deleted or made anonymous as rules say, and the recycle bin is emptied of what is old. */
import type { RetentionRule } from '../../../metadata/types.ts'
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { Refusal } from '../../base/refusal.ts'
import { dayMs } from '../../formula/calendar.ts'
import { cronTimes } from '../../jobs/cron-times.ts'
import type { RunningJob } from '../../jobs/job-runner.ts'
import type { ScheduledJob } from '../../jobs/scheduled-job.ts'
import { noteSetup } from '../../ledger/audit.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { queryRows, textAt, toMap } from '../../records/answer-rows.ts'
import { heldAmong } from '../../records/legal-holds.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import { integerLiteral, sql } from '../../sql/sql.ts'
import type { Storage, Transaction } from '../../storage/storage.ts'
import { anonymizedFields, anonymousValue, dueCondition } from './retention-query.ts'

export interface RetentionParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  readonly ledger: Ledger
  readonly system: () => Caller
}

export interface RetentionView {
  readonly object: string
  readonly rule: string
  readonly active: boolean
  readonly action: RetentionRule['action']
  readonly ageInDays: number
  /** Records that the next run is about; holds apart. */
  readonly due: number
  readonly examples: readonly string[]
  /** Why the rule cannot run. */
  readonly problem?: string
}

interface Ruled {
  readonly object: ObjectModel
  readonly rule: RetentionRule
}

const batchRows = 200
const examplesShown = 5

export const retentionJobName = 'Retention'

export function retentionJob(parts: RetentionParts): ScheduledJob {
  return {
    name: retentionJobName,
    label: message('Retention and recycle bin'),
    ...cronTimes('0 0 2 * * ?'),
    run: (running) => run(parts, running),
  }
}

/** What the rules would do now, counted; nothing is changed. */
export async function previewRetention(parts: RetentionParts): Promise<readonly RetentionView[]> {
  const views: RetentionView[] = []
  for (const ruled of rulesOf(parts.models.current())) views.push(await viewOf(parts, ruled))
  return views
}

function rulesOf(model: Model): readonly Ruled[] {
  return [...model.components('CustomObject')].flatMap(({ fullName, body }) => {
    const rules = body.retentionRules ?? []
    const object = rules.length === 0 ? undefined : model.object(fullName)
    return object === undefined ? [] : rules.map((rule) => ({ object, rule }))
  })
}

async function viewOf(parts: RetentionParts, { object, rule }: Ruled): Promise<RetentionView> {
  const { fullName, active, action, ageInDays } = rule
  const told = { object: object.name, rule: fullName, active, action, ageInDays }
  try {
    const where = dueCondition({ object, rule, now: parts.clock.now() })
    const from = `FROM ${object.name} WHERE ${where}`
    const { text } = await parts.records.query(parts.system(), `SELECT COUNT() ${from}`)
    const due = Number(toMap(JSON.parse(text)).get('totalSize') ?? 0)
    const soql = `SELECT Id ${from} ORDER BY Id LIMIT ${examplesShown}`
    const rows = await queryRows(parts.records, parts.system(), soql)
    return { ...told, due, examples: rows.flatMap((row) => textAt(row, 'Id') ?? []) }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error
    return { ...told, due: 0, examples: [], problem: error.message }
  }
}

interface Outcome {
  done: number
  held: number
  refused: number
}

async function run(parts: RetentionParts, running: RunningJob): Promise<string> {
  const told: string[] = []
  for (const ruled of rulesOf(parts.models.current())) {
    if (!ruled.rule.active || running.isStopping()) continue
    const outcome = await apply(parts, running, ruled)
    const verb = ruled.rule.action === 'Delete' ? 'Deleted' : 'Made anonymous'
    const what = `${ruled.object.name} by the retention rule ${ruled.rule.fullName}`
    const line = `${verb} ${outcome.done} records of ${what}; ${outcome.held} under a legal hold, ${outcome.refused} refused`
    if (outcome.done + outcome.held + outcome.refused > 0) await noteRun(parts, line)
    told.push(line)
  }
  const purged = await emptyBin(parts, running)
  if (purged > 0) await noteRun(parts, `Purged ${purged} old entries of the recycle bin`)
  return [...told, `${purged} entries of the recycle bin purged`].join('; ')
}

function noteRun({ storage, ledger }: RetentionParts, display: string): Promise<void> {
  const entry = { action: 'ranRetention', section: 'Retention', by: null, way: 'retention' }
  return storage.write((tx) => noteSetup(ledger, tx, [{ ...entry, display }]))
}

/** Each record is a unit of its own: what one refuses keeps no other. Whoever takes the job up again finds what is left. */
async function apply(
  parts: RetentionParts,
  running: RunningJob,
  { object, rule }: Ruled,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, held: 0, refused: 0 }
  const where = dueCondition({ object, rule, now: parts.clock.now() })
  for (let after: string | undefined; !running.isStopping();) {
    const behind = after === undefined ? '' : ` AND Id > '${after}'`
    const soql = `SELECT Id FROM ${object.name} WHERE ${where}${behind} ORDER BY Id LIMIT ${batchRows}`
    const rows = await queryRows(parts.records, parts.system(), soql)
    const ids = rows.flatMap((row) => textAt(row, 'Id') ?? [])
    const held = new Set(await heldAmong(reading(parts), ids, ids.length))
    outcome.held += held.size
    for (const id of ids.filter((one) => !held.has(one))) {
      outcome[(await isDone(parts, { object, rule }, id)) ? 'done' : 'refused'] += 1
    }
    await parts.storage.write((tx) => running.note(tx, JSON.stringify(outcome)))
    const last = ids.at(-1)
    if (last === undefined || ids.length < batchRows) return outcome
    after = last
  }
  return outcome
}

/** Reads beside units of work, as those within read. */
function reading({ storage }: RetentionParts): Pick<Transaction, 'read' | 'dialect'> {
  const { dialect } = storage
  return { dialect, read: (query, holes) => storage.read(query, holes && { holes }) }
}

async function isDone(
  parts: RetentionParts,
  { object, rule }: Ruled,
  id: string,
): Promise<boolean> {
  const caller: Caller = { ...parts.system(), source: 'retention' }
  try {
    if (rule.action === 'Delete') await parts.records.remove(caller, object.name, id)
    else {
      const body = anonymizedFields(object, rule).map(
        (field) => [field.name, anonymousValue(field)] as const,
      )
      await parts.records.update(caller, object.name, id, new Map(body))
    }
    return true
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return false
    throw error
  }
}

/** What was deleted long ago goes for good, but for what is under a hold. */
async function emptyBin(parts: RetentionParts, running: RunningJob): Promise<number> {
  const { storage, clock, records } = parts
  const until = storage.dialect.bound(
    { kind: 'instant' },
    clock.now() - limits.recycleBinDays * dayMs,
  )
  const caller: Caller = { ...parts.system(), source: 'retention' }
  let purged = 0
  for (let after = ''; !running.isStopping();) {
    const rows = await storage.read(
      sql`select record_id from fs_recycle where record_id = root_id and deleted_at < ${until} and record_id > ${after} order by record_id limit ${integerLiteral(batchRows)}`,
    )
    for (const row of rows) {
      after = String(row['record_id'])
      try {
        await records.purge(caller, after)
        purged += 1
      } catch (error) {
        if (!(error instanceof Refusal) || error.status >= 500) throw error
      }
    }
    if (rows.length < batchRows) return purged
  }
  return purged
}
