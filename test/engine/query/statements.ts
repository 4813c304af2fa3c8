/** Statements as the two databases would get them. */
import { planRead } from '../../../engine/query/plan-read.ts'
import type { ReadPlan } from '../../../engine/query/read-plan.ts'
import { parseQuery } from '../../../engine/query/soql/parse-query.ts'
import type { Dialect } from '../../../engine/sql/dialect.ts'
import { postgresDialect } from '../../../engine/sql/postgres-dialect.ts'
import { bind, render, type Sql } from '../../../engine/sql/sql.ts'
import { sqliteDialect } from '../../../engine/sql/sqlite-dialect.ts'
import { admin, adminGate } from './planning.ts'

export const dialects: readonly Dialect[] = [sqliteDialect, postgresDialect]

const moment = { now: Date.parse('2026-11-22T09:30:00Z'), timeZone: 'UTC' }

export function planOf(soql: string): ReadPlan {
  return planRead(adminGate, parseQuery(soql), { moment, deletedToo: false })
}

export function readOptions(dialect: Dialect): {
  readonly dialect: Dialect
  readonly access: typeof admin
  readonly apiVersion: string
} {
  return { dialect, access: admin, apiVersion: '67.0' }
}

/** The text with names unquoted, so that one expectation serves both databases. */
export function textOf(query: Sql, dialect: Dialect): string {
  return render(query, dialect).text.replaceAll(/[`"](\w+)[`"]/g, '$1')
}

/** The values that stand in the statement itself; holes must be named. */
export function valuesOf(
  query: Sql,
  dialect: Dialect,
  holes: Readonly<Record<string, string>> = {},
): readonly unknown[] {
  return bind(render(query, dialect), holes)
}
