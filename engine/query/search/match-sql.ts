/** Search terms → the condition that the search index of an object answers. */
import { limits } from '../../base/limits.ts'
import type { ObjectModel } from '../../model/model.ts'
import type { Dialect } from '../../sql/dialect.ts'
import {
  identifier,
  integerLiteral,
  joinSql,
  sql,
  textLiteral,
  type Identifier,
  type Sql,
} from '../../sql/sql.ts'
import { phoneWords } from './phone-digits.ts'
import type { SearchAtom, SearchNode } from './search-terms.ts'

/** A column of a search index. */
export interface IndexedColumn {
  readonly column: Identifier
  readonly isPhone: boolean
}

/** The full-text table (SQLite) or the index (PostgreSQL) beside an object's table. */
export function searchIndexName(table: string): Identifier {
  const name = `fs_f_${table}`
  return identifier(name.slice(0, 63))
}

const key = identifier('Id')
const rowid = identifier('rowid')

export interface MatchPlace {
  readonly object: ObjectModel
  readonly alias: Identifier
}

export interface MatchAsked {
  readonly columns: readonly IndexedColumn[]
  readonly node: SearchNode
  /** Not all records are open to the caller: those that are not must not take the place of others. */
  readonly isClosed?: boolean
}

/** True for records of the aliased table of which one of the columns holds each of the words; of very many, the newest. */
export function matchSql({ object, alias }: MatchPlace, asked: MatchAsked, dialect: Dialect): Sql {
  const most =
    asked.isClosed === true ? sql`` : sql` limit ${integerLiteral(limits.searchMatchesMax)}`
  if (dialect.name === 'sqlite') {
    const index = searchIndexName(object.table.name)
    const query = fullTextQuery(asked)
    return sql`${alias}.${rowid} in (select ${rowid} from ${index} where ${index} match ${query} order by ${rowid} desc${most})`
  }
  const inner = identifier('s')
  const found = nodeSql(inner, asked)
  return sql`${alias}.${key} in (select ${inner}.${key} from ${object.table} as ${inner} where ${found}${most})`
}

/** The same of a record that is at hand, to tell the better matches from the others. */
export function matchesSql(place: MatchPlace, asked: MatchAsked, dialect: Dialect): Sql {
  if (dialect.name === 'sqlite') return matchSql(place, { ...asked, isClosed: true }, dialect)
  return nodeSql(place.alias, asked)
}

function fullTextQuery({ columns, node }: MatchAsked): string {
  return `{${columns.map(({ column }) => `"${column.name}"`).join(' ')}} : (${nodeText(node)})`
}

function nodeText(node: SearchNode): string {
  if (node.kind === 'term') return node.any.map(atomText).join(' OR ')
  const items = node.items.map((item) => `(${nodeText(item)})`)
  if (node.kind === 'any') return items.join(' OR ')
  const unwanted = node.none.map((item) => ` NOT (${nodeText(item)})`)
  return `(${items.join(' AND ')})${unwanted.join('')}`
}

function atomText({ words, prefix }: SearchAtom): string {
  return `"${words.join(' ')}"${prefix ? ' *' : ''}`
}

function nodeSql(alias: Identifier, { columns, node }: MatchAsked): Sql {
  if (node.kind === 'term') {
    const asked = sql`${node.any.map(atomLexemes).join(' | ')}::text::tsquery`
    const found = columns.map((one) => sql`${indexedWords(one, alias)} @@ ${asked}`)
    return sql`(${joinSql(found, sql` or `)})`
  }
  const items = node.items.map((item) => nodeSql(alias, { columns, node: item }))
  if (node.kind === 'any') return sql`(${joinSql(items, sql` or `)})`
  const unwanted = node.none.map((item) => sql`not ${nodeSql(alias, { columns, node: item })}`)
  return sql`(${joinSql([...items, ...unwanted], sql` and `)})`
}

function atomLexemes({ words, prefix }: SearchAtom): string {
  const last = words.length - 1
  const lexemes = words.map((word, index) => `'${word}'${prefix && index === last ? ':*' : ''}`)
  return words.length > 1 ? `(${lexemes.join(' <-> ')})` : lexemes.join('')
}

/** What of a column is indexed, before it is taken apart into words. */
export function indexedText({ column, isPhone }: IndexedColumn, alias?: Identifier): Sql {
  const stored = alias === undefined ? sql`${column}` : sql`${alias}.${column}`
  return isPhone ? phoneWords(stored) : stored
}

/** Whatever is no letter and no digit, as SQLite's tokeniser sees it. */
const marks = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~«»„“”‚‘’–—…·¡¿§'

/** The words of a column on PostgreSQL; the index is over just this expression. */
export function indexedWords(one: IndexedColumn, alias?: Identifier): Sql {
  const blanks = textLiteral(' '.repeat([...marks].length))
  const text = sql`translate(coalesce(${indexedText(one, alias)}, ''), ${textLiteral(marks)}, ${blanks})`
  return sql`to_tsvector('simple'::regconfig, ${text})`
}
