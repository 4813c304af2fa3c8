/** What the database refuses, in the words of the model. */
import { expect, it } from 'vitest'
import { explained } from '../../../engine/records/explain-storage-error.ts'
import {
  StorageError,
  type ConstraintPlace,
  type StorageErrorKind,
} from '../../../engine/storage/storage-error.ts'
import { model } from '../query/planning.ts'
import { refusal } from './records-support.ts'

function failing(kind: StorageErrorKind, place?: ConstraintPlace): Promise<never> {
  const error = new StorageError(kind, 'secret words of a driver: table x', place && { place })
  return explained(model, () => Promise.reject(error))
}

it.each([
  [{ table: 'Account', columns: ['Code__folded'] }, ['Code']],
  [{ table: 'Account', index: 'Account__TaxNumber__folded__ux' }, ['TaxNumber']],
  [{ table: 'Sample__c', index: 'Sample__c__Exact__c__ux' }, ['Exact__c']],
  [{ table: 'Account', columns: ['Id'] }, ['Id']],
  [{ table: 'nothing', columns: ['Code__folded'] }, []],
  [{}, []],
])('a duplicate names the field: %j', async (place, fields) => {
  const error = await refusal(failing('unique', place))
  expect([error.code, error.problems[0]?.fields]).toEqual(['DUPLICATE_VALUE', fields])
})

it.each([
  ['full', 'STORAGE_LIMIT_EXCEEDED'],
  ['read-only', 'STORAGE_READ_ONLY'],
  ['busy', 'SERVER_UNAVAILABLE'],
  ['disconnected', 'SERVER_UNAVAILABLE'],
  ['interrupted', 'QUERY_TIMEOUT'],
] as const)('%s becomes %s, without the driver’s words', async (kind, code) => {
  const error = await refusal(failing(kind))
  expect(error.code).toBe(code)
  expect(error.message).not.toContain('secret words')
})

it('a bug stays a bug', async () => {
  await expect(failing('other')).rejects.toBeInstanceOf(StorageError)
  const bug = new TypeError('x')
  await expect(explained(model, () => Promise.reject(bug))).rejects.toBe(bug)
})
