/** Refusals carry the place of what they are about. */
import { expect, it } from 'vitest'
import { refuse } from '../../../engine/base/refusal.ts'
import { located } from '../../../engine/query/located.ts'
import { refusalOf } from './planning.ts'

const query = { text: 'SELECT Id\nFROM Nothing' }

it('gives what the work gives', () => {
  expect(located(query, 0, () => 5)).toBe(5)
})

it('adds line and column to a refusal and keeps the rest of it', () => {
  const work = (): never => {
    throw refuse('INVALID_TYPE', 'no such object', { fields: ['x'], details: { a: 1 } })
  }
  const error = refusalOf(() => located(query, 15, work))
  expect(error.problems).toEqual([
    { errorCode: 'INVALID_TYPE', message: 'no such object (line 2, column 6)', fields: ['x'] },
  ])
  expect(error.details).toEqual({ a: 1 })
})

it('leaves a bug alone', () => {
  const bug = new Error('bug')
  const work = (): never => {
    throw bug
  }
  expect(() => located(query, 0, work)).toThrow(bug)
})
