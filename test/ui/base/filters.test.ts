import { describe, expect, it } from 'vitest'
import {
  decodeFilters,
  encodeFilters,
  operatorsOf,
  rowCondition,
} from '../../../ui/base/filters.ts'
import type { FilterOperator } from '../../../ui/base/filters.ts'
import type { FieldInfo } from '../../../ui/base/wire.ts'
import { field, picklist } from '../support/describe.ts'

const settings = {
  userId: '005000000000001AAA',
  locale: 'de-DE',
  parentName: (one: FieldInfo) => `${one.relationshipName}.Name`,
}

function condition(one: FieldInfo, operator: FilterOperator, ...values: string[]) {
  return rowCondition({ field: one.name, operator, values }, one, settings)
}

const name = field('Name')
const amount = field('Amount__c', { type: 'currency' })
const due = field('DueDate', { type: 'date' })
const owner = field('OwnerId', {
  type: 'reference',
  relationshipName: 'Owner',
  referenceTo: ['User'],
})

describe('rowCondition', () => {
  it.each([
    ['text equals', condition(name, 'equals', `O'Neil`), `Name = 'O\\'Neil'`],
    ['text contains', condition(name, 'contains', '50%'), `Name LIKE '%50\\%%'`],
    [
      'a number in the user’s format',
      condition(amount, 'greaterOrEqual', '1.234,5'),
      'Amount__c >= 1234.5',
    ],
    ['a day', condition(due, 'less', '2026-11-22'), 'DueDate < 2026-11-22'],
    ['a span of days', condition(due, 'within', 'LAST_N_DAYS:30'), 'DueDate = LAST_N_DAYS:30'],
    [
      'yes or no',
      condition(field('Open__c', { type: 'boolean' }), 'equals', 'true'),
      'Open__c = true',
    ],
    ['any of', condition(picklist('Status', ['A']), 'anyOf', 'A', `B'`), `Status IN ('A', 'B\\'')`],
    [
      'several values',
      condition(field('Tags__c', { type: 'multipicklist' }), 'excludes', 'x'),
      `Tags__c EXCLUDES ('x')`,
    ],
    ['me', condition(owner, 'isMe'), `OwnerId = '005000000000001AAA'`],
    ['a parent’s name', condition(owner, 'contains', 'Ria'), `Owner.Name LIKE '%Ria%'`],
    ['empty', condition(name, 'empty'), 'Name = null'],
    ['not empty', condition(name, 'notEmpty'), 'Name != null'],
  ])('writes %s', (_, written, expected) => expect(written).toBe(expected))

  it.each([
    ['no value yet', condition(name, 'equals', ' ')],
    ['a number that is none', condition(amount, 'equals', '12x')],
    ['a day that is none', condition(due, 'less', "2026' OR Name != null")],
    ['a span that SOQL does not know', condition(due, 'within', 'TODAY OR Name != null')],
    ['a list of nothing', condition(picklist('Status', ['A']), 'anyOf')],
    ['an operator that the field lacks', condition(name, 'includes', 'x')],
  ])('is undefined for %s', (_, written) => expect(written).toBeUndefined())
})

describe('operatorsOf', () => {
  it('offers "is me" for lookups to users alone', () => {
    expect(operatorsOf(owner)).toContain('isMe')
    expect(operatorsOf({ ...owner, referenceTo: ['Account'] })).not.toContain('isMe')
  })

  it('offers nothing for what cannot be filtered', () => {
    expect(operatorsOf(field('Notes', { type: 'textarea', filterable: false }))).toEqual([])
  })
})

describe('filters in the address', () => {
  it('come back as they were', () => {
    const rows = [{ field: 'Status', operator: 'anyOf', values: ['a b', '%', '"'] }] as const
    expect(decodeFilters(encodeFilters(rows))).toEqual(rows)
  })

  it.each([null, '', '{', '{"a":1}', '[1]', '[["Name"]]', '[["Name","drop"]]', '[[1,"equals"]]'])(
    'are none for %s',
    (text) => expect(decodeFilters(text)).toEqual([]),
  )
})
