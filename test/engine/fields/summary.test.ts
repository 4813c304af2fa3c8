import { describe, expect, test } from 'vitest'
import type { FieldOptions, SummaryLink } from '../../../engine/fields/field-type.ts'
import { summary } from '../../../engine/fields/summary.ts'
import { summableTypes } from '../../../engine/fields/summary-holder.ts'
import { fieldTypeContract } from '../../contract/field-type-contract.ts'

function linked(link: Partial<SummaryLink>): FieldOptions {
  return {
    fullName: 'Total__c',
    label: 'Total',
    type: 'Summary',
    summaryOperation: link.operation ?? 'sum',
    summaryForeignKey: 'Item__c.Plan__c',
    summary: {
      operation: 'sum',
      child: 'Item__c',
      foreignKey: 'Plan__c',
      source: 'Amount__c',
      filters: [],
      type: 'Currency',
      scale: 2,
      ...link,
    },
  }
}

fieldTypeContract({
  type: summary,
  options: linked({}),
  good: [{ value: '12.50', stored: { '': '12.50' }, json: '12.50' }],
  bad: [{ value: 'many', code: 'INVALID_TYPE_ON_FIELD_IN_RECORD' }],
  badOptions: [
    {
      fullName: 'A__c',
      type: 'Summary',
      summaryOperation: 'average',
      summaryForeignKey: 'Item__c.Plan__c',
    },
  ],
  accepts: ['number', 'string'],
})

describe('a roll-up summary', () => {
  test('is as wide as decimals get, with the scale of what it sums up', () => {
    expect(summary.columns(linked({ scale: 3 }))).toEqual({
      '': { kind: 'decimal', precision: 18, scale: 3 },
    })
  })

  test('is a day where days are compared, and a whole number where records are counted', () => {
    const latest = linked({ operation: 'max', type: 'Date' })
    expect(summary.describe(latest)).toMatchObject({ type: 'date' })
    const counted = linked({ operation: 'count', type: 'Number', scale: 0 })
    expect(summary.describe(counted)).toMatchObject({ type: 'double', scale: 0 })
  })

  test('has no column as long as it is not known what it sums up', () => {
    const { summary: _, ...declared } = linked({})
    expect(summary.columns(declared)).toEqual({})
  })

  test('sums numbers, and finds the least and greatest of days and times too', () => {
    expect(summableTypes('sum')).toEqual(['Number', 'Currency', 'Percent'])
    expect(summableTypes('max')).toContain('DateTime')
    expect(summableTypes('count')).toEqual([])
  })
})
