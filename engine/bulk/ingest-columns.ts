/** The header of an upload, resolved through the gate: which cell is which field's value, and of what kind. */
import { Decimal } from 'decimal.js'
import { Refusal, refuse } from '../base/refusal.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { findField, isKeyField, resolvePath, type Gate } from '../query/resolve.ts'
import type { RecordBody } from '../records/records.ts'

/** Puts the cell's value into a record's body. */
export type TakeCell = (body: Map<string, unknown>, cell: string) => void

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete'

/** Refuses the first column that the caller may not know of as if it did not exist. */
export function resolveColumns(
  gate: Gate,
  object: ObjectModel,
  {
    header,
    operation,
  }: { readonly header: readonly string[]; readonly operation: IngestOperation },
): readonly TakeCell[] {
  const taken = new Set<string>()
  return header.map((raw) => {
    const name = raw.trim()
    const { key, take } = columnOf(gate, object, name)
    if (taken.has(key)) throw invalidBatch(`Duplicate field name : ${name}`)
    taken.add(key)
    return withEmpty(take, key, operation)
  })
}

export interface ResolvedColumn {
  /** The field that is set. */
  readonly key: string
  /** The field whose values the cells hold: the parent's key, where a parent is looked for. */
  readonly field: FieldModel
  readonly take: (body: Map<string, unknown>, value: string | null) => void
}

/** Refuses what the caller may not know of as what does not exist. */
export function columnOf(gate: Gate, object: ObjectModel, name: string): ResolvedColumn {
  const field = findField(gate, object, name)
  if (field !== undefined) {
    const take: ResolvedColumn['take'] = (body, value) =>
      body.set(field.name, typedCell(field, value))
    return { key: field.name, field, take }
  }
  const [relationship = '', keyName = '', ...more] = name.split('.')
  if (keyName === '' || more.length > 0)
    throw invalidBatch(`Field name not found : ${name.slice(0, 80)}`)
  return linkColumn(gate, object, { name, relationship, keyName })
}

/** `Account.Code__c`: the parent is found by its external id. */
function linkColumn(
  gate: Gate,
  object: ObjectModel,
  column: { readonly name: string; readonly relationship: string; readonly keyName: string },
): ResolvedColumn {
  const { parents, field: key } = resolvedLink(gate, object, column.name)
  const [lookup] = parents
  if (lookup === undefined || !isKeyField(key)) {
    throw invalidBatch(`${column.name.slice(0, 80)} is no external id of a parent`)
  }
  return {
    key: lookup.name,
    field: key,
    take: (body, value) =>
      value === null
        ? body.set(lookup.name, null)
        : body.set(column.relationship, { [key.name]: value }),
  }
}

function resolvedLink(gate: Gate, object: ObjectModel, name: string) {
  try {
    return resolvePath(gate, object, name)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw invalidBatch(`Field name not found : ${name.slice(0, 80)}`)
  }
}

export function invalidBatch(text: string): Refusal {
  return refuse('INVALID_ARGUMENT', `InvalidBatch : ${text}`)
}

/** How an upload says that a value is to be emptied; an empty cell leaves it alone. */
export const emptied = '#N/A'

function withEmpty(
  take: ResolvedColumn['take'],
  key: string,
  operation: IngestOperation,
): TakeCell {
  const isKeyOnly = operation === 'delete' || operation === 'hardDelete'
  if (isKeyOnly && key !== 'Id') throw invalidBatch(`${key} : a delete takes the column Id alone`)
  return (body, cell) => {
    if (cell !== '') take(body, cell === emptied ? null : cell)
  }
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
])

const numberTypes: ReadonlySet<string> = new Set(['double', 'int', 'currency', 'percent'])
const exponential = /^[+-]?\d+(?:\.\d*)?e[+-]?\d{1,3}$/i

/** Cells are texts; what the field takes is told where there is more than one way to write it. */
export function typedCell(field: FieldModel, cell: string | null): unknown {
  if (cell === null) return null
  const { type } = field.type.describe(field.options)
  if (type === 'boolean') return truths.get(cell.trim().toLowerCase()) ?? cell
  if (!numberTypes.has(type)) return cell
  const number = cell.trim()
  return exponential.test(number) ? new Decimal(number).toFixed() : number
}

/** A row as the body of a record, or what is wrong with the row itself. */
export function bodyOf(columns: readonly TakeCell[], row: readonly string[]): RecordBody | Refusal {
  if (row.length !== columns.length) {
    return refuse(
      'INVALID_ARGUMENT',
      `The row has ${row.length} cells, the header ${columns.length}.`,
    )
  }
  const body = new Map<string, unknown>()
  for (const [index, take] of columns.entries()) {
    const cell = row[index] ?? ''
    if (cell.includes('\0'))
      return refuse('INVALID_ARGUMENT', 'A cell holds NUL, which no text may.')
    take(body, cell)
  }
  return body
}
