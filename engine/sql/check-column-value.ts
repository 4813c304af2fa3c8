/** A value must have its column kind's form: SQLite would take a good deal more than PostgreSQL. */
import { refuse } from '../base/refusal.ts'
import { checkBound } from './check-bound.ts'
import type { ColumnKind, ColumnValue } from './column-kind.ts'

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/

function isDate(value: ColumnValue): boolean {
  const [, year, month, day] = datePattern.exec(String(value)) ?? []
  if (year === undefined || year === '0000') return false
  const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`)
  // Date.parse takes the 31st of every month and moves on.
  return !Number.isNaN(time) && new Date(time).getUTCDate() === Number(day)
}

const checks: Readonly<Record<ColumnKind['kind'], (value: ColumnValue) => boolean>> = {
  text: (value) => typeof value === 'string',
  id: (value) => typeof value === 'string',
  integer: Number.isSafeInteger,
  instant: Number.isSafeInteger,
  time: Number.isSafeInteger,
  // Its digits are read where it is scaled.
  decimal: (value) => typeof value === 'string' || typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: isDate,
}

/** Refuses what is not of the kind; null is of every kind. */
export function checkColumnValue(kind: ColumnKind, value: ColumnValue): void {
  checkBound(value)
  if (value === null || checks[kind.kind](value)) return
  const shown = JSON.stringify(value).slice(0, 40)
  throw refuse('INVALID_ARGUMENT', `${shown} cannot be stored as a value of kind ${kind.kind}`)
}
