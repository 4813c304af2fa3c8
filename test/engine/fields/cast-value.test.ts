import { describe, expect, test } from 'vitest'
import { castJson, planCast } from '../../../engine/fields/cast-value.ts'
import type { FieldOptions, FieldType } from '../../../engine/fields/field-type.ts'
import { fieldType } from '../../../engine/fields/index.ts'

function field(options: FieldOptions): { type: FieldType; options: FieldOptions } {
  const type = fieldType(options.type ?? '')
  if (type === undefined) throw new Error(`no type ${options.type}`)
  return { type, options }
}

const shortText = field({ fullName: 'A', type: 'Text', length: 10 })
const longText = field({ fullName: 'A', type: 'Text', length: 80 })
const notes = field({ fullName: 'A', type: 'LongTextArea', length: 1000 })
const whole = field({ fullName: 'A', type: 'Number', precision: 18, scale: 0 })
const cents = field({ fullName: 'A', type: 'Number', precision: 18, scale: 2 })

describe('the plan of a change', () => {
  test.each([
    ['a longer text', shortText, longText, false],
    ['a shorter text', longText, shortText, true],
    ['a text of many lines', longText, notes, false],
    ['fewer decimal places', cents, whole, true],
    ['more decimal places but fewer digits before them', whole, cents, true],
    ['a text that becomes a number', longText, cents, true],
  ])('for %s says whether values may be lost', (_name, from, to, loses) => {
    expect(planCast(from, to)).toMatchObject({ to: to.type.name, loses })
  })

  test('does not exist where the types have nothing in common', () => {
    expect(planCast(cents, field({ fullName: 'A', type: 'Date' }))).toBeUndefined()
    expect(planCast(cents, field({ fullName: 'A', type: 'Location' }))).toBeUndefined()
  })
})

test.each([
  ['null', 'text', null],
  ['123456789012345678.90', 'same', '123456789012345678.90'],
  ['12.50', 'text', '12.50'],
  ['true', 'text', 'true'],
  ['true', 'same', true],
  ['"12.5 "', 'decimal', '12.5'],
  ['"abc"', 'decimal', 'abc'],
  ['" TRUE "', 'truth', true],
  ['"0"', 'truth', false],
  ['"maybe"', 'truth', 'maybe'],
  ['"a;b"', 'first', 'a'],
  ['"<p>a &amp; b</p>"', 'plain', 'a & b'],
  ['"2026-11-22T09:30:00.000+0000"', 'day', '2026-11-22'],
  ['"2026-11-22"', 'midnight', '2026-11-22T00:00:00.000+0000'],
] as const)('carries %s over as %s: %j', (json, via, value) => {
  expect(castJson(json, via)).toBe(value)
})
