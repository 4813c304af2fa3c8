/** Records of a JSON batch as the CSV that loads are made of: one column for every name that occurs. */
import { emptied } from '../bulk/ingest-columns.ts'
import { csvText } from '../bulk/csv-format.ts'
import { refuse } from '../base/refusal.ts'
import { parseJson } from './parse-json.ts'

const format = { columnDelimiter: 'COMMA', lineEnding: 'LF' }

/** `{"Account":{"Code__c":"A1"}}` is the column `Account.Code__c`. */
export function csvOfRecords(text: string): string {
  const records = parseJson(text)
  if (!Array.isArray(records)) throw malformed()
  const rows = records.map(cellsOf)
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  const lines = rows.map((row) => columns.map((name) => row.get(name) ?? ''))
  return csvText(format, [columns, ...lines])
}

function cellsOf(record: unknown): ReadonlyMap<string, string> {
  const cells = new Map<string, string>()
  for (const [name, value] of membersOf(record)) {
    if (name === 'attributes') continue
    if (typeof value !== 'object' || value === null) cells.set(name, cellOf(value))
    else for (const [key, inner] of membersOf(value)) cells.set(`${name}.${key}`, cellOf(inner))
  }
  return cells
}

/** Nothing at all is what empties a field; an empty text means the same. */
function cellOf(value: unknown): string {
  if (value === null || value === '') return emptied
  if (typeof value === 'object') throw malformed()
  return String(value)
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return Object.entries(value)
}

function malformed() {
  return refuse('INVALID_ARGUMENT', 'InvalidBatch : a JSON batch is a list of records.')
}
