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
import type { SearchTerm, SearchTerms } from './search-terms.ts'

/** The full-text table (SQLite) or the index (PostgreSQL) beside an object's table. */
export function searchIndexName(table: string): Identifier {
  const name = `fs_f_${table}`
  return identifier(name.slice(0, 63))
}

const key = identifier('Id')
const rowid = identifier('rowid')

export interface AskedMatch {
  readonly columns: readonly Identifier[]
  readonly terms: SearchTerms
  /** All records are open to the caller. If not, those that are not must not take the place of others. */
  readonly isOpen: boolean
}

/** True for records of the aliased table of which one of the columns holds each of the words; of very many, the newest. */
export function matchSql(
  { object, alias }: { readonly object: ObjectModel; readonly alias: Identifier },
  given: AskedMatch,
  dialect: Dialect,
): Sql {
  const most = given.isOpen ? sql` limit ${integerLiteral(limits.searchMatchesMax)}` : sql``
  if (dialect.name === 'sqlite') {
    const index = searchIndexName(object.table.name)
    const asked = fullTextQuery(given.columns, given.terms)
    return sql`${alias}.${rowid} in (select ${rowid} from ${index} where ${index} match ${asked} order by ${rowid} desc${most})`
  }
  const inner = identifier('s')
  const met = given.terms.map((row) => joinSql(row.map(termSql(inner, given.columns)), sql` and `))
  const any = joinSql(
    met.map((one) => sql`(${one})`),
    sql` or `,
  )
  return sql`${alias}.${key} in (select ${inner}.${key} from ${object.table} as ${inner} where ${any}${most})`
}

function fullTextQuery(columns: readonly Identifier[], terms: SearchTerms): string {
  const within = `{${columns.map(({ name }) => `"${name}"`).join(' ')}} : `
  const print = ({ word, prefix }: SearchTerm): string => `${within}"${word}"${prefix ? ' *' : ''}`
  const rows = terms.map((row) => {
    const wanted = row.filter((term) => !term.negated).map(print)
    const unwanted = row.filter((term) => term.negated).map((term) => ` NOT (${print(term)})`)
    return `((${wanted.map((one) => `(${one})`).join(' AND ')})${unwanted.join('')})`
  })
  return rows.join(' OR ')
}

function termSql(alias: Identifier, columns: readonly Identifier[]): (term: SearchTerm) => Sql {
  return ({ word, prefix, negated }) => {
    const asked = sql`${`'${word}'${prefix ? ':*' : ''}`}::text::tsquery`
    const found = joinSql(
      columns.map((column) => sql`${wordsOf(sql`${alias}.${column}`)} @@ ${asked}`),
      sql` or `,
    )
    return negated ? sql`not (${found})` : sql`(${found})`
  }
}

/** Whatever is no letter and no digit, as SQLite's tokeniser sees it. */
const marks = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~«»„“”‚‘’–—…·¡¿§'

/** The words of a folded text on PostgreSQL; the index is over just this expression. */
export function wordsOf(column: Sql): Sql {
  const blanks = textLiteral(' '.repeat([...marks].length))
  return sql`to_tsvector('simple'::regconfig, translate(coalesce(${column}, ''), ${textLiteral(marks)}, ${blanks}))`
}
