import { inEnglish } from '../../../../engine/base/message.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../../../engine/model/source/read-json.ts'

function faultsOf(text: string): readonly string[] {
  const reading = readJson(text)
  return 'faults' in reading
    ? reading.faults.map((one) => `${one.offset} ${inEnglish(one.reason)}`)
    : []
}

const clean = fc.jsonValue({ maxDepth: 5 }).filter((value) => {
  const text = JSON.stringify(value)
  return !/[^\x20-\x7e]|\\u|\\[bf]|__proto__|constructor|prototype/.test(text)
})

describe('readJson', () => {
  it('gives what the built-in parser gives', () => {
    fc.assert(
      fc.property(clean, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown })
      }),
    )
  })

  it('finds every second key of an object, at any place and however it is written', () => {
    const key = fc.stringMatching(/^[a-z"\\]{1,5}$/)
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), (keys) => {
        const text = `[{${keys.map((name) => `${JSON.stringify(name)}: "a:b"`).join(', ')}}]`
        expect(faultsOf(text)).toHaveLength(keys.length - new Set(keys).size)
      }),
    )
  })

  it('accepts one key in two objects', () => {
    expect(readJson('[{"a":1},{"a":{"a":2}}]')).toEqual({ value: [{ a: 1 }, { a: { a: 2 } }] })
  })

  it('says where a fault is', () => {
    expect(faultsOf('{"a":1,\n"a":2}')).toEqual(["8 the key 'a' stands here a second time"])
    expect(faultsOf('{"a":"\\u0000"}')).toEqual(['5 the text holds the character U+0000'])
    expect(faultsOf('[1,]')).toEqual(['3 the file is not JSON: a value is expected'])
  })

  it('refuses the same texts as the built-in parser', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:1e.-tru \\n') }), (text) => {
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        if (!valid) expect(faultsOf(text)).not.toEqual([])
        if ('value' in readJson(text)) expect(valid).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
