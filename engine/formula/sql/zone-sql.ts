/** The moment and the user's zone in SQL: both arrive as values, so that no database's own clock or zones are asked. */
import { hole, joinSql, sql, type Sql } from '../../sql/sql.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { localDay, type ZoneTable } from '../zone.ts'

/** Changes of the clock around the moment, newest last, each as a value of its own. */
export interface ZoneSql {
  /** All changes as a JSON text of pairs, for instants that are far away. */
  readonly all: Sql
  /** One more than offsets: behind the last one another offset holds. */
  readonly changes: readonly Sql[]
  readonly offsets: readonly Sql[]
}

export interface MomentSql {
  /** Milliseconds since 1970. */
  readonly now: Sql
  /** The present day in the user's zone, counted from 1970-01-01. */
  readonly today: Sql
  readonly zone: ZoneSql
}

/** A few years: most instants that a list shows lie between them, and are compared with nothing else. */
const nearChanges = 8
const near = Array.from({ length: nearChanges }, (_, index) => index)

type HoleValues = Readonly<Record<string, string | number>>

interface ZoneValues {
  readonly holes: HoleValues
  /** They serve every moment between these two. */
  readonly from: number
  readonly until: number
}

const zoneValues = new WeakMap<ZoneTable, ZoneValues>()

/** What a statement that uses `momentSql` wants to be told when it runs, by the names of its holes. */
export function momentHoles(
  { now, zone }: { readonly now: number; readonly zone: ZoneTable },
  dialect: Dialect,
): HoleValues {
  const known = zoneValues.get(zone)
  const isServed = known !== undefined && known.from <= now && now < known.until
  const values = isServed ? known : zoneValuesAt(zone, now)
  if (values !== known) zoneValues.set(zone, values)
  const instant = Number(dialect.encode({ kind: 'instant' }, now))
  return { ...values.holes, now: instant, today: localDay(zone, now) }
}

const aheadMs = 366 * 86_400_000

function zoneValuesAt({ transitions }: ZoneTable, now: number): ZoneValues {
  const found = transitions.findIndex(({ from }) => from > now + aheadMs)
  const end = found < 0 ? transitions.length : found
  const beyond = transitions[end]?.from ?? Number.MAX_SAFE_INTEGER
  const chosen = near.map((index) => transitions[Math.max(0, end - nearChanges + index)])
  const holes = chosen.flatMap((change, index) => [
    [`zone_change${index}`, change?.from ?? 0] as const,
    [`zone_offset${index}`, change?.offsetMs ?? 0] as const,
  ])
  const all = JSON.stringify(transitions.map(({ from, offsetMs }) => [from, offsetMs]))
  return {
    holes: { zone: all, [`zone_change${nearChanges}`]: beyond, ...Object.fromEntries(holes) },
    from: (transitions[end - 1]?.from ?? -Infinity) - aheadMs,
    until: beyond - aheadMs,
  }
}

export function momentSql(dialect: Dialect): MomentSql {
  const whole = (name: string): Sql => dialect.cast({ kind: 'integer' }, sql`${hole(name)}`)
  return {
    now: dialect.cast({ kind: 'instant' }, sql`${hole('now')}`),
    today: whole('today'),
    zone: {
      all: dialect.cast({ kind: 'text' }, sql`${hole('zone')}`),
      changes: [...near, nearChanges].map((index) => whole(`zone_change${index}`)),
      offsets: near.map((index) => whole(`zone_offset${index}`)),
    },
  }
}

/** Local time minus UTC, in milliseconds, at an instant. */
export function offsetSql(zone: ZoneSql, instant: Sql, dialect: Dialect): Sql {
  const { changes, offsets } = zone
  const [first = sql`0`, last = sql`0`] = [changes[0], changes.at(-1)]
  const cases = offsets
    .map((offset, index) => sql` when ${instant} >= ${changes[index] ?? first} then ${offset}`)
    .reverse()
  const isFar = sql`${instant} < ${first} or ${instant} >= ${last}`
  return sql`(case when ${isFar} then ${farOffset(zone.all, instant, dialect)}${joinSql(cases, sql``)} end)`
}

function farOffset(all: Sql, instant: Sql, dialect: Dialect): Sql {
  if (dialect.name === 'sqlite') {
    return sql`(select z.value ->> 1 from json_each(${all}) as z where (z.value ->> 0) <= ${instant} order by z.value ->> 0 desc limit 1)`
  }
  return sql`(select (z.value ->> 1)::bigint from jsonb_array_elements((${all})::text::jsonb) as z(value) where (z.value ->> 0)::bigint <= ${instant} order by (z.value ->> 0)::bigint desc limit 1)`
}
