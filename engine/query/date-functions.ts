/** Functions of queries that take a date or an instant apart: CALENDAR_YEAR, DAY_ONLY, HOUR_IN_DAY … */
import { dayMs } from '../formula/calendar.ts'
import { floorDivide, floorModulo } from '../formula/sql/build.ts'
import { dayOfYearSql, partOfDay, weekdaySql } from '../formula/sql/days.ts'
import { dateOf } from '../formula/sql/print.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { integerLiteral, sql, type Sql } from '../sql/sql.ts'

export interface DateFunction {
  readonly kind: ColumnKind
  /** Instants alone have what the function asks for. */
  readonly instantsOnly: boolean
  /** From days since 1970 and, for instants, the milliseconds of the day. */
  sql(value: { readonly day: Sql; readonly time: Sql }, dialect: Dialect): Sql
}

const integer: ColumnKind = { kind: 'integer' }

function partOf(make: (day: Sql, dialect: Dialect) => Sql): DateFunction {
  return { kind: integer, instantsOnly: false, sql: ({ day }, dialect) => make(day, dialect) }
}

const year = partOf((day, dialect) => partOfDay('year', day, dialect))
const month = partOf((day, dialect) => partOfDay('month', day, dialect))
const quarter = partOf((day, dialect) => sql`((${partOfDay('month', day, dialect)} + 2) / 3)`)

/** The first seven days are the first week, whatever weekday they begin with. */
function weekOf(number: Sql): Sql {
  return sql`((${number} + 6) / 7)`
}

/** By lower-case name. The fiscal year is the calendar's. */
export const dateFunctions: ReadonlyMap<string, DateFunction> = new Map([
  ['calendar_year', year],
  ['calendar_quarter', quarter],
  ['calendar_month', month],
  ['fiscal_year', year],
  ['fiscal_quarter', quarter],
  ['fiscal_month', month],
  ['day_in_month', partOf((day, dialect) => partOfDay('day', day, dialect))],
  ['day_in_week', partOf((day) => weekdaySql(day))],
  ['day_in_year', partOf((day, dialect) => dayOfYearSql(day, dialect))],
  ['week_in_month', partOf((day, dialect) => weekOf(partOfDay('day', day, dialect)))],
  ['week_in_year', partOf((day, dialect) => weekOf(dayOfYearSql(day, dialect)))],
  [
    'day_only',
    {
      kind: { kind: 'date' },
      instantsOnly: true,
      sql: ({ day }, dialect) => dateOf(day, dialect),
    },
  ],
  [
    'hour_in_day',
    { kind: integer, instantsOnly: true, sql: ({ time }) => sql`((${time}) / 3600000)` },
  ],
])

const day = integerLiteral(dayMs)

/** Days and milliseconds of a column: an instant in UTC, or in a zone by its distance from UTC. */
export function dayAndTime(
  column: Sql,
  kind: 'date' | 'instant',
  { dialect, offset }: { readonly dialect: Dialect; readonly offset: Sql | undefined },
): { readonly day: Sql; readonly time: Sql } {
  if (kind === 'date') {
    const number =
      dialect.name === 'postgres'
        ? sql`((${column}) - date '1970-01-01')::bigint`
        : sql`(unixepoch(${column}) / 86400)`
    return { day: number, time: sql`0` }
  }
  const instant = dialect.name === 'postgres' ? sql`(${column})::bigint` : column
  const local = offset === undefined ? instant : sql`(${instant} + ${offset})`
  return { day: floorDivide(local, day), time: floorModulo(local, day) }
}
