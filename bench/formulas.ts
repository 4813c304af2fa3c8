/** How long checking and evaluating formulas takes: `npx tsx bench/formulas.ts`. */
import { analyseFormula } from '../engine/formula/analyse-formula.ts'
import { compileFormula } from '../engine/formula/compile-formula.ts'
import { evaluateFormula } from '../engine/formula/evaluate-formula.ts'
import type { Formula } from '../engine/formula/tree.ts'
import type { FieldMention, Scope } from '../engine/formula/types.ts'
import { utc } from '../engine/formula/zone.ts'
import { identifier, sql } from '../engine/sql/sql.ts'
import { sqliteDialect } from '../engine/sql/sqlite-dialect.ts'

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
    return kind === undefined ? { problem: `There is no field ${path}` } : { kind, path, scale: 2 }
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
  now: sql`0`,
  zone: sql`'[[0,0]]'`,
}

const rules = texts.map(checked)
const environment = {
  read: (mention: FieldMention) => values[mention.path],
  now: 0,
  zone: utc,
}

const checking = millisecondsOf(() => {
  for (let round = 0; round < 100; round++) {
    for (const text of texts) compileFormula(checked(text), context, { type: 'Checkbox' })
  }
})
const records = 5_000
const validate = (): void => {
  for (let record = 0; record < records; record++) {
    for (const rule of rules) evaluateFormula(rule, environment)
  }
}
validate()
const evaluating = millisecondsOf(validate)

console.log(`1,000 formulas checked and compiled to SQL: ${checking.toFixed(0)} ms (limit 1,000)`)
console.log(
  `a record against ten rules: ${((evaluating / records) * 1000).toFixed(1)} µs (limit 50)`,
)
