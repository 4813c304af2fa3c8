/** A field's raw value → the value that formulas compute with. */
import { message } from '../base/message.ts'
import { dayMs, parseDay, parseInstant, parseTime } from './calendar.ts'
import type { RawValue } from './environment.ts'
import { FormulaFailure } from './problem.ts'
import { divide, parseRational, rationalOf, whole, zero, type Rational } from './rational.ts'
import type { Location, TypedNode, Value } from './tree.ts'

type FieldNode = TypedNode & { kind: 'field' }

const hundred = whole(100)

export function fieldValue(node: FieldNode, raw: RawValue): Value {
  switch (node.type.kind) {
    case 'number':
      return numberValue(node, raw)
    case 'boolean':
      return raw === true || raw === 1 || raw === 'true'
    case 'date':
      return dayValue(raw)
    case 'datetime':
      return instantValue(raw)
    case 'time':
      return timeValue(raw)
    case 'location':
      return locationValue(raw)
    default:
      return raw === null || raw === undefined ? '' : String(raw)
  }
}

function numberValue(node: FieldNode, raw: RawValue): Rational | null {
  if (raw === null || raw === undefined || raw === '') return node.blankIsZero ? zero : null
  const value = typeof raw === 'number' ? rationalOf(raw) : parseRational(String(raw))
  if (value === undefined)
    throw new FormulaFailure(message('{path} is not a number', { path: node.mention.path }))
  return node.mention.kind === 'percent' ? divide(value, hundred) : value
}

function dayValue(raw: RawValue): number | null {
  if (raw === null || raw === undefined || raw === '') return null
  return known(parseDay(String(raw).slice(0, 10)), raw)
}

function instantValue(raw: RawValue): number | null {
  if (typeof raw === 'number') return raw
  if (raw === null || raw === undefined || raw === '') return null
  return known(parseInstant(String(raw)), raw)
}

function timeValue(raw: RawValue): number | null {
  if (typeof raw === 'number') return ((raw % dayMs) + dayMs) % dayMs
  if (raw === null || raw === undefined || raw === '') return null
  return known(parseTime(String(raw)), raw)
}

function known(value: number | undefined, raw: RawValue): number {
  if (value === undefined)
    throw new FormulaFailure(message('{raw} is no date or time', { raw: JSON.stringify(raw) }))
  return value
}

function locationValue(raw: RawValue): Location | null {
  if (typeof raw !== 'object' || raw === null) return null
  const { latitude, longitude } = raw
  if (latitude === null || longitude === null) return null
  return { latitude: Number(latitude), longitude: Number(longitude) }
}
