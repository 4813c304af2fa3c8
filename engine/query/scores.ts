/** Kept fields of scoring rules as statements: what each is to hold, of chosen rows, worked out by the database. */
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { ReadyFormula } from '../model/ready-formula.ts'
import { scoringRules, type KeptField } from '../model/rules/scoring-rules.ts'
import type { Dialect } from '../sql/dialect.ts'
import { hole, identifier, joinSql, render, sql, type Sql, type Statement } from '../sql/sql.ts'
import { computedSql } from './compile-computed.ts'
import { deletedColumn, idColumn, idList } from './compile-write.ts'
import { computesInSql, planReady } from './plan-formula.ts'
import type { PlannedFormula, PlannedTable } from './read-plan.ts'
import { TableSet } from './table-set.ts'

export interface KeptStatement {
  /** Sets the field of the rows of the hole `ids` where it is another; gives the `id` of those. */
  readonly statement: Statement
  /** Names of the columns of the object that it looks at, its own among them. */
  readonly reads: ReadonlySet<string>
  readonly column: string
}

const byModel = new WeakMap<Model, Map<string, readonly KeptStatement[]>>()

/** In the order in which they follow each other; none for objects without scoring rules. */
export function keptStatements(
  model: Model,
  object: ObjectModel,
  dialect: Dialect,
): readonly KeptStatement[] {
  const rules = scoringRules(model).get(object.name)
  if (rules === undefined) return none
  const ofModel = byModel.get(model) ?? new Map<string, readonly KeptStatement[]>()
  byModel.set(model, ofModel)
  const key = `${dialect.name} ${object.name}`
  const known = ofModel.get(key)
  if (known !== undefined) return known
  const made = rules.flatMap(({ kept }) =>
    // A rule that came in by a newer engine's files keeps nothing that this one cannot compute.
    kept
      .filter((one) => isComputable(model, object, one))
      .map(({ field, parts }) => keep(model, object, { field, parts, dialect })),
  )
  ofModel.set(key, made)
  return made
}

const none: readonly KeptStatement[] = []

/** True where both databases compute all of it. */
export function isComputable(model: Model, object: ObjectModel, { parts }: KeptField): boolean {
  return parts.every((part) => computesInSql(model, object, part))
}

const value = identifier('v')
const given = identifier('d')
const stamp = identifier('SystemModstamp')

interface Keeping {
  readonly field: FieldModel
  readonly parts: readonly ReadyFormula[]
  readonly dialect: Dialect
}

function keep(
  model: Model,
  object: ObjectModel,
  { field, parts, dialect }: Keeping,
): KeptStatement {
  const tables = new TableSet(model, object)
  const planned = parts.map((part) => planReady(tables, part))
  const column = mainColumn(field)
  const { alias } = tables.root
  const rows = sql`select ${alias}.${idColumn} as ${idColumn}, ${sumOf(planned, { column, dialect })} as ${value} from ${object.table} as ${alias}${joinSql(tables.joins.map(joined), sql``)} where ${alias}.${idColumn} in ${idList('ids', dialect)} and not ${alias}.${deletedColumn}`
  const stored = sql`${object.table}.${column.name}`
  const kept = within(sql`${given}.${value}`, column, dialect)
  const stamped = sql`${stamp} = ${dialect.cast({ kind: 'instant' }, sql`${hole('now')}`)}`
  const statement = sql`update ${object.table} set ${column.name} = ${kept}, ${stamped} from (${rows}) as ${given} where ${object.table}.${idColumn} = ${given}.${idColumn} and ${stored} is distinct from ${kept} returning ${object.table}.${idColumn} as id`
  const reads = new Set([column.name.name])
  for (const one of planned) addReads(reads, one, tables.root)
  return { statement: render(statement, dialect), reads, column: column.name.name }
}

/** A single formula as it is; the scores of several entries added up. */
function sumOf(
  planned: readonly PlannedFormula[],
  { column, dialect }: { readonly column: Column; readonly dialect: Dialect },
): Sql {
  const values = planned.map((one) => {
    const found = computedSql(one, dialect)
    if (found === undefined)
      throw new Error(`${column.name.name} is kept by what no database computes`)
    return sql`(${found})`
  })
  const [only] = values
  if (only !== undefined && values.length === 1) return only
  if (only === undefined) return dialect.bound(column.kind, '0')
  return joinSql(
    values.map((one) => sql`coalesce(${one}, 0)`),
    sql` + `,
  )
}

/** A number that the column cannot hold is as large as it can be. */
function within(given: Sql, { kind }: Column, dialect: Dialect): Sql {
  if (kind.kind !== 'decimal') return given
  const { precision, scale } = kind
  const digits = '9'.repeat(precision)
  const largest = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  const [high, low] = [dialect.bound(kind, largest), dialect.bound(kind, `-${largest}`)]
  return sql`case when ${given} > ${high} then ${high} when ${given} < ${low} then ${low} else ${given} end`
}

function joined({ object, alias, via }: PlannedTable): Sql {
  if (via === undefined) return sql``
  return sql` left join ${object.table} as ${alias} on ${alias}.${idColumn} = ${via.from}.${mainColumn(via.lookup).name}`
}

function mainColumn(field: FieldModel): Column {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  return column
}

/** The columns of the row itself, and the lookups by which others are reached. */
function addReads(reads: Set<string>, formula: PlannedFormula, root: PlannedTable): void {
  for (const input of formula.inputs.values()) {
    if (input.kind === 'computed') addReads(reads, input.formula, root)
    if (input.kind !== 'stored') continue
    const { table } = input
    if (table === root) for (const { name } of input.field.columns.values()) reads.add(name.name)
    if (table.via?.from === root.alias) reads.add(mainColumn(table.via.lookup).name.name)
  }
}
