/** Cursors remember where pages ended, for their user, and not for ever. */
import { expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import {
  createQueryCursors,
  orderForm,
  type Cursor,
} from '../../../engine/records/query-cursors.ts'
import { planOf } from '../query/statements.ts'
import { refusalOf } from '../query/planning.ts'

const cursor: Cursor = {
  variables: new Map(),
  soql: 'SELECT Id FROM Account',
  userId: 'me',
  deletedToo: false,
  pageRows: 10,
  total: 100,
  moment: { now: 0, timeZone: 'UTC' },
  form: 'x',
}

function counted(): () => string {
  let count = 0
  return () => `01g${count++}`
}

it('finds the place that a locator names', () => {
  const cursors = createQueryCursors(counted())
  const id = cursors.open(cursor)
  const locator = cursors.goOn(id, 10, ['a', null])
  expect(cursors.find(locator, 'me')).toEqual({ id, cursor, given: 10, after: ['a', null] })
})

it('refuses another user, another place and another cursor', () => {
  const cursors = createQueryCursors(counted())
  const locator = cursors.goOn(cursors.open(cursor), 10, ['a'])
  for (const [wrong, user] of [
    [locator, 'you'],
    ['01g0-11', 'me'],
    ['01g7-10', 'me'],
    ['', 'me'],
    ['01g0', 'me'],
    ['01g0-10-10', 'me'],
  ] as const) {
    expect(refusalOf(() => cursors.find(wrong, user)).code).toBe('INVALID_QUERY_LOCATOR')
  }
})

it('remembers the last few pages alone', () => {
  const cursors = createQueryCursors(counted())
  const id = cursors.open(cursor)
  const locators = [10, 20, 30, 40].map((given) => cursors.goOn(id, given, [String(given)]))
  expect(refusalOf(() => cursors.find(locators[0] ?? '', 'me')).code).toBe('INVALID_QUERY_LOCATOR')
  expect(locators.slice(1).map((one) => cursors.find(one, 'me').given)).toEqual([20, 30, 40])
})

it('forgets the oldest cursors when there are too many', () => {
  const cursors = createQueryCursors(counted())
  const first = cursors.goOn(cursors.open(cursor), 10, ['a'])
  for (let turn = 0; turn < limits.queryCursorsMax; turn++) cursors.open(cursor)
  expect(refusalOf(() => cursors.find(first, 'me')).code).toBe('INVALID_QUERY_LOCATOR')
})

it('the form of an order changes with its columns and directions', () => {
  const form = (order: string): string =>
    orderForm(planOf(`SELECT Id FROM Sample__c ORDER BY ${order}`).orderBy)
  expect(form('Text__c')).toBe(form('TEXT__C ASC NULLS FIRST'))
  const all = ['Text__c', 'Text__c DESC', 'Number__c', 'Money__c', 'Above__r.Text__c', 'Id']
  expect(new Set(all.map(form)).size).toBe(all.length)
})
