/** Local time in SQL: the zone's transitions arrive as JSON, so that no database's own zones are asked. */
import { sql, type Sql } from '../../sql/sql.ts'
import type { ZoneTable } from '../zone.ts'
import type { SqlContext } from './sql-value.ts'

/** What the `zone` of an SqlContext is bound to. */
export function zoneJson(zone: ZoneTable): string {
  return JSON.stringify(zone.transitions.map(({ from, offsetMs }) => [from, offsetMs]))
}

/** Local time minus UTC, in milliseconds, at an instant. */
export function offsetSql(context: SqlContext, instant: Sql): Sql {
  if (context.dialect.name === 'sqlite') {
    return sql`(select z.value ->> 1 from json_each(${context.zone}) as z where (z.value ->> 0) <= ${instant} order by z.value ->> 0 desc limit 1)`
  }
  return sql`(select (z.value ->> 1)::bigint from jsonb_array_elements((${context.zone})::text::jsonb) as z(value) where (z.value ->> 0)::bigint <= ${instant} order by (z.value ->> 0)::bigint desc limit 1)`
}
