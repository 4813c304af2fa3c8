/** Cells as people write them, in the form that the API takes: dates, numbers and lists of their country. */
import type { FieldModel } from '../../model/model.ts'
import { offsetAt, type ZoneTable } from '../../formula/zone.ts'
import { rearmed } from '../formula-cells.ts'
import type { DateOrder } from './import-job.ts'

export interface CellForm {
  readonly dates: DateOrder
  readonly decimal: '.' | ','
  readonly zone: ZoneTable
}

/** What is not understood stays as it is: the field then says what it takes. */
export function apiCell(field: FieldModel, given: string, form: CellForm): string {
  const cell = rearmed(given)
  const { type } = field.type.describe(field.options)
  const read = readers.get(type)
  return read === undefined ? cell : (read(cell.trim(), field, form) ?? cell)
}

type Reader = (cell: string, field: FieldModel, form: CellForm) => string | undefined

const amount: Reader = (cell, _field, form) => plainNumber(cell, form.decimal)

const readers: ReadonlyMap<string, Reader> = new Map([
  ['date', (cell, _field, form) => dayOf(cell, form.dates)],
  ['datetime', (cell, _field, form) => instantOf(cell, form)],
  ['time', (cell) => clockOf(cell)],
  ['double', amount],
  ['int', amount],
  ['currency', amount],
  ['percent', amount],
  ['boolean', (cell) => truths.get(cell.toLowerCase())],
  ['picklist', (cell, field) => valueOf(field, cell)],
  [
    'multipicklist',
    (cell, field) =>
      cell
        .split(';')
        .map((one) => valueOf(field, one.trim()) ?? one.trim())
        .join(';'),
  ],
])

const truths: ReadonlyMap<string, string> = new Map([
  ...['ja', 'wahr', 'sí', 'si', 'verdadero', 'on', 'x', 'y', '✓'].map(
    (word) => [word, 'true'] as const,
  ),
  ...['nein', 'falsch', 'falso', 'off', 'n'].map((word) => [word, 'false'] as const),
])

/** A label stands for its value, unless it is itself a value. */
function valueOf({ values }: FieldModel, cell: string): string | undefined {
  if (values.some(({ value }) => value === cell)) return cell
  const wanted = cell.toLowerCase()
  const found = values.filter(({ label }) => label.toLowerCase() === wanted)
  return found.length === 1 ? found[0]?.value : undefined
}

const signs = /^[\p{Sc}\s]+|[\p{Sc}%\s]+$/gu
const grouped = {
  '.': /^[+-]?\d{1,3}(?:[,'’\s]\d{3})+(?:\.\d+)?$/u,
  ',': /^[+-]?\d{1,3}(?:[.'’\s]\d{3})+(?:,\d+)?$/u,
}
const groupMarks = { '.': /[,'’\s]/gu, ',': /[.'’\s]/gu }
const plain = { '.': /^[+-]?\d*\.?\d+$/, ',': /^[+-]?\d*,?\d+$/ }

/** No number is longer; the patterns would look at what is again and again. */
const numberCharsMax = 200

function plainNumber(cell: string, decimal: '.' | ','): string | undefined {
  if (cell.length > numberCharsMax) return undefined
  const bare = cell.replace(signs, '')
  const digits = grouped[decimal].test(bare) ? bare.replace(groupMarks[decimal], '') : bare
  if (!plain[decimal].test(digits)) return undefined
  return digits
    .replace(',', '.')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
}

const numberedDay = /^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})$/

function dayOf(cell: string, order: DateOrder): string | undefined {
  const match = numberedDay.exec(cell)
  if (match === null) return undefined
  const [, first = '', , second = '', third = ''] = match
  const isYearFirst = first.length === 4
  if (isYearFirst === (third.length === 4)) return undefined
  const [year, month, day] = isYearFirst
    ? [first, second, third]
    : order === 'mdy'
      ? [third, first, second]
      : [third, second, first]
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const clock = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,3}))?)?\s?(am|pm|uhr|h)?$/i

function clockOf(cell: string): string | undefined {
  const match = clock.exec(cell)
  if (match === null) return undefined
  const [, given = '', minutes = '', seconds = '00', fraction = '0', half = ''] = match
  const isHalf = /^[ap]m$/i.test(half)
  if (isHalf && (Number(given) < 1 || Number(given) > 12)) return undefined
  const later = /^pm$/i.test(half) ? 12 : 0
  const hours = isHalf ? (Number(given) % 12) + later : Number(given)
  return `${String(hours).padStart(2, '0')}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z`
}

/** A time without an offset is one of the user's own clock. */
function instantOf(cell: string, { dates, zone }: CellForm): string | undefined {
  const [dayText = '', ...rest] = cell.split(/[T,\s]+/i)
  const day = dayOf(dayText, dates)
  if (day === undefined) return undefined
  const time = rest.length === 0 ? '00:00:00.000Z' : clockOf(rest.join(' '))
  if (time === undefined) return undefined
  const local = Date.parse(`${day}T${time}`)
  if (Number.isNaN(local)) return undefined
  // The offset at the instant found first may be that of the other side of a change.
  const near = local - offsetAt(zone, local)
  return new Date(local - offsetAt(zone, near)).toISOString().replace('Z', '+0000')
}
