/** The cursor over the tokens takes what fits and says where something else stands. */
import { describe, expect, it } from 'vitest'
import { TokenReader } from '../../../../engine/query/soql/token-reader.ts'
import { refusalOf } from '../planning.ts'

describe('TokenReader', () => {
  it('takes words in any letter case', () => {
    const reader = new TokenReader('SeLeCt Id')
    expect(reader.takeWord('select')).toBe(true)
    expect(reader.takeWord('select')).toBe(false)
    expect(reader.expectName('a field')).toBe('Id')
    reader.expectEnd()
  })

  it.each([
    ['= 1', '='],
    ['<> 1', '!='],
    ['!= 1', '!='],
    ['LIKE x', 'like'],
    ['in (1)', 'in'],
    ['NOT IN (1)', 'not in'],
    ['includes (1)', 'includes'],
    ['Excludes (1)', 'excludes'],
  ])('reads the operator of %s', (text, operator) => {
    expect(new TokenReader(text).expectOperator()).toBe(operator)
  })

  it.each(["'like' 1", "'in' (1)", 'not 1', ', 1', '', '5'])(
    'takes no operator from %j',
    (text) => {
      expect(refusalOf(() => new TokenReader(text).expectOperator()).message).toContain(
        'expected an operator',
      )
    },
  )

  it('takes a count as a whole number that is not negative', () => {
    expect(new TokenReader('200').expectCount()).toBe(200)
    for (const text of ['-1', '1.5', '1e3', '+4', "'4'", 'x', '', '12345678901']) {
      expect(refusalOf(() => new TokenReader(text).expectCount()).code).toBe('MALFORMED_QUERY')
    }
  })

  it('stays at the end however often it is asked to go on', () => {
    const reader = new TokenReader('a')
    for (let turn = 0; turn < 5; turn++) reader.next()
    expect(reader.next().kind).toBe('end')
  })

  it('says where it stands', () => {
    const reader = new TokenReader('a\n  b')
    reader.skip(1)
    expect(reader.offset()).toBe(4)
    expect(reader.refusal('expected c').message).toBe("expected c near 'b' (line 2, column 3)")
  })
})
