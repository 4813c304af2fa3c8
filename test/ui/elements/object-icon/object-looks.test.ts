/** The tiles by which objects are told apart. */
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { knownLooks, lookOf } from '../../../../ui/elements/object-icon/object-looks.ts'

/** Of a colour against white (WCAG 2). */
function contrast(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

it('stand out, and belong to objects that are shipped', () => {
  for (const [object, { color }] of knownLooks) {
    expect(contrast(color), object).toBeGreaterThanOrEqual(4.5)
    expect(existsSync(`metadata/objects/${object}.json`), object).toBe(true)
  }
})

it('of objects that are not listed have always the same colour', () => {
  const names = Array.from({ length: 40 }, (_, index) => `Thing_${index}__c`)
  expect(names.map(lookOf)).toEqual(names.map(lookOf))
  expect(new Set(names.map((name) => lookOf(name).color)).size).toBeGreaterThan(3)
})
