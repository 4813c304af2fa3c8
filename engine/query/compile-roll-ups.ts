/** Statements that keep roll-up summaries: what changed children gave before and give now, and the sum of it anew. */
import type { Column } from '../model/model.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { Dialect, RowColumn } from '../sql/dialect.ts'
import { hole, identifier, joinSql, sql, type Identifier, type Sql } from '../sql/sql.ts'
import { deletedColumn, idColumn, idList } from './compile-write.ts'
import type { RollUp, RollUpRelation } from './roll-ups.ts'

const parentId = identifier('parent_id')
const stamp = identifier('SystemModstamp')
const childAlias = identifier('t0')

/** Shares of a changed child are texts on their way through the engine: no digit is lost. */
const sharePrecision = 38

/** What the children give: a number for counts and sums, a value for the least and greatest. */
function shareKind({ column: { kind } }: RollUp): ColumnKind {
  return kind.kind === 'decimal' ? { ...kind, precision: sharePrecision } : kind
}

function isExtreme({ operation }: RollUp): boolean {
  return operation === 'min' || operation === 'max'
}

function shareName(position: number): Identifier {
  return identifier(`share${position}`)
}

function formerName(position: number): Identifier {
  return identifier(`former${position}`)
}

/** The aggregate of one summary over children `t0`. */
function aggregate(one: RollUp): Sql {
  const { operation, condition, value } = one
  if (operation === 'count') {
    const each = condition === undefined ? sql`1` : sql`case when ${condition} then 1 else 0 end`
    return sql`coalesce(sum(${each}), 0)`
  }
  if (value === undefined) throw new Error(`${one.field.name} sums up nothing`)
  const each = condition === undefined ? value : sql`case when ${condition} then ${value} end`
  if (operation === 'sum') return sql`coalesce(sum(${each}), 0)`
  return operation === 'min' ? sql`min(${each})` : sql`max(${each})`
}

/** Shares by parent, of the living children that the condition chooses. */
function shares(relation: RollUpRelation, where: Sql): Sql {
  const { child, foreignKey, rollUps } = relation
  const aggregates = rollUps.map((one, index) => sql`${aggregate(one)} as ${shareName(index)}`)
  const key = sql`${childAlias}.${foreignKey.name}`
  return sql`select ${joinSql([sql`${key} as ${parentId}`, ...aggregates])} from ${child.table} as ${childAlias} where ${where} and ${key} is not null and not ${childAlias}.${deletedColumn} group by ${key}`
}

function chosenChildren(dialect: Dialect): Sql {
  return sql`${childAlias}.${idColumn} in ${idList('ids', dialect)}`
}

/** What the children of the hole `ids` give now: `parent_id` and `share0` … as texts. */
export function compileShares(relation: RollUpRelation, dialect: Dialect): Sql {
  const texts = relation.rollUps.map(
    (_one, index) => sql`cast(s.${shareName(index)} as text) as ${shareName(index)}`,
  )
  return sql`select ${joinSql([sql`s.${parentId}`, ...texts])} from (${shares(relation, chosenChildren(dialect))}) as s`
}

/** Rows of the hole `shares`: a parent, what its changed children give now, and what they gave before. */
function givenShares({ rollUps }: RollUpRelation, dialect: Dialect): Sql {
  const columns: RowColumn[] = [
    { name: parentId, kind: { kind: 'id' } },
    ...rollUps.map((one, index) => ({ name: shareName(index), kind: shareKind(one) })),
    ...rollUps.map((one, index) => ({ name: formerName(index), kind: shareKind(one) })),
  ]
  const values = rollUps.flatMap((one, index) => {
    const [now, former] = [sql`r.${shareName(index)}`, sql`r.${formerName(index)}`]
    if (isExtreme(one))
      return [sql`${now} as ${shareName(index)}`, sql`${former} as ${formerName(index)}`]
    return [sql`coalesce(${now}, 0) - coalesce(${former}, 0) as ${shareName(index)}`]
  })
  return sql`select r.${parentId}, ${joinSql(values)} from ${dialect.rows(sql`${hole('shares')}`, columns)} as r`
}

