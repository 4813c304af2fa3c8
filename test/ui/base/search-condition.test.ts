import { describe, expect, it } from 'vitest'
import { searchCondition } from '../../../ui/base/search-condition.ts'
import { field, object } from '../support/describe.ts'

describe('searchCondition', () => {
  const account = object(
    field('Name', { type: 'string' }),
    field('Phone', { type: 'phone' }),
    field('Secret__c', { type: 'string', filterable: false }),
    field('AnnualRevenue', { type: 'currency' }),
  )

  it('looks into the text columns that can be filtered, and no others', () => {
    const columns = ['Name', 'Phone', 'Secret__c', 'AnnualRevenue', 'Gone__c']
    expect(searchCondition(account, columns, ' 50%_ ')).toBe(
      `Name LIKE '%50\\%\\_%' OR Phone LIKE '%50\\%\\_%'`,
    )
  })

  it('is none for an empty text', () => {
    expect(searchCondition(account, ['Name'], '  ')).toBeUndefined()
  })
})
