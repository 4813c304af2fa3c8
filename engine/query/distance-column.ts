/** DISTANCE(Place__c, GEOLOCATION(37.8, -122.4), 'mi') as a column: the great circle between two points. */
import { refuse } from '../base/refusal.ts'
import type { Operator } from '../fields/field-type.ts'
import { number } from '../fields/number.ts'
import { earthRadiusKm, kilometresPerMile } from '../formula/functions/advanced.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { integerLiteral, sql, type Sql } from '../sql/sql.ts'
import { columnSql } from './compile-condition.ts'
import {
  findOperandField,
  type FoundField,
  type FunctionColumn,
  type OperandPlace,
  type Subject,
} from './plan-operand.ts'
import type { CallArgument, CallOperand } from './soql/query.ts'

/** Millimetres, or about as much of a mile: both databases agree on so many digits of a double. */
const scale = 6
const kind: ColumnKind = { kind: 'decimal', precision: 18, scale }
const operators: readonly Operator[] = ['<', '<=', '>', '>=']
const perUnit = new Map([
  ['km', 1],
  ['mi', kilometresPerMile],
])

export function distanceSubject(place: OperandPlace, call: CallOperand): Subject {
  const comparison = number.comparison?.({ fullName: '', label: '', type: 'Number', ...kind })
  if (comparison === undefined) throw new Error('numbers are compared')
  return { ...distanceColumn(place, call), operators, comparison }
}

export function distanceColumn(place: OperandPlace, { name, args }: CallOperand): FunctionColumn {
  const [from, to, unit, ...rest] = args
  if (from?.kind !== 'path' || to === undefined || rest.length > 0) throw malformed()
  const radius = earthRadiusKm / unitOf(unit)
  const [latitude, longitude] = pointOf(place, from.path)
  const fixed = geolocation(to)
  const key = `${name}(${latitude.key},${longitude.key},${fixed.join()},${radius})`
  const expression = (dialect: Dialect): Sql =>
    rounded(radius, arc(degreesOf([latitude, longitude], dialect), fixed, dialect), dialect)
  return { path: `${name}(${from.path})`, column: { expression, key, kind } }
}

function malformed(): Error {
  return refuse(
    'MALFORMED_QUERY',
    "DISTANCE takes a place, GEOLOCATION(latitude, longitude) and 'mi' or 'km'.",
  )
}

function unitOf(unit: CallArgument | undefined): number {
  const word = unit?.kind === 'literal' && unit.literal.kind === 'string' ? unit.literal.value : ''
  const found = perUnit.get(word.toLowerCase())
  if (found === undefined) throw malformed()
  return found
}

type Point<Part> = readonly [latitude: Part, longitude: Part]

/** Latitude and longitude of a compound, each through the gate like any other field. */
function pointOf(place: OperandPlace, path: string): Point<FoundField> {
  const { field } = findOperandField(place, path)
  const prefix = path.slice(0, path.lastIndexOf('.') + 1)
  const [latitude, longitude] = [/latitude(?:__s)?$/i, /longitude(?:__s)?$/i].map((ending) =>
    field.components.find((part) => ending.test(part)),
  )
  if (latitude === undefined || longitude === undefined) {
    const message = `DISTANCE takes a place or an address; '${path}' is none.`
    throw refuse('INVALID_FIELD', message, { fields: [path] })
  }
  return [findOperandField(place, prefix + latitude), findOperandField(place, prefix + longitude)]
}

function geolocation(argument: CallArgument): Point<number> {
  const isCall = argument.kind === 'call' && argument.name === 'geolocation'
  const degrees = (isCall ? argument.args : []).map((part) =>
    part.kind === 'literal' && part.literal.kind === 'number' ? Number(part.literal.text) : NaN,
  )
  const [latitude = NaN, longitude = NaN] = degrees
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  if (degrees.length === 2 && isPlace) return [latitude, longitude]
  const message = 'GEOLOCATION takes a latitude of -90 to 90 and a longitude of -180 to 180.'
  throw refuse('MALFORMED_QUERY', message)
}

function degreesOf([latitude, longitude]: Point<FoundField>, dialect: Dialect): Point<Sql> {
  return [degrees(latitude, dialect), degrees(longitude, dialect)]
}

function degrees({ column }: FoundField, dialect: Dialect): Sql {
  const main = column('')
  const value = columnSql(main, dialect)
  if (dialect.name === 'postgres') return sql`(${value})::double precision`
  const digits = main.kind.kind === 'decimal' ? main.kind.scale : 0
  return sql`(cast(${value} as real) / ${integerLiteral(10 ** digits)})`
}

/** The angle between the points, in radians; null where the record has no place. */
function arc([latitude, longitude]: Point<Sql>, fixed: Point<number>, dialect: Dialect): Sql {
  const half = (difference: Sql): Sql => sql`sin(radians(${difference}) / 2)`
  const [fromLatitude, fromLongitude] = fixed.map((one) => real(one, dialect))
  const [upwards, across] = [
    half(sql`${latitude} - ${fromLatitude ?? sql`0`}`),
    half(sql`${longitude} - ${fromLongitude ?? sql`0`}`),
  ]
  const cosines = sql`cos(radians(${latitude})) * cos(radians(${fromLatitude ?? sql`0`}))`
  const chord = sql`${upwards} * ${upwards} + ${cosines} * ${across} * ${across}`
  const least = dialect.name === 'postgres' ? sql`least` : sql`min`
  const root = sql`2 * asin(sqrt(${least}(1.0, ${chord})))`
  // LEAST leaves nulls aside, and there would be a distance to nowhere.
  return sql`case when ${latitude} is not null and ${longitude} is not null then ${root} end`
}

function real(value: number, dialect: Dialect): Sql {
  const text = sql`${String(value)}`
  return dialect.name === 'postgres'
    ? sql`${text}::text::double precision`
    : sql`cast(${text} as real)`
}

function rounded(radius: number, angle: Sql, dialect: Dialect): Sql {
  const length = sql`(${real(radius, dialect)} * (${angle}))`
  if (dialect.name === 'postgres') return sql`round(${length}::numeric, ${integerLiteral(scale)})`
  return sql`cast(round(${length} * ${integerLiteral(10 ** scale)}) as integer)`
}