interface Change {
  readonly value: Sql
  /** True where the value moves. */
  readonly moves: Sql
}

export interface ApplyOptions {
  readonly dialect: Dialect
  /** `new`: the children of the hole `ids` gave nothing before; `changed`: the hole `shares` says what they give and gave. */
  readonly children: 'new' | 'changed'
}

/**
 * Brings the parents of changed children up to date. Gives the `id` of each parent that changed; `over0` … are 1 where
 * a number got too long.
 */
export function compileApply(relation: RollUpRelation, options: ApplyOptions): Sql {
  const { parent, rollUps } = relation
  const { dialect } = options
  const withFormer = options.children === 'changed'
  const changes = rollUps.map((one, index) =>
    isExtreme(one)
      ? extreme(relation, one, { index, withFormer })
      : total(relation, one, { index, dialect }),
  )
  const sets = rollUps.map(
    ({ column }, index) => sql`${column.name} = ${changes[index]?.value ?? sql``}`,
  )
  const stamped = sql`${stamp} = ${dialect.cast({ kind: 'instant' }, sql`${hole('now')}`)}`
  const moves = joinSql(
    changes.map((change) => sql`(${change.moves})`),
    sql` or `,
  )
  const by = withFormer ? givenShares(relation, dialect) : shares(relation, chosenChildren(dialect))
  return sql`update ${parent.table} set ${joinSql([...sets, stamped])} from (${by}) as d where ${parent.table}.${idColumn} = d.${parentId} and (${moves}) returning ${returned(relation)}`
}

function returned({ parent, rollUps }: RollUpRelation): Sql {
  const over = rollUps.flatMap((one, index) => {
    if (isExtreme(one)) return []
    const isOver = sql`case when ${parent.table}.${one.column.name} is null then 1 else 0 end`
    return [sql`${isOver} as ${identifier(`over${index}`)}`]
  })
  return joinSql([sql`${parent.table}.${idColumn} as id`, ...over])
}

/** Counts and sums: null where the result is longer than the column, which the caller refuses. */
function total(
  { parent }: RollUpRelation,
  { column }: RollUp,
  { index, dialect }: { readonly index: number; readonly dialect: Dialect },
): Change {
  const share = sql`d.${shareName(index)}`
  const sum = sql`(coalesce(${parent.table}.${column.name}, 0) + ${share})`
  return { value: withinColumn(sum, column, dialect), moves: sql`${share} <> 0` }
}

function withinColumn(value: Sql, { kind }: Column, dialect: Dialect): Sql {
  if (kind.kind !== 'decimal') throw new Error('a total is a decimal')
  const { precision, scale } = kind
  const digits = '9'.repeat(precision)
  const largest = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return sql`case when abs(${value}) <= ${dialect.bound(kind, largest)} then ${value} end`
}

/**
 * The least and greatest: a better value replaces the stored one; only where the stored one may have gone are all
 * children of the parent looked at.
 */
function extreme(
  relation: RollUpRelation,
  one: RollUp,
  { index, withFormer }: { readonly index: number; readonly withFormer: boolean },
): Change {
  const { parent } = relation
  const better = one.operation === 'min' ? sql`<` : sql`>`
  const stored = sql`${parent.table}.${one.column.name}`
  const share = sql`d.${shareName(index)}`
  const improved = sql`(${share} is not null and (${stored} is null or ${share} ${better} ${stored}))`
  const merged = sql`case when ${improved} then ${share} else ${stored} end`
  if (!withFormer) return { value: merged, moves: improved }
  const former = sql`d.${formerName(index)}`
  const left = sql`(${former} is not null and (${stored} is null or not ${stored} ${better} ${former}) and (${share} is null or ${former} ${better} ${share}))`
  return {
    value: sql`case when ${left} then (${ofParent(relation, one)}) else ${merged} end`,
    moves: sql`${improved} or ${left}`,
  }
}

