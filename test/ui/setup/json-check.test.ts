import { describe, expect, it } from 'vitest'
import { formatJson, readJsonText } from '../../../ui/setup/json-check.ts'

describe('readJsonText', () => {
  it('gives the value of good text', () => {
    expect(readJsonText('{ "a": [1, true, null] }')).toEqual({
      faults: [],
      value: { a: [1, true, null] },
    })
  })

  it('says line and column of a missing comma', () => {
    const { faults } = readJsonText('{\n  "a": 1\n  "b": 2\n}')
    expect(faults[0]).toMatchObject({ code: 'CommaExpected', line: 3, column: 3 })
  })

  it.each([
    ['', 'ValueExpected'],
    ['{ "a": 1, }', 'PropertyNameExpected'],
    ['{ "a": 1 // why\n}', 'InvalidCommentToken'],
    ['{} {}', 'EndOfFileExpected'],
  ])('%j is refused with %s', (text, code) => {
    expect(readJsonText(text).faults.map((fault) => fault.code)).toContain(code)
  })

  it('finds a key given twice in one object, not the same key in two', () => {
    const { faults } = readJsonText('{ "a": { "b": 1 }, "c": { "b": 1 }, "a": 2 }')
    expect(faults).toMatchObject([{ code: 'DuplicateKey', key: 'a', column: 37 }])
  })

  it('takes __proto__ for a key like any other', () => {
    expect(readJsonText('{ "__proto__": 1, "__proto__": 2 }').faults).toMatchObject([
      { code: 'DuplicateKey', key: '__proto__' },
    ])
  })

  it('reads back what it formats', () => {
    const value = { b: 1, a: ['ä'] }
    expect(readJsonText(formatJson(value))).toEqual({ faults: [], value })
  })
})
