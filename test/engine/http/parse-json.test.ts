/** JSON from outside: what JavaScript's own parser would guess is refused. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { Refusal } from '../../../engine/base/refusal.ts'
import { parseJson, parseJsonObject } from '../../../engine/http/parse-json.ts'

function codeOf(text: string): string {
  try {
    parseJson(text)
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error)
  }
  return 'taken'
}

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

describe('parseJson', () => {
  it('gives what was written', () => {
    const text = '{"a":[1,-2.5,true,null,"x\\"y:{"],"b":{"c":"ü😀"}}'
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  it.each([
    ['malformed text', '{"a":}'],
    ['an empty text', ''],
    ['a key that stands twice', '{"a":1,"a":2}'],
    ['a key that stands twice further in', '{"x":[{"a":1,"b":2,"a":3}]}'],
    ['more levels than the limit', nested(limits.jsonDepthMax + 1)],
    ['a hundred thousand levels', nested(100_000)],
    ['a million levels that never close', '['.repeat(1_000_000)],
    ['half of a surrogate pair', '"\\ud800"'],
    ['half of a surrogate pair in a key', '{"\\udc00":1}'],
    ['half of a surrogate pair that is written out', '"\ud800"'],
    ['NUL', '"a\\u0000b"'],
    ['a number that a double would bend', '9007199254740993'],
    ['a decimal that a double would bend', '1234567890.12345678901'],
    ['a number beyond all doubles', '1e400'],
    ['a number of ten thousand digits', '1'.repeat(10_000)],
  ])('refuses %s', (_name, text) => {
    expect(codeOf(text)).toBe('JSON_PARSER_ERROR')
  })

  it.each([
    ['as many levels as the limit', nested(limits.jsonDepthMax)],
    ['the shortest form of a double', '0.30000000000000004'],
    ['the greatest safe integer', '9007199254740991'],
    ['a number with an exponent', '1.5e3'],
    ['colons and brackets within texts', '{"a":"}}]]::{{[["}'],
    ['keys that are equal but for case', '{"a":1,"A":2}'],
  ])('takes %s', (_name, text) => {
    expect(codeOf(text)).toBe('taken')
  })

  it('refuses masses of values before it takes them apart', () => {
    const list = (count: number): string => `[${'1,'.repeat(count - 1)}1]`
    const record = (count: number): string =>
      `{${Array.from({ length: count }, (_none, index) => `"k${index}":[]`).join(',')}}`
    expect(codeOf(list(limits.jsonValuesMax))).toBe('LIMIT_EXCEEDED')
    expect(codeOf(list(5_000_000))).toBe('LIMIT_EXCEEDED')
    expect(codeOf(record(limits.jsonValuesMax / 2))).toBe('LIMIT_EXCEEDED')
    expect(codeOf(list(limits.jsonValuesMax - 2))).toBe('taken')
  })

  it('refuses the key __proto__ at every level and leaves prototypes alone', () => {
    for (const text of ['{"__proto__":{"x":1}}', '[{"a":{"__proto__":null}}]']) {
      expect(codeOf(text)).toBe('INVALID_FIELD')
    }
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('keeps constructor and prototype as names like any other', () => {
    const body = parseJsonObject('{"constructor":{"prototype":1},"prototype":2}')
    expect([...body.keys()]).toEqual(['constructor', 'prototype'])
  })
})

describe('parseJsonObject', () => {
  it.each(['[]', '1', '"a"', 'null'])('refuses %s', (text) => {
    expect(() => parseJsonObject(text)).toThrow(Refusal)
  })
})
