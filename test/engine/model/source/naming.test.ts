import { describe, expect, it } from 'vitest'
import { checkName, foldName } from '../../../../engine/model/source/naming.ts'
import { processorMs } from '../../../support/processor-ms.ts'

describe('checkName', () => {
  it('lets fields and objects have the suffixes of their kinds only', () => {
    expect(checkName('object', 'Setting__mdt')).toBeUndefined()
    expect(checkName('field', 'Setting__mdt')).toBeDefined()
    expect(checkName('field', 'Amount__c')).toBeUndefined()
    expect(checkName('object', 'Plan__Shared')).toBeDefined()
  })

  it('bounds names of administrators more tightly than shipped ones', () => {
    expect(checkName('field', `${'x'.repeat(40)}__c`)).toBeUndefined()
    expect(checkName('field', `${'x'.repeat(41)}__c`)).toBeDefined()
    expect(checkName('field', 'x'.repeat(80))).toBeUndefined()
    expect(checkName('field', 'x'.repeat(81))).toBeDefined()
  })

  it('is answered in time that grows with the length only', () => {
    const started = processorMs()
    expect(checkName('object', `${'a_a'.repeat(300_000)}!`)).toBeDefined()
    expect(processorMs() - started).toBeLessThan(1_000)
  })

  it('takes developer names with several underscores, and texts with blanks inside', () => {
    expect(checkName('developer', 'standard__Sales')).toBeUndefined()
    expect(checkName('developer', 'My App')).toBeDefined()
    expect(checkName('text', 'System Administrator')).toBeUndefined()
    for (const name of ['', ' a', 'a ', 'a\nb', 'x'.repeat(256), 'toString']) {
      expect(checkName('text', name), name).toBeDefined()
    }
  })
})

describe('foldName', () => {
  it('is the same for names that differ in letter case or Unicode form only', () => {
    expect(foldName('\u00c4rger')).toBe(foldName('a\u0308RGER'))
    expect(foldName('m²')).not.toBe(foldName('m2'))
  })
})
