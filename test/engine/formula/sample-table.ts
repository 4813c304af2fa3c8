/** The sample object as a table of either database, and both ends of a formula over its rows. */
import { compileFormula, resultColumn } from '../../../engine/formula/compile-formula.ts'
import { computeResult, type FormulaResult } from '../../../engine/formula/result.ts'
import { momentHoles, momentSql } from '../../../engine/formula/sql/zone-sql.ts'
import type { Formula } from '../../../engine/formula/tree.ts'
import type { FieldMention } from '../../../engine/formula/types.ts'
import type { ZoneTable } from '../../../engine/formula/zone.ts'
import type { ColumnKind, ColumnValue } from '../../../engine/sql/column-kind.ts'
import {
  identifier,
  integerLiteral,
  joinSql,
  sql,
  type Identifier,
  type Sql,
} from '../../../engine/sql/sql.ts'
import type { Storage } from '../../../engine/storage/storage.ts'
import { sampleEnvironment, sampleMentions, sampleNow, type Values } from './sample.ts'

/** The mentions of the sample object that have columns. */
export const sampleColumns: readonly FieldMention[] = [...sampleMentions.values()].filter(
  (mention) => !/[.$:]/.test(mention.path) && !['location', 'unusable'].includes(mention.kind),
)

/** A table with one column for each mention, whatever object it belongs to. */
export interface MentionTable {
  readonly storage: Storage
  readonly name: Identifier
  readonly columns: readonly FieldMention[]
}

function columnKind(mention: FieldMention): ColumnKind {
  switch (mention.kind) {
    case 'number':
    case 'currency':
    case 'percent':
      return { kind: 'decimal', precision: mention.precision ?? 18, scale: mention.scale ?? 0 }
    case 'boolean':
      return { kind: 'boolean' }
    case 'date':
      return { kind: 'date' }
    case 'datetime':
      return { kind: 'instant' }
    case 'time':
      return { kind: 'time' }
    default:
      return { kind: 'text' }
  }
}

function columnName(table: Pick<MentionTable, 'columns'>, mention: FieldMention): Identifier {
  return identifier(`c${table.columns.findIndex((one) => one.path === mention.path)}`)
}

export async function createTable(table: MentionTable, rows: readonly Values[]): Promise<void> {
  const { storage, columns, name } = table
  const { dialect } = storage
  const declared = columns.map(
    (one) => sql`${columnName(table, one)} ${dialect.columnType(columnKind(one))}`,
  )
  await storage.write(async (tx) => {
    await tx.run(sql`create table ${name} (${joinSql([sql`row integer`, ...declared])})`)
    for (const [index, row] of rows.entries()) {
      const values = columns.map((one) =>
        // Values of the test rows are written in the form of columns.
        dialect.bound(columnKind(one), (row[one.path] ?? null) as ColumnValue),
      )
      await tx.run(sql`insert into ${name} values (${joinSql([integerLiteral(index), ...values])})`)
    }
  })
}

export const results: Readonly<Record<string, FormulaResult>> = {
  number: { type: 'Number', scale: 4 },
  text: { type: 'Text' },
  boolean: { type: 'Checkbox' },
  date: { type: 'Date' },
  datetime: { type: 'DateTime' },
  time: { type: 'Time' },
  null: { type: 'Text' },
}

/** The values of all rows, as JSON texts; undefined when SQL cannot compute the formula. */
export async function fromSql(
  table: MentionTable,
  formula: Formula,
  zone: ZoneTable,
): Promise<readonly string[] | undefined> {
  const { storage, columns, name } = table
  const { dialect } = storage
  const result = results[formula.type.kind] ?? { type: 'Text' }
  const expression = compileFormula(
    formula,
    {
      dialect,
      column: (mention) =>
        columns.some((one) => one.path === mention.path)
          ? sql`s.${columnName(table, mention)}`
          : undefined,
      ...momentSql(dialect),
    },
    result,
  )
  if (expression === undefined) return undefined
  const named: Sql = sql`v.value`
  const json = dialect.json(resultColumn(result), named)
  const rows = await storage.read(
    sql`select v.row, ${json} as json from (select s.row, ${expression} as value from ${name} as s) as v order by v.row`,
    { holes: { ...momentHoles({ now: sampleNow, zone }, dialect) } },
  )
  return rows.map((row) => String(row['json']))
}

/** The same from the evaluator. */
export function fromEvaluator(
  formula: Formula,
  rows: readonly Values[],
  zone: ZoneTable,
): readonly string[] {
  const result = results[formula.type.kind] ?? { type: 'Text' }
  return rows.map((values) => {
    const environment = sampleEnvironment({ values, environment: { zone } })
    const outcome = computeResult(formula, environment, result)
    const none = result.type === 'Checkbox' ? 'false' : 'null'
    return outcome.kind === 'failure' ? none : jsonOf(outcome.value, result)
  })
}

function jsonOf(value: string | number | boolean | null, result: FormulaResult): string {
  if (value === null) return 'null'
  if ('scale' in result) return String(value)
  if (result.type === 'DateTime') {
    return JSON.stringify(new Date(Number(value)).toISOString().replace('Z', '+0000'))
  }
  if (result.type === 'Time') {
    return JSON.stringify(new Date(Number(value)).toISOString().slice(11))
  }
  return JSON.stringify(value)
}
