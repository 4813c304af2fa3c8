/** ReadPlan → one statement; the database builds the JSON text of the records. */
import type { Access } from '../access/access.ts'
import { limits } from '../base/limits.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import {
  identifier,
  integerLiteral,
  joinSql,
  sql,
  textLiteral,
  type Identifier,
  type Sql,
} from '../sql/sql.ts'
import { columnSql, compileCondition, type ConditionOptions } from './compile-condition.ts'
import { computedText } from './compile-computed.ts'
import { childrenText, type ChildrenParts, type PlannedChildren } from './compile-children.ts'
import { deletedColumn, idColumn, idList, rowKey, rowVersion } from './compile-write.ts'
import { fieldText } from './field-text.ts'
import { typeBehind } from './resolve.ts'
import { rowPredicate } from './rows/row-predicate.ts'
import { visibleIds } from './rows/visible-ids.ts'
import type {
  ExpressionColumn,
  PlannedOrder,
  PlannedOutput,
  PlannedTable,
  ReadPlan,
} from './read-plan.ts'

export interface CompileReadOptions {
  readonly dialect: Dialect
  readonly access: Access
  /** Stands in the `url` attributes, "67.0". */
  readonly apiVersion: string
  /** The rows are gathered from what opens them to the caller: he sees few of many. */
  readonly narrow?: boolean
  /** The records are sent on as they are: they may come as bytes. */
  readonly untouched?: boolean
}

/** `n`, the number of records, and `body`, their JSON texts joined by commas (null when none); as many as the plan's limit. */
export function compileRead(plan: ReadPlan, options: CompileReadOptions): Sql {
  const record = recordText(plan, options)
  const inner = sql`select ${record} as j ${source(plan, options)} order by ${orderSql(plan.orderBy, options.dialect)}${rowLimit(plan.limit, plan.skip)}`
  // The inner select is ordered and cut; an aggregate over nothing else keeps that order on both databases.
  return sql`select count(*) as n, ${joinedRecords(options)} as body from (${inner}) as page`
}

/** The texts `j` of all records, joined by commas; null where that is more than a page may hold. */
export function joinedRecords({ dialect, untouched }: CompileReadOptions): Sql {
  const text = dialect.atMost(dialect.joinInOrder(sql`j`), limits.queryPageBytesMax)
  return untouched === true ? dialect.bytes(text) : text
}

/** The JSON text of one record as the plan selects it. */
export function recordText(plan: ReadPlan, options: CompileReadOptions): Sql {
  return objectText(plan.root, plan.outputs, options)
}

export function rowLimit(limit: number | undefined, skip: number): Sql {
  // SQLite has no OFFSET without a LIMIT.
  const isOpen = limit === undefined && skip === 0
  const rows = limit ?? Number.MAX_SAFE_INTEGER
  const cut = isOpen ? sql`` : sql` limit ${integerLiteral(rows)}`
  return skip === 0 ? cut : sql`${cut} offset ${integerLiteral(skip)}`
}

/** One row with `n`, the number of all records that the query finds, its own limit respected. */
export function compileCount(plan: ReadPlan, options: CompileReadOptions): Sql {
  if (plan.limit === undefined && plan.skip === 0)
    return sql`select count(*) as n ${source(plan, options)}`
  return sql`select count(*) as n from (select 1 as one ${source(plan, options)}${rowLimit(plan.limit, plan.skip)}) as found`
}

/** The records of the hole `keys`: `row_key` their ids, `body` their JSON texts, `version`, `modified` and `deleted`. */
export function compileRetrieve(plan: ReadPlan, options: CompileReadOptions): Sql {
  const { root } = plan
  const record = objectText(root, plan.outputs, options)
  const found = source({ ...plan, deletedToo: true }, options, [
    sql`${root.alias}.${idColumn} in ${idList('keys', options.dialect)}`,
  ])
  return sql`select ${root.alias}.${idColumn} as ${rowKey}, ${record} as body, ${root.alias}.${rowVersion} as version, ${root.alias}.${modifiedColumn} as modified, ${root.alias}.${deletedColumn} as deleted ${found}`
}

