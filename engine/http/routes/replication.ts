/** Which records of an object were changed or deleted in a time, for those who keep copies. */
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { AppParts } from '../app-parts.ts'
import { readableObject } from '../readable-object.ts'
import { json } from '../respond.ts'
import type { Call } from '../route.ts'

type Parts = Pick<AppParts, 'clock' | 'deployer' | 'records'>

export async function updatedRecords(parts: Parts, call: Call): Promise<Response> {
  const { rows, end } = await recordsBetween(parts, call, { deleted: false })
  const answer = { ids: rows.map(({ id }) => id), latestDateCovered: instantText(end) }
  return json(answer, 200, call.limitInfo)
}

export async function deletedRecords(parts: Parts, call: Call): Promise<Response> {
  const { rows, end } = await recordsBetween(parts, call, { deleted: true })
  const earliest = parts.clock.now() - limits.recycleBinDays * 24 * 60 * 60_000
  const answer = {
    deletedRecords: rows.map(({ id, at }) => ({ id, deletedDate: at })),
    earliestDateAvailable: instantText(earliest),
    latestDateCovered: instantText(end),
  }
  return json(answer, 200, call.limitInfo)
}

interface ChangedRow {
  readonly id: string
  readonly at: string
}

async function recordsBetween(
  { clock, records, ...parts }: Parts,
  call: Call,
  { deleted }: { readonly deleted: boolean },
): Promise<{ readonly rows: readonly ChangedRow[]; readonly end: number }> {
  const { name } = readableObject(parts, call, call.param('object'))
  const start = instantOf(call, 'start')
  const end = Math.min(instantOf(call, 'end'), clock.now())
  const between = `SystemModstamp >= ${literal(start)} AND SystemModstamp <= ${literal(end)}`
  const soql = `SELECT Id, SystemModstamp FROM ${name} WHERE ${between} AND IsDeleted = ${deleted} ORDER BY SystemModstamp`
  const rows: ChangedRow[] = []
  let page = answerOf((await records.query(call.caller, soql, { deletedToo: deleted })).text)
  for (;;) {
    rows.push(...page.records.map(({ Id, SystemModstamp }) => ({ id: Id, at: SystemModstamp })))
    if (rows.length > limits.replicatedRecordsMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `More than ${limits.replicatedRecordsMax} records changed (replicatedRecordsMax): ask for a shorter time.`,
      )
    }
    if (page.next === undefined) return { rows, end }
    page = answerOf((await records.queryMore(call.caller, page.next)).text)
  }
}

interface Answer {
  readonly records: readonly { readonly Id: string; readonly SystemModstamp: string }[]
  readonly next: string | undefined
}

/** The answer of the query above. */
function answerOf(text: string): Answer {
  const { records, nextRecordsUrl }: Omit<Answer, 'next'> & { readonly nextRecordsUrl?: string } =
    JSON.parse(text)
  return { records, next: nextRecordsUrl?.split('/').at(-1) }
}

const instantPattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/

function instantOf(call: Call, name: string): number {
  // A plus sign that was not encoded arrives as a space.
  const text = (call.query(name) ?? '').trim().replace(' ', '+')
  const time = instantPattern.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(time)) return time
  throw refuse('INVALID_ARGUMENT', `"${name}" must be a moment such as 2026-01-31T12:00:00Z.`, {
    fields: [name],
  })
}

function literal(time: number): string {
  return new Date(time).toISOString()
}

function instantText(time: number): string {
  return literal(time).replace('Z', '+0000')
}
