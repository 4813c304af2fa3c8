import { describe, expect, it } from 'vitest'
import { deriveApiName, derivePlural, findNameFault } from '../../../ui/setup/derive-name.ts'

describe('deriveApiName', () => {
  it.each([
    ['Hardship reason', 'Hardship_reason__c'],
    ['  Überfällig seit (Tage) ', 'Uberfallig_seit_Tage__c'],
    ['Straße', 'Strasse__c'],
    ['2nd reminder', 'X2nd_reminder__c'],
    ['a - b / c', 'a_b_c__c'],
    ['日本', ''],
    ['', ''],
  ])('%j becomes %j', (label, name) => {
    expect(deriveApiName(label)).toBe(name)
  })

  it('keeps the part before the suffix within 40 characters and never ends it with an underscore', () => {
    const name = deriveApiName(`${'a'.repeat(39)} b`)
    expect(name).toBe(`${'a'.repeat(39)}__c`)
  })

  it('gives names that have no fault', () => {
    for (const label of ['Hardship reason', '2nd', 'x'.repeat(99), 'Ärger & Co.'])
      expect(findNameFault(deriveApiName(label), { suffix: '__c', taken: [] })).toBeUndefined()
  })
})

describe('findNameFault', () => {
  it.each([
    ['', 'missing'],
    ['__c', 'missing'],
    ['Reason', 'shape'],
    ['1st__c', 'shape'],
    ['a__b__c', 'shape'],
    ['a___c', 'shape'],
    ['Grund ä__c', 'shape'],
    [`${'a'.repeat(41)}__c`, 'long'],
    ['reason__c', 'taken'],
  ])('%j is refused as %s', (name, fault) => {
    expect(findNameFault(name, { suffix: '__c', taken: ['Reason__c'] })).toBe(fault)
  })
})

describe('derivePlural', () => {
  it.each([
    ['Plan', 'Plans'],
    ['Party', 'Parties'],
    ['Day', 'Days'],
    ['Address', 'Addresses'],
    ['Batch', 'Batches'],
    [' ', ''],
  ])('%j becomes %j', (label, plural) => {
    expect(derivePlural(label)).toBe(plural)
  })
})
