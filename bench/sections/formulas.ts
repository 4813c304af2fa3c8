/** How long checking, compiling and evaluating formulas takes. */
import { message } from '../../engine/base/message.ts'
import { analyseFormula } from '../../engine/formula/analyse-formula.ts'
import { compileFormula } from '../../engine/formula/compile-formula.ts'
import { evaluateFormula } from '../../engine/formula/evaluate-formula.ts'
import type { Formula } from '../../engine/formula/tree.ts'
import type { FieldMention, Scope } from '../../engine/formula/types.ts'
import { momentSql } from '../../engine/formula/sql/zone-sql.ts'
import { utc } from '../../engine/formula/zone.ts'
import { identifier, sql } from '../../engine/sql/sql.ts'
import { sqliteDialect } from '../../engine/sql/sqlite-dialect.ts'
import type { Section } from '../support/bench.ts'
import { median } from '../support/load.ts'
import { aimCells, below, figure, table } from '../support/table.ts'

const kinds: Readonly<Record<string, FieldMention['kind']>> = {
  Name: 'text',
  Code: 'text',
  Amount: 'currency',
  Share: 'percent',
  Start: 'date',
  Finish: 'date',
  Status: 'picklist',
  Active: 'boolean',
}

const scope: Scope = {
  resolve([first]) {
    const path = first?.name ?? ''
    const kind = kinds[path]
    if (kind === undefined) return { problem: message('{path} names no field', { path }) }
    return { kind, path, scale: 2 }
  },
}

const texts = [
  'AND(ISPICKVAL(Status, "Open"), ISBLANK(Finish))',
  'AND(Amount > 1000, NOT(Active), LEN(Name) > 3)',
  'OR(Start > Finish, Finish - Start > 365)',
  'IF(Share * Amount / 12 > 500, "high", IF(Amount > 100, "middle", "low")) = "high"',
  'CASE(MONTH(Start), 1, "Q1", 2, "Q1", 3, "Q1", 12, "Q4", "Q?") = "Q4"',
  'BEGINS(Name, "A") && CONTAINS(Code, "-") && LEFT(Name, 2) <> "AB"',
  'Amount < 0 || Share < 0 || Share > 1',
  'ISBLANK(Name) || (ISPICKVAL(Status, "Won") && Amount = 0)',
  'ADDMONTHS(Start, 3) < Finish',
  'ROUND(Amount * 1.19, 2) <> Amount + ROUND(Amount * 0.19, 2)',
]

function millisecondsOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function checked(text: string): Formula {
  const { formula, problem } = analyseFormula({ text, scope, context: 'field' })
  if (formula === undefined) throw new Error(problem.message)
  return formula
}

const values: Readonly<Record<string, string | number | boolean>> = {
  Name: 'Acme',
  Code: 'A-1',
  Amount: '1234.56',
  Share: '12.5',
  Start: '2026-01-31',
  Finish: '2026-11-22',
  Status: 'Open',
  Active: true,
}

const context = {
  dialect: sqliteDialect,
  column: (mention: FieldMention) => sql`r.${identifier(mention.path)}`,
  ...momentSql(sqliteDialect),
}

const environment = {
  read: (mention: FieldMention) => values[mention.path],
  now: 0,
  zone: utc,
}

const compiled = 1_000
const records = 5_000

function compileAll(): void {
  for (let round = 0; round < compiled / texts.length; round++) {
    for (const text of texts) compileFormula(checked(text), context, { type: 'Checkbox' })
  }
}

/** Microseconds for one record against all of them. */
function evaluateAll(): number {
  const rules = texts.map(checked)
  const all = (): void => {
    for (let record = 0; record < records; record++) {
      for (const rule of rules) evaluateFormula(rule, environment)
    }
  }
  all()
  return (millisecondsOf(all) / records) * 1_000
}

export const formulasSection: Section = {
  name: 'formulas',
  title: 'Formulas: checking, compiling and evaluating',
  run: async (bench) => {
    const milliseconds = median(
      Array.from({ length: bench.rounds }, () => millisecondsOf(compileAll)),
    )
    const microseconds = median(Array.from({ length: bench.rounds }, evaluateAll))
    const rows = [
      [
        '1,000 formulas checked and compiled to SQL, ms',
        figure(milliseconds),
        ...aimCells(below(milliseconds, 1_000, 'ms')),
      ],
      [
        'a record against ten formulas as rules, µs',
        figure(microseconds),
        ...aimCells(below(microseconds, 50, 'µs')),
      ],
    ]
    bench.print(table(['formulas', 'reached', 'aim', ''], rows))
  },
}