/** From which rows the plan reads, with `extra` conditions. */
export function source(
  plan: Pick<ReadPlan, 'root' | 'joins' | 'where' | 'deletedToo'>,
  options: CompileReadOptions,
  extra: readonly Sql[] = [],
): Sql {
  const { root } = plan
  const joins = plan.joins.map((table) => joinSqlOf(table, options))
  const conditions: Sql[] = [...extra]
  if (!plan.deletedToo) conditions.push(sql`not ${root.alias}.${deletedColumn}`)
  const ids = options.narrow === true ? visibleIds({ ...options, object: root.object }) : undefined
  if (ids !== undefined) conditions.push(sql`${root.alias}.${idColumn} in (${ids})`)
  const predicate = ids === undefined ? readable(root, options) : undefined
  if (predicate !== undefined) conditions.push(sql`(${predicate})`)
  if (plan.where !== undefined)
    conditions.push(sql`(${compileCondition(plan.where, conditionOptions(options))})`)
  const where = conditions.length === 0 ? sql`` : sql` where ${joinSql(conditions, sql` and `)}`
  return sql`from ${root.object.table} as ${root.alias}${joinSql(joins, sql``)}${where}`
}

export function conditionOptions(given: CompileReadOptions): ConditionOptions {
  const options = { ...given, narrow: false }
  return {
    dialect: options.dialect,
    inner: (plan, selected) => {
      const filled = sql`${columnSql(selected, options.dialect)} is not null`
      return sql`select ${columnSql(selected, options.dialect)} ${source(plan, options, [filled])}`
    },
  }
}

const modifiedColumn = identifier('LastModifiedDate')

