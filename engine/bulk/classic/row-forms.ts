/** Rows of a batch as texts of JSON or XML, piece by piece; CSV has a writer of its own. */
import { escapeText } from '../../model/xml/write-xml.ts'
import type { RowOutcome } from '../bulk-tables.ts'
import type { ResultColumn } from '../query-job.ts'

export interface RowForm {
  /** What stands around rows of a kind, and between them. */
  readonly outcomes: Frame
  readonly records: Frame
  outcome(row: RowOutcome): string
  record(type: string, columns: readonly ResultColumn[], cells: readonly string[]): string
}

export interface Frame {
  readonly open: string
  readonly between: string
  readonly close: string
}

/** Parents are records within records, as in the answer of a query. */
type FoundRecord = ReadonlyMap<string, FoundValue>
type FoundValue = string | Figure | FoundRecord | null

/** Its digits are written as they are. */
class Figure {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

const errorParts = /^([A-Z_]+):([^]*):([^:]*) --$/

function errorOf(error: string) {
  const [, statusCode = 'UNKNOWN_EXCEPTION', message = error, names = ''] =
    errorParts.exec(error) ?? []
  return { statusCode, message, fields: names === '' ? [] : names.split(' ') }
}

const list: Frame = { open: '[', between: ',', close: ']' }

const json: RowForm = {
  outcomes: list,
  records: list,
  outcome: ([id, created, error]) =>
    JSON.stringify({
      success: error === '',
      created: created === 1,
      id: id === '' ? null : id,
      errors: error === '' ? [] : [{ ...errorOf(error), extendedErrorDetails: null }],
    }),
  record: (type, columns, cells) => {
    const attributes = `"attributes":${JSON.stringify({ type })}`
    const members = jsonMembers(foundRecord(columns, cells))
    return `{${[attributes, ...members].join()}}`
  },
}

function jsonMembers(record: FoundRecord): readonly string[] {
  return [...record].map(([name, value]) => `${JSON.stringify(name)}:${jsonText(value)}`)
}

function jsonText(value: FoundValue): string {
  if (value instanceof Figure) return value.digits
  if (value === null || typeof value === 'string') return JSON.stringify(value)
  return `{${jsonMembers(value).join()}}`
}

const namespace = 'http://www.force.com/2009/06/asyncapi/dataload'
const instance = 'http://www.w3.org/2001/XMLSchema-instance'

function around(name: string): Frame {
  const open = `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}" xmlns:xsi="${instance}">`
  return { open, between: '', close: `</${name}>` }
}

const xml: RowForm = {
  outcomes: around('results'),
  records: around('queryResult'),
  outcome: ([id, created, error]) => {
    const told = error === '' ? '' : xmlError(errorOf(error))
    const own = id === '' ? '' : element('id', id)
    const flags =
      element('success', String(error === '')) + element('created', String(created === 1))
    return `<result>${told}${own}${flags}</result>`
  },
  record: (type, columns, cells) =>
    `<records xsi:type="sObject">${element('type', type)}${xmlElements(foundRecord(columns, cells))}</records>`,
}

function xmlError({ statusCode, message, fields }: ReturnType<typeof errorOf>): string {
  const names = fields.map((name) => element('fields', name)).join('')
  return `<errors>${names}${element('message', message)}${element('statusCode', statusCode)}</errors>`
}

// Characters that XML cannot hold in any form.
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

function element(name: string, text: string): string {
  return `<${name}>${escapeText(text.replace(unwritable, ''))}</${name}>`
}

function xmlElements(record: FoundRecord): string {
  return [...record].map(([name, value]) => xmlElement(name, value)).join('')
}

function xmlElement(name: string, value: FoundValue): string {
  if (value === null) return `<${name} xsi:nil="true"/>`
  if (typeof value === 'string') return element(name, value)
  if (value instanceof Figure) return element(name, value.digits)
  return `<${name} xsi:type="sObject">${xmlElements(value)}</${name}>`
}

function foundRecord(columns: readonly ResultColumn[], cells: readonly string[]): FoundRecord {
  const record = new Map<string, FoundValue>()
  for (const [index, { path, isText }] of columns.entries()) {
    const cell = cells[index] ?? ''
    let holder = record
    for (const step of path.slice(0, -1)) {
      const known = holder.get(step)
      const inner = known instanceof Map ? known : new Map<string, FoundValue>()
      holder.set(step, inner)
      holder = inner
    }
    holder.set(path.at(-1) ?? '', cell === '' ? null : isText ? cell : new Figure(cell))
  }
  return record
}

export const rowForms = { JSON: json, XML: xml } as const satisfies Readonly<
  Record<string, RowForm>
>
