/** The template lets no text in but its own. */
import { describe, expect, test } from 'vitest'
import {
  bind,
  filledIn,
  hole,
  identifier,
  integerLiteral,
  joinSql,
  render,
  sameSql,
  settled,
  sql,
  textLiteral,
  usesOf,
} from '../../../engine/sql/sql.ts'
import { sqliteDialect } from '../../../engine/sql/sqlite-dialect.ts'
import { postgresDialect } from '../../../engine/sql/postgres-dialect.ts'

describe('sql', () => {
  test('binds what is put in, and spells names and places as the database wants', () => {
    const query = sql`select ${identifier('Name')} from t where a = ${"x' or 1=1"} and b = ${2}`
    expect(render(query, sqliteDialect).text).toBe('select `Name` from t where a = ?1 and b = ?2')
    expect(render(query, postgresDialect).text).toBe('select "Name" from t where a = $1 and b = $2')
    expect(bind(render(query, sqliteDialect))).toEqual(["x' or 1=1", 2])
  })

  test('takes other pieces into itself', () => {
    const query = sql`a in (${joinSql([sql`${1}`, sql`${2}`])})`
    expect(render(query, sqliteDialect).text).toBe('a in (?1, ?2)')
  })

  test('is settled once for many statements: one text, but for its values and the name left open', () => {
    const [row, column] = [identifier('any_row'), identifier('Name')]
    const query = sql`(${sql`${row}.${column}`} = ${hole('caller')} or ${row}.${column} = ${1})`
    for (const dialect of [sqliteDialect, postgresDialect]) {
      const kept = settled(query, dialect, row)
      expect(kept.size).toBe(9)
      for (const name of ['t0', 't1']) {
        const filled = filledIn(kept, row, identifier(name))
        const plain = sql`(${identifier(name)}.${column} = ${hole('caller')} or ${identifier(name)}.${column} = ${1})`
        expect(render(filled, dialect)).toEqual(render(plain, dialect))
      }
    }
    expect(settled(sql``, sqliteDialect, row).parts).toEqual([])
  })

  test('knows how long it gets, how often a name stands in it, and what is made the same way', () => {
    const name = identifier('v')
    const twice = sql`${name} + ${name}`
    const nested = sql`(${twice}) * (${twice})`
    expect([twice.size, nested.size]).toEqual([3, 9])
    expect(usesOf(name, nested)).toBe(4)
    expect(usesOf(identifier('w'), nested)).toBe(0)
    expect(sameSql(sql`(${twice}) = ${1}`, sql`(${sql`${name} + ${name}`}) = ${1}`)).toBe(true)
    expect(sameSql(sql`(${twice}) = ${1}`, sql`(${twice}) = ${2}`)).toBe(false)
  })

  test('leaves holes open until the statement runs', () => {
    const statement = render(sql`${hole('a')} ${1} ${hole('b')} ${hole('a')}`, sqliteDialect)
    expect(statement.text).toBe('?1 ?2 ?3 ?1')
    expect(bind(statement, { a: 'x', b: null })).toEqual(['x', 1, null])
    expect(() => bind(statement, { a: 'x' })).toThrow('no value for hole b')
  })
})

test.each(['', '1a', 'a b', 'a"b', 'a`b', 'a;--', 'ä', 'a'.repeat(64)])(
  '%j is no identifier',
  (name) => {
    expect(() => identifier(name)).toThrow('not an identifier')
  },
)

test('a text literal doubles its quotes and refuses NUL', () => {
  expect(render(textLiteral("it's"), sqliteDialect).text).toBe("'it''s'")
  expect(() => textLiteral('a\0')).toThrow('NUL')
})

test('an integer literal is exact', () => {
  expect(render(integerLiteral(10n ** 18n), sqliteDialect).text).toBe('1000000000000000000')
  expect(() => integerLiteral(1.5)).toThrow('not an integer')
  expect(() => integerLiteral(1e18)).toThrow('not an integer')
})