function mainColumn(field: FieldModel): Identifier {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no main column`)
  return column.name
}

/** A parent whom the caller may not see is as one that is not there. */
function joinSqlOf(table: PlannedTable, options: CompileReadOptions): Sql {
  if (table.via === undefined) return sql``
  const { lookup, from, disclosed } = table.via
  const predicate = disclosed ? undefined : readable(table, options)
  const seen = predicate === undefined ? sql`` : sql` and (${predicate})`
  return sql` left join ${table.object.table} as ${table.alias} on ${table.alias}.${idColumn} = ${from}.${mainColumn(lookup)}${seen}`
}

/** Undefined where the caller may read all rows. */
function readable(
  { object, alias }: Pick<PlannedTable, 'object' | 'alias'>,
  { access, dialect }: CompileReadOptions,
): Sql | undefined {
  return rowPredicate({ access, dialect, object, alias, right: 'read' })
}

/**
 * The words on nulls are those of the indexes, also where no value is ever empty: without them PostgreSQL would not see
 * that an index gives the order. Only the primary key, which leads where an order begins with the id, knows no nulls.
 */
export function orderSql(orderBy: readonly PlannedOrder[], dialect: Dialect): Sql {
  const keys = orderBy.map(({ column, descending, nulls }, index) => {
    const direction = descending ? sql` desc` : sql``
    const expression = columnSql(column, dialect)
    const isPrimaryKey = index === 0 && 'name' in column && column.name.name === idColumn.name
    if (isPrimaryKey) return sql`${expression}${direction}`
    const empty = nulls === 'first' ? sql` nulls first` : sql` nulls last`
    return sql`${expression}${direction}${empty}`
  })
  return joinSql(keys)
}

/** `{"attributes":{…},"Name":…}` of one table's row. */
function objectText(
  table: PlannedTable,
  outputs: readonly PlannedOutput[],
  options: CompileReadOptions,
): Sql {
  const pieces = new Pieces()
  pieces.text(
    `{"attributes":{"type":${JSON.stringify(table.object.name)},"url":"/services/data/v${options.apiVersion}/sobjects/${table.object.name}/`,
  )
  pieces.expression(sql`${table.alias}.${idColumn}`)
  pieces.text('"}')
  for (const output of outputs) {
    pieces.text(`,${JSON.stringify(output.key)}:`)
    addOutput(pieces, output, options)
  }
  pieces.text('}')
  return options.dialect.concat(pieces.finish())
}

function addOutput(pieces: Pieces, output: PlannedOutput, options: CompileReadOptions): void {
  if (output.kind === 'parent') {
    const text = objectText(output.table, output.outputs, options)
    return pieces.expression(
      sql`case when ${output.table.alias}.${idColumn} is null then 'null' else ${text} end`,
    )
  }
  if (output.kind === 'children') {
    return pieces.expression(childrenText(output, childrenParts(output, options)))
  }
  if (output.kind === 'polymorphic') return pieces.expression(polymorphicText(output, options))
  if (output.kind === 'typeof') return pieces.expression(typeofText(output, options))
  if (output.kind === 'function') {
    return pieces.expression(functionText(output.column, options.dialect))
  }
  if (output.kind === 'computed') {
    return pieces.expression(computedText(output.formula, options.dialect))
  }
  const { table, field } = output
  if (field.type.toldByAddress === true) return pieces.expression(addressText(output, options))
  if (field.columns.get('')?.name.name === idColumn.name) {
    // Never empty where there is a record, and of no characters that JSON would spell otherwise.
    pieces.text('"')
    pieces.expression(sql`${table.alias}.${idColumn}`)
    return pieces.text('"')
  }
  pieces.expression(fieldText({ object: table.object, field, alias: table.alias }, options.dialect))
}

/** Where the value is read that is too large for an answer. */
function addressText(
  { table, field }: Extract<PlannedOutput, { kind: 'field' }>,
  { apiVersion, dialect }: CompileReadOptions,
): Sql {
  const start = `"/services/data/v${apiVersion}/sobjects/${table.object.name}/`
  const address = dialect.concat([
    textLiteral(start),
    sql`${table.alias}.${idColumn}`,
    textLiteral(`/${field.name}"`),
  ])
  return sql`case when ${table.alias}.${mainColumn(field)} is null then 'null' else ${address} end`
}

/** Named once: the JSON of a number asks for the value several times. */
function functionText(column: ExpressionColumn, dialect: Dialect): Sql {
  const name = identifier('v')
  const value = column.expression(dialect)
  const json = dialect.json(column.kind, sql`f.${name}`)
  return sql`(select ${json} from (select ${value} as ${name}) as f)`
}

function typeofText(
  { cases, otherwise }: Extract<PlannedOutput, { kind: 'typeof' }>,
  options: CompileReadOptions,
): Sql {
  const texts = cases.map(
    ({ table, outputs }) =>
      sql` when ${table.alias}.${idColumn} is not null then ${objectText(table, outputs, options)}`,
  )
  const rest = otherwise === undefined ? sql`'null'` : polymorphicText(otherwise, options)
  return sql`case${joinSql(texts, sql``)} else ${rest} end`
}

function childrenParts(
  { plan, alias, lookup }: PlannedChildren,
  options: CompileReadOptions,
): ChildrenParts {
  const own = [sql`${plan.root.alias}.${mainColumn(lookup)} = ${alias}.${idColumn}`]
  const found = source(plan, { ...options, narrow: false }, own)
  return {
    dialect: options.dialect,
    apiVersion: options.apiVersion,
    records: (rows) =>
      sql`select ${recordText(plan, options)} as j ${found} order by ${orderSql(plan.orderBy, options.dialect)}${rowLimit(rows, plan.skip)}`,
    count: sql`select count(*) ${found}`,
  }
}

function polymorphicText(
  output: Extract<PlannedOutput, { kind: 'polymorphic' }>,
  options: CompileReadOptions,
): Sql {
  const lookup = sql`${output.alias}.${mainColumn(output.lookup)}`
  const cases = output.targets.map((target) => {
    const found = polymorphicTarget(output, target, options)
    const predicate = readable({ object: target, alias: identifier('p') }, options)
    const seen = predicate === undefined ? sql`` : sql` and (${predicate})`
    return sql` when ${textLiteral(target.keyPrefix)} then (select ${found} from ${target.table} as p where p.${idColumn} = ${lookup}${seen})`
  })
  if (cases.length === 0) return sql`'null'`
  return sql`coalesce(case substr(${lookup}, 1, 3)${joinSql(cases, sql``)} end, 'null')`
}

function polymorphicTarget(
  output: Extract<PlannedOutput, { kind: 'polymorphic' }>,
  target: ObjectModel,
  options: CompileReadOptions,
): Sql {
  const alias = identifier('p')
  const pieces = new Pieces()
  pieces.text(
    `{"attributes":{"type":${JSON.stringify(target.name)},"url":"/services/data/v${options.apiVersion}/sobjects/${target.name}/`,
  )
  pieces.expression(sql`${alias}.${idColumn}`)
  pieces.text('"}')
  for (const attribute of output.attributes) {
    pieces.text(`,"${attribute}":`)
    if (attribute === 'Type') pieces.text(JSON.stringify(typeBehind(output.lookup, target)))
    else if (attribute === 'Id')
      pieces.expression(options.dialect.json({ kind: 'id' }, sql`${alias}.${idColumn}`))
    else
      pieces.expression(
        fieldText({ object: target, field: target.nameField, alias }, options.dialect),
      )
  }
  for (const key of output.blanks ?? []) pieces.text(`,${JSON.stringify(key)}:null`)
  pieces.text('}')
  return options.dialect.concat(pieces.finish())
}

/** Texts and expressions in turn, neighbouring texts made one. */
class Pieces {
  readonly #pieces: Sql[] = []
  #text = ''

  text(text: string): void {
    this.#text += text
  }

  expression(expression: Sql): void {
    this.#flush()
    this.#pieces.push(expression)
  }

  finish(): readonly Sql[] {
    this.#flush()
    return this.#pieces
  }

  #flush(): void {
    if (this.#text !== '') this.#pieces.push(textLiteral(this.#text))
    this.#text = ''
  }
}