/** One summary over all living children of the parent at hand. */
function ofParent({ child, foreignKey, parent }: RollUpRelation, one: RollUp): Sql {
  return sql`select ${aggregate(one)} from ${child.table} as ${childAlias} where ${childAlias}.${foreignKey.name} = ${parent.table}.${idColumn} and not ${childAlias}.${deletedColumn}`
}

/** What the parents of the hole `ids` should hold, from all their children: `parent_id`, `share0` …. */
function wanted(relation: RollUpRelation, dialect: Dialect): Sql {
  const { parent, foreignKey, rollUps } = relation
  const values = rollUps.map((one, index) => {
    const share = sql`s.${shareName(index)}`
    return sql`${isExtreme(one) ? share : sql`coalesce(${share}, 0)`} as ${shareName(index)}`
  })
  const ofChildren = shares(
    relation,
    sql`${childAlias}.${foreignKey.name} in ${idList('ids', dialect)}`,
  )
  return sql`select p.${idColumn} as ${parentId}, ${joinSql(values)} from ${parent.table} as p left join (${ofChildren}) as s on s.${parentId} = p.${idColumn} where p.${idColumn} in ${idList('ids', dialect)}`
}

function differs({ parent, rollUps }: RollUpRelation): Sql {
  const each = rollUps.map(
    ({ column }, index) =>
      sql`${parent.table}.${column.name} is distinct from d.${shareName(index)}`,
  )
  return sql`(${joinSql(each, sql` or `)})`
}

/** Computes the parents of the hole `ids` anew; gives the `id` of those that were different. */
export function compileRecompute(relation: RollUpRelation, dialect: Dialect): Sql {
  const { parent, rollUps } = relation
  const sets = rollUps.map((one, index) => {
    const share = sql`d.${shareName(index)}`
    const value = isExtreme(one) ? share : withinColumn(share, one.column, dialect)
    return sql`${one.column.name} = ${value}`
  })
  return sql`update ${parent.table} set ${joinSql(sets)} from (${wanted(relation, dialect)}) as d where ${parent.table}.${idColumn} = d.${parentId} and ${differs(relation)} returning ${returned(relation)}`
}

/** Parents of the hole `ids` whose stored value is another than the computed one: `id`, and both as texts. */
export function compileDifferences(relation: RollUpRelation, dialect: Dialect): Sql {
  const { parent, rollUps } = relation
  const both = rollUps.flatMap(({ column }, index) => [
    sql`cast(${parent.table}.${column.name} as text) as ${identifier(`stored${index}`)}`,
    sql`cast(d.${shareName(index)} as text) as ${shareName(index)}`,
  ])
  return sql`select ${joinSql([sql`${parent.table}.${idColumn} as id`, ...both])} from ${parent.table} join (${wanted(relation, dialect)}) as d on ${parent.table}.${idColumn} = d.${parentId} where ${differs(relation)} order by ${parent.table}.${idColumn}`
}

export interface NextParents {
  readonly dialect: Dialect
  readonly max: Sql
  readonly lock: boolean
  /** Ids of children, as a query: their parents alone. */
  readonly of?: Sql | undefined
}

/** The ids of the next parents in order, locked until the commit when they are about to be changed. */
export function compileNextParents(
  { parent, child, foreignKey }: Pick<RollUpRelation, 'parent' | 'child' | 'foreignKey'>,
  { dialect, max, lock, of }: NextParents,
): Sql {
  const after = dialect.cast({ kind: 'id' }, sql`${hole('after')}`)
  const chosen =
    of === undefined
      ? sql``
      : sql` and ${idColumn} in (select ${childAlias}.${foreignKey.name} from ${child.table} as ${childAlias} where ${childAlias}.${idColumn} in (${of}))`
  return sql`select ${idColumn} as id from ${parent.table} where ${idColumn} > ${after}${chosen} order by ${idColumn} limit ${max}${lock ? dialect.lockRowsToChange : sql``}`
}
