/** Rows of an import inside a unit of work, one after the other where one depends on another. */
import { createHash } from 'node:crypto'
import { message } from '../../base/message.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Caller, RecordBody, Records } from '../../records/records.ts'
import type { RowOutcome } from '../bulk-tables.ts'
import type { failure } from '../row-failure.ts'
import { saveRows, type SaveSpec } from '../save-rows.ts'
import type { ImportColumns, KeyColumn } from './import-columns.ts'
import type { ImportSettings } from './import-job.ts'
import { imagesOf, journalOf, type JournalEntry } from './undo-journal.ts'

export interface ImportRow {
  /** In the file, from 0. */
  readonly number: number
  readonly cells: readonly string[]
}

export interface ImportLoad {
  readonly caller: Caller
  readonly object: ObjectModel
  readonly settings: ImportSettings
  readonly columns: ImportColumns
  readonly tell: typeof failure
}

export interface SavedRows {
  readonly results: readonly RowOutcome[]
  readonly journal: readonly JournalEntry[]
}

/** `journals`: what is needed to take it back is told too, at the cost of reading it. */
export async function saveImport(
  load: ImportLoad,
  records: Records,
  { rows, journals }: { readonly rows: readonly ImportRow[]; readonly journals: boolean },
): Promise<SavedRows> {
  const results: RowOutcome[] = []
  const journal: JournalEntry[] = []
  for (const run of runsOf(load.columns, rows)) {
    const bodies = run.map(({ cells }) => load.columns.bodyOf(cells))
    const found = await findRecords(load, records, bodies)
    const image = { records, caller: load.caller, object: load.object }
    const fields = load.columns.written
    const hasImages = journals && load.settings.operation !== 'delete'
    const before = await imagesOf(image, hasImages ? { fields, ids: found.ids } : undefined)
    const spec = specOf(load)
    const saved = await saveRows(records, load.caller, { ...found, spec, tell: load.tell })
    results.push(...saved)
    if (!journals) continue
    const after = await imagesOf(image, hasImages ? { fields, ids: [...before.keys()] } : undefined)
    const rowNumbers = run.map(({ number }) => number)
    const { operation } = load.settings
    journal.push(...journalOf({ operation, rowNumbers, results: saved, before, after }))
  }
  return { results, journal }
}

function specOf({ object, settings: { operation, matchField } }: ImportLoad): SaveSpec {
  return { object: object.name, operation, externalIdFieldName: matchField }
}

interface FoundRecords {
  readonly bodies: readonly (RecordBody | Refusal)[]
  /** Of the records that are there already. */
  readonly ids: readonly string[]
}

/** The bodies as the operation takes them: changes and deletions by Id, whatever finds the record. */
async function findRecords(
  { caller, object, settings: { operation, matchField } }: ImportLoad,
  records: Records,
  bodies: readonly (RecordBody | Refusal)[],
): Promise<FoundRecords> {
  if (operation === 'insert') return { bodies, ids: [] }
  if (matchField === 'Id') return { bodies, ids: bodies.flatMap((body) => idOf(body) ?? []) }
  const keys = bodies.map((body) => (body instanceof Refusal ? '' : textOf(body.get(matchField))))
  const values = keys.filter((key) => key !== '')
  const found = (await records.findMany(caller, object.name, matchField, values)).values()
  const targets = keys.map((key) => (key === '' ? undefined : found.next().value))
  const ids = targets.flatMap((one) => (typeof one === 'string' ? [one] : []))
  if (operation === 'upsert') return { bodies, ids }
  return {
    ids,
    bodies: bodies.map((body, index) => {
      if (body instanceof Refusal) return body
      const target = targets[index]
      if (target instanceof Refusal) return target
      if (target === undefined) return notFound(matchField, keys[index] ?? '')
      const values = new Map(body)
      values.delete(matchField)
      return values.set('Id', target)
    }),
  }
}

function idOf(body: RecordBody | Refusal): string | undefined {
  const id = body instanceof Refusal ? undefined : body.get('Id')
  return typeof id === 'string' ? id : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function notFound(field: string, value: string): Refusal {
  return value === ''
    ? refuse(
        'MISSING_ARGUMENT',
        message('{field} not specified: every record needs it.', { field }),
        { fields: [field] },
      )
    : refuse(
        'NOT_FOUND',
        message('There is no record with {value} in {field}.', {
          field,
          value: value.slice(0, 80),
        }),
        { fields: [field] },
      )
}

/** Rows that can be saved at once: none of them means a record that an earlier one of them is about. */
export function runsOf(
  { keys }: Pick<ImportColumns, 'keys'>,
  rows: readonly ImportRow[],
): readonly (readonly ImportRow[])[] {
  if (keys.length === 0) return rows.length === 0 ? [] : [rows]
  const runs: ImportRow[][] = []
  let run: ImportRow[] = []
  let given = new Set<string>()
  for (const row of rows) {
    if (run.length > 0 && keysOf(keys, row).some((key) => given.has(key))) {
      runs.push(run)
      run = []
      given = new Set()
    }
    run.push(row)
    for (const key of keysOf(keys, row, 'gives')) given.add(key)
  }
  return run.length === 0 ? runs : [...runs, run]
}

/** What stands for the values of a row's keys; equal for values that a field may take as equal. */
export function keysOf(
  keys: readonly KeyColumn[],
  { cells }: ImportRow,
  role?: KeyColumn['role'],
): readonly string[] {
  return keys.flatMap(({ index, field, role: its }) => {
    const cell = (cells[index] ?? '').trim()
    if (cell === '' || (role !== undefined && its !== role)) return []
    return [`${field.name} ${digest(cell.normalize('NFKC').toLowerCase())}`]
  })
}

const digestChars = 32

/** Long values as short ones: two that meet by chance cost a look more. */
function digest(text: string): string {
  const isShort = text.length <= digestChars
  if (isShort) return text
  return createHash('sha256').update(text).digest('base64url').slice(0, digestChars)
}
