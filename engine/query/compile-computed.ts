/** A planned formula → SQL: its value in the form of a column, or its inputs for the evaluator. */
import { foldedPart } from '../fields/formula-types.ts'
import { compileFormula, resultColumn } from '../formula/compile-formula.ts'
import type { SqlContext } from '../formula/sql/sql-value.ts'
import { momentSql } from '../formula/sql/zone-sql.ts'
import type { Dialect } from '../sql/dialect.ts'
import { hole, identifier, sql, textLiteral, usesOf, type Sql } from '../sql/sql.ts'
import { idColumn } from './compile-write.ts'
import { fieldText } from './field-text.ts'
import { foldSql } from './fold-sql.ts'
import type { ComputedColumn, PlannedFormula, PlannedInput } from './read-plan.ts'

/** The value of the formula; undefined where SQL cannot compute it. */
export function computedSql(formula: PlannedFormula, dialect: Dialect): Sql | undefined {
  if (!formula.inSql) return undefined
  const context: SqlContext = {
    dialect,
    column: ({ path }) => inputColumn(formula.inputs.get(path), dialect),
    ...momentSql(dialect),
  }
  const value = compileFormula(formula.ready.formula, context, formula.ready.result)
  return value && whereThere(formula, { value, none: sql`null` })
}

/** A parent that is not there has no values, whatever its formulas would make of nothing. */
function whereThere(
  { table }: PlannedFormula,
  { value, none }: { readonly value: Sql; readonly none: Sql },
): Sql {
  if (table.via === undefined) return value
  return sql`(case when ${table.alias}.${idColumn} is not null then ${value} else ${none} end)`
}

function inputColumn(input: PlannedInput | undefined, dialect: Dialect): Sql | undefined {
  switch (input?.kind) {
    case 'stored': {
      const column = input.field.columns.get('')
      return column && sql`${input.table.alias}.${column.name}`
    }
    case 'computed':
      return computedSql(input.formula, dialect)
    case 'constant':
      return dialect.bound(input.column, input.value)
    case 'global':
      return dialect.cast(input.global.column, sql`${hole(input.global.hole)}`)
    default:
      return undefined
  }
}

/** The formula as the column that filters and orders compare. */
export function computedColumnSql({ computed, part }: ComputedColumn, dialect: Dialect): Sql {
  const value = computedSql(computed, dialect)
  if (value === undefined) {
    throw new Error(
      `${computed.table.object.name}.${computed.field?.name ?? ''} is not computed in SQL`,
    )
  }
  const isText = computed.ready.result.type === 'Text'
  // Both databases then compare by code points, whatever the formula's texts came from.
  const plain = isText && dialect.name === 'postgres' ? sql`((${value}) collate "C")` : value
  return part === foldedPart ? foldSql(plain, dialect) : sql`(${plain})`
}

/** The field's value as JSON text; a list of its inputs where the evaluator has to finish it. */
export function computedText(formula: PlannedFormula, dialect: Dialect): Sql {
  const value = computedSql(formula, dialect)
  if (value === undefined) return inputsText(formula, dialect)
  const kind = resultColumn(formula.ready.result)
  const name = identifier('v')
  const json = dialect.json(kind, sql`${name}`)
  const uses = usesOf(name, json)
  if (uses <= 1) return dialect.json(kind, sql`(${value})`)
  // Named where the JSON asks for it several times; the limit keeps both databases from putting it back in place.
  return sql`(select ${json} from (select ${value} as ${name} limit 1) as f)`
}

function inputsText(formula: PlannedFormula, dialect: Dialect): Sql {
  const texts = [...formula.inputs.values()].map((input) => inputText(input, dialect))
  const pieces = texts.flatMap((text, index) => [textLiteral(index === 0 ? '[' : ','), text])
  const value = dialect.concat([...pieces, textLiteral(texts.length === 0 ? '[]' : ']')])
  return whereThere(formula, { value, none: textLiteral('null') })
}

/** Globals and constants are known to the evaluator, and not sent through the database. */
function inputText(input: PlannedInput, dialect: Dialect): Sql {
  if (input.kind === 'computed') return computedText(input.formula, dialect)
  if (input.kind !== 'stored') return textLiteral('null')
  const { table, field } = input
  return fieldText({ object: table.object, field, alias: table.alias }, dialect)
}
