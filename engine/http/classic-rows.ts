/** Records of a batch in JSON or XML as the CSV that loads are made of: one column for every name that occurs. */
import { emptied } from '../bulk/ingest-columns.ts'
import { csvText } from '../bulk/csv-format.ts'
import { refuse } from '../base/refusal.ts'
import { readXmlMessage, type XmlElement } from '../model/xml/xml-tree.ts'
import { parseJson } from './parse-json.ts'
import { childrenOf, isNil, localName } from './soap/envelope.ts'

const format = { columnDelimiter: 'COMMA', lineEnding: 'LF' }

/** `{"Account":{"Code__c":"A1"}}` is the column `Account.Code__c`. */
export function csvOfRecords(text: string): string {
  const records = parseJson(text)
  if (!Array.isArray(records)) throw malformed()
  return csvOf(records.map(cellsOf))
}

/** `<sObjects><sObject><Name>…</Name><Account><sObject><Code__c>A1</Code__c></sObject></Account></sObject></sObjects>` */
export function csvOfElements(text: string): string {
  const reading = readXmlMessage(text)
  if ('fault' in reading || localName(reading.root) !== 'sObjects') throw malformed()
  return csvOf(reading.root.children.map(cellsOfElement))
}

function csvOf(rows: readonly ReadonlyMap<string, string>[]): string {
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

function cellsOfElement(record: XmlElement): ReadonlyMap<string, string> {
  if (localName(record) !== 'sObject') throw malformed()
  const cells = new Map<string, string>()
  for (const element of record.children) {
    const name = localName(element)
    if (name === 'type' || name === 'attributes') continue
    const [parent] = childrenOf(element, 'sObject')
    const keys = parent?.children.filter((one) => localName(one) !== 'type')
    if (keys === undefined) cells.set(name, cellOfElement(element))
    else for (const key of keys) cells.set(`${name}.${localName(key)}`, cellOfElement(key))
  }
  return cells
}

function cellOfElement(element: XmlElement): string {
  if (element.children.length > 0) throw malformed()
  return isNil(element) || element.text === '' ? emptied : element.text
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return Object.entries(value)
}

function malformed() {
  return refuse(
    'INVALID_ARGUMENT',
    'InvalidBatch : a batch is a list of records: [{…}] in JSON, <sObjects><sObject>…</sObject></sObjects> in XML.',
  )
}
