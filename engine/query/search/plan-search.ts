/** What a search demands of the records of one object: words in fields that the caller may read, the best matches first. */
import type { ObjectModel } from '../../model/model.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { identifier, sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { escapeWildcards } from '../like-pattern.ts'
import { plannedColumn } from '../planned-column.ts'
import type { PlanReadOptions } from '../plan-read.ts'
import type { PlannedOrder } from '../read-plan.ts'
import { maySee, type Gate } from '../resolve.ts'
import { rowPredicate } from '../rows/row-predicate.ts'
import type { TableSet } from '../table-set.ts'
import { matchesSql, matchSql, type IndexedColumn } from './match-sql.ts'
import type { SearchNode, SearchTerms } from './search-terms.ts'
import { searchFields, type SearchField, type SearchGroup } from './searchable-fields.ts'

/** The fields in which the caller may look; none where nothing of the object can be searched. */
export function readableFields(
  gate: Gate,
  object: ObjectModel,
  { group, indexed }: { readonly group: SearchGroup; readonly indexed: ReadonlySet<string> },
): readonly SearchField[] {
  return searchFields(object)
    .filter((one) => indexed.has(one.column.name) && maySee(gate, one.field))
    .filter((one) => group === 'ALL' || one.group === group)
}

export interface ObjectSearch {
  readonly terms: SearchTerms
  /** The same before words like the ones asked for were added; where none were, its node itself. */
  readonly asked: SearchNode
  readonly fields: readonly SearchField[]
}

export function searchOptions(
  gate: Gate,
  object: ObjectModel,
  search: ObjectSearch,
): Pick<PlanReadOptions, 'within' | 'ranked'> {
  const { terms, fields } = search
  return {
    within: ({ tables }) => ({
      kind: 'expression',
      expression: (dialect) => {
        const { alias } = tables.root
        const place = { access: gate.access, object, alias, dialect }
        const isClosed = rowPredicate({ ...place, right: 'read' }) !== undefined
        const asked = { columns: fields, node: terms.node, isClosed }
        const found = matchSql({ object, alias }, asked, dialect)
        const isId = terms.id !== undefined && terms.id.startsWith(object.keyPrefix)
        if (!isId) return found
        return sql`(${found} or ${alias}.${key} = ${textLiteral(terms.id)})`
      },
    }),
    ranked: (tables) => ranks(gate, tables, search),
  }
}

const key = identifier('Id')

/** The name itself, names that begin so, names with the words, other fields, words like them; then what was changed last. */
function ranks(gate: Gate, tables: TableSet, search: ObjectSearch): readonly PlannedOrder[] {
  const { root } = tables
  const modified = root.object.fieldsByName.get('lastmodifieddate')
  const order = { descending: false, nulls: 'last', mayBeEmpty: false } as const
  const expression = (dialect: Dialect): Sql => rankSql({ gate, tables, search }, dialect)
  const rank = { expression, key: 'search rank', kind: { kind: 'integer' } } as const
  const found: PlannedOrder[] = [{ ...order, column: rank }]
  if (modified !== undefined) {
    const column = plannedColumn(tables, root, { field: modified, part: '' })
    found.push({ ...order, descending: true, column })
  }
  return found
}

interface RankPlace {
  readonly gate: Gate
  readonly tables: TableSet
  readonly search: ObjectSearch
}

function rankSql({ gate, tables, search }: RankPlace, dialect: Dialect): Sql {
  const { object, alias } = tables.root
  const matches = (columns: readonly IndexedColumn[], node: SearchNode): Sql =>
    matchesSql({ object, alias }, { columns, node }, dialect)
  const { asked, terms, fields } = search
  const cases: Sql[] = []
  const { nameField } = object
  const name = nameField.columns.get('folded')?.name
  if (name !== undefined && maySee(gate, nameField)) {
    const kind = { kind: 'text' } as const
    const column = sql`${alias}.${name}`
    const begins = dialect.bound(kind, `${escapeWildcards(terms.name)}%`)
    cases.push(sql`when ${column} = ${dialect.bound(kind, terms.name)} then 0`)
    cases.push(sql`when ${dialect.like(column, begins)} then 1`)
  }
  const names = fields.filter(({ group }) => group === 'NAME')
  const exact = wholeWords(asked)
  if (names.length > 0) cases.push(sql`when ${matches(names, exact)} then 2`)
  if (names.length > 0 && exact !== asked) cases.push(sql`when ${matches(names, asked)} then 3`)
  if (exact !== asked) cases.push(sql`when ${matches(fields, exact)} then 4`)
  if (asked !== terms.node) cases.push(sql`when ${matches(fields, asked)} then 5`)
  if (cases.length === 0) return sql`6`
  return sql`(case ${cases.reduce((all, one) => sql`${all} ${one}`)} else 6 end)`
}

/** The same search without its stars; itself where it has none. */
function wholeWords(node: SearchNode): SearchNode {
  if (node.kind === 'term') {
    if (!node.any.some(({ prefix }) => prefix)) return node
    return { ...node, any: node.any.map((atom) => ({ ...atom, prefix: false })) }
  }
  const items = node.items.map(wholeWords)
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items }
}
