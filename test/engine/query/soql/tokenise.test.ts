/** Tokens of a query: kinds, escapes and positions. */
import { describe, expect, it } from 'vitest'
import { malformed, positionAt, tokenise } from '../../../../engine/query/soql/tokenise.ts'
import { refusalOf } from '../planning.ts'

function kinds(text: string): readonly (readonly [string, string])[] {
  return tokenise(text).map((token) => [token.kind, token.text] as const)
}

describe('tokenise', () => {
  it.each([
    ['Account.Owner.Name', 'name', 'Account.Owner.Name'],
    ['My_Field__c', 'name', 'My_Field__c'],
    ['LAST_N_DAYS:3', 'name', 'LAST_N_DAYS:3'],
    ["'it''s'", 'string', 'it'],
    ["'a\\'b'", 'string', "a'b"],
    ["'\\u00e4\\n\\t\\\\'", 'string', 'ä\n\t\\'],
    ["'100\\%'", 'string', '100%'],
    ['12', 'number', '12'],
    ['-12.50', 'number', '-12.50'],
    ['.5', 'number', '.5'],
    ['1e5', 'number', '1e5'],
    ['2026-11-22', 'date', '2026-11-22'],
    ['2026-11-22T09:30:00Z', 'datetime', '2026-11-22T09:30:00Z'],
    ['2026-11-22T09:30:00.123+05:30', 'datetime', '2026-11-22T09:30:00.123+05:30'],
    ['<=', 'symbol', '<='],
    ['<>', 'symbol', '<>'],
  ])('reads %s as a %s', (text, kind, value) => {
    expect(kinds(text)[0]).toEqual([kind, value])
  })

  it.each([
    ["'50%'", '50%', '50%'],
    ["'50\\%'", '50%', '50\\%'],
    ["'a\\_b'", 'a_b', 'a\\_b'],
    ["'a\\\\%'", 'a\\%', 'a\\\\%'],
    ["'\\u0025%'", '%%', '\\%%'],
    ["'\\''", "'", "'"],
  ])('%s is a value, and a pattern that keeps its escapes', (text, value, pattern) => {
    expect(tokenise(text)[0]).toMatchObject({ text: value, pattern })
  })

  it('ends with a token of its own, where the text ends', () => {
    expect(tokenise(' a ').at(-1)).toEqual({ kind: 'end', text: '', word: '', offset: 3 })
  })

  it('keeps the offset of each token', () => {
    expect(tokenise('select  Id\nfrom A').map((token) => token.offset)).toEqual([0, 8, 11, 16, 17])
  })

  it.each([
    ["'open", 'a string is not closed'],
    ["'bad \\q'", 'unknown escape'],
    ["'\\u12'", 'unknown escape'],
    ['a;b', 'unexpected character'],
    ['a -- b', 'unexpected character'],
    ['/* */', 'unexpected character'],
    ['a.', 'unexpected character'],
    ['.a', 'unexpected character'],
    ['"a"', 'unexpected character'],
    ['`a`', 'unexpected character'],
    ['12abc', 'unexpected character'],
    ['\u0000', 'unexpected character'],
    ['naïve', 'unexpected character'],
  ])('refuses %j', (text, reason) => {
    const error = refusalOf(() => tokenise(text))
    expect(error.code).toBe('MALFORMED_QUERY')
    expect(error.message).toContain(reason)
  })
})

describe('positions', () => {
  it('count lines and columns from one', () => {
    expect(positionAt('a\nbc\nd', 0)).toEqual({ line: 1, column: 1 })
    expect(positionAt('a\nbc\nd', 3)).toEqual({ line: 2, column: 2 })
    expect(positionAt('a\nbc\nd', 6)).toEqual({ line: 3, column: 2 })
  })

  it('stand in the refusal with the text nearby', () => {
    expect(malformed('select\n  !', 9, 'unexpected').message).toBe(
      "unexpected near '!' (line 2, column 3)",
    )
    expect(malformed('select', 6, 'expected a field').message).toBe(
      'expected a field at the end (line 1, column 7)',
    )
  })
})
