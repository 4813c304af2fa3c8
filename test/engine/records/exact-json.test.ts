/** Long numbers come through JavaScript digit by digit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editJson, parseExactly } from '../../../engine/records/exact-json.ts'

describe('editJson', () => {
  it('keeps numbers as they were written', () => {
    const json = '[{"a":12.50,"b":1234567890123456.78,"c":-0.000001,"d":1e21,"e":"x"}]'
    expect(editJson(json, () => undefined)).toBe(json)
  })

  it('lets texts be changed', () => {
    const edited = editJson('[{"a":"secret","n":123456789012345678}]', (value) => {
      Reflect.set((value as object[])[0] ?? {}, 'a', 'open')
    })
    expect(edited).toBe('[{"a":"open","n":123456789012345678}]')
  })

  it.each([
    '{"a":"123"}',
    '{"a":"\\"123\\""}',
    '{"a":"\\\\u0000123"}',
    '{"a":"x\\\\\\"5,6\\\\"}',
    '{"12":34,"a b":[1,[2],{"c":3}],"d":true,"e":null}',
  ])('does not take a text for a number: %s', (json) => {
    expect(editJson(json, () => undefined)).toBe(json)
  })

  it('leaves any JSON as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value)
        // Stored texts hold no NUL.
        fc.pre(!json.includes('\\u0000'))
        expect(editJson(json, () => undefined)).toBe(json)
      }),
      { numRuns: 300 },
    )
  })

  it('takes long texts', () => {
    const json = JSON.stringify({ a: 'x"\\'.repeat(300_000), n: 1 })
    expect(editJson(json, () => undefined)).toBe(json)
  })
})

describe('parseExactly', () => {
  it('gives numbers, and texts where a double would bend them', () => {
    expect(
      parseExactly('[1,12.50,-3,123456789012345,1234567890123456,"7",0.1234567890123456]'),
    ).toEqual([1, 12.5, -3, 123456789012345, '1234567890123456', '7', '0.1234567890123456'])
  })
})
