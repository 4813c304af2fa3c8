/** Functions of queries that take a date or an instant apart: CALENDAR_YEAR, DAY_ONLY, HOUR_IN_DAY … */
import type { FiscalYear } from '../base/company.ts'
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
  sql(value: DayAndTime, dialect: Dialect, fiscalYear: FiscalYear): Sql
}

interface DayAndTime {
  readonly day: Sql
  readonly time: Sql
}

const integer: ColumnKind = { kind: 'integer' }

function partOf(make: (day: Sql, dialect: Dialect) => Sql): DateFunction {
  return { kind: integer, instantsOnly: false, sql: ({ day }, dialect) => make(day, dialect) }
}

const year = partOf((day, dialect) => partOfDay('year', day, dialect))
const month = partOf((day, dialect) => partOfDay('month', day, dialect))
const quarter = partOf((day, dialect) => sql`((${partOfDay('month', day, dialect)} + 2) / 3)`)

function fiscal(make: (day: Sql, dialect: Dialect, year: FiscalYear) => Sql): DateFunction {
  return {
    kind: integer,
    instantsOnly: false,
    sql: ({ day }, dialect, fiscalYear) => make(day, dialect, fiscalYear),
  }
}

/** Full months since the fiscal year began. */
function fiscalMonths(day: Sql, dialect: Dialect, { startMonth }: FiscalYear): Sql {
  const before = integerLiteral(12 - startMonth)
  return sql`((${partOfDay('month', day, dialect)} + ${before}) % 12)`
}

const fiscalMonth = fiscal((day, dialect, year) => sql`(${fiscalMonths(day, dialect, year)} + 1)`)
const fiscalQuarter = fiscal(
  (day, dialect, year) => sql`(${fiscalMonths(day, dialect, year)} / 3 + 1)`,
)
const fiscalYearOf = fiscal((day, dialect, { startMonth, namedByStart }) => {
  const calendar = partOfDay('year', day, dialect)
  if (startMonth === 1) return calendar
  const begins = integerLiteral(startMonth)
  const isBegun = sql`case when ${partOfDay('month', day, dialect)} >= ${begins} then 1 else 0 end`
  const named = integerLiteral(namedByStart ? 1 : 0)
  return sql`(${calendar} + ${isBegun} - ${named})`
})

/** The first seven days are the first week, whatever weekday they begin with. */
function weekOf(number: Sql): Sql {
  return sql`((${number} + 6) / 7)`
}

/** By lower-case name. */
export const dateFunctions: ReadonlyMap<string, DateFunction> = new Map([
  ['calendar_year', year],
  ['calendar_quarter', quarter],
  ['calendar_month', month],
  ['fiscal_year', fiscalYearOf],
  ['fiscal_quarter', fiscalQuarter],
  ['fiscal_month', fiscalMonth],
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
): DayAndTime {
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
