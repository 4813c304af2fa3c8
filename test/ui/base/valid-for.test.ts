import { describe, expect, it } from 'vitest'
import {
  choosableValues,
  controllerPosition,
  validForPositions,
} from '../../../ui/base/valid-for.ts'
import { field, picklist } from '../support/describe.ts'

const bits = (...bytes: readonly number[]): string => btoa(String.fromCharCode(...bytes))

describe('validForPositions', () => {
  it('counts from the highest bit of the first byte', () => {
    expect([...validForPositions(bits(0b1010_0000, 0b0000_0001))]).toEqual([0, 2, 15])
  })

  it('is empty for no bits', () => {
    expect([...validForPositions('')]).toEqual([])
  })
})

describe('controllerPosition', () => {
  it('counts a checkbox as false, true', () => {
    const box = field('Box', { type: 'boolean' })
    expect([controllerPosition(box, null), controllerPosition(box, true)]).toEqual([0, 1])
  })
})

describe('choosableValues', () => {
  const country = picklist('Country', ['DE', 'ES'])
  const city = field('City', {
    type: 'picklist',
    dependentPicklist: true,
    controllerName: 'Country',
    picklistValues: [
      { value: 'Berlin', label: 'Berlin', active: true, defaultValue: false, validFor: bits(0x80) },
      { value: 'Madrid', label: 'Madrid', active: true, defaultValue: false, validFor: bits(0x40) },
      { value: 'Bonn', label: 'Bonn', active: false, defaultValue: false, validFor: bits(0x80) },
    ],
  })
  const names = (...list: Parameters<typeof choosableValues>): readonly string[] =>
    choosableValues(...list).map((entry) => entry.value)

  it('allows what the controlling value allows', () => {
    expect(names(city, { field: country, value: 'DE' })).toEqual(['Berlin'])
    expect(names(city, { field: country, value: 'ES' })).toEqual(['Madrid'])
  })

  it('allows nothing while the controlling field is empty', () => {
    expect(names(city, { field: country, value: null })).toEqual([])
  })

  it('shows an inactive value only where it is stored', () => {
    expect(names(city, { field: country, value: 'DE' }, ['Bonn'])).toEqual(['Berlin', 'Bonn'])
  })

  it('allows all active values of an independent list', () => {
    expect(names({ ...city, dependentPicklist: false }, undefined)).toEqual(['Berlin', 'Madrid'])
  })
})
