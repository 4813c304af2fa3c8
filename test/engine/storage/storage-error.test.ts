/** Failures of the database as refusals for those who know no fields. */
import { expect, test } from 'vitest'
import { refusalOf, StorageError } from '../../../engine/storage/storage-error.ts'

test.each([
  ['unique', 400],
  ['full', 507],
  ['read-only', 503],
  ['busy', 503],
  ['disconnected', 503],
  ['interrupted', 503],
] as const)('%s answers with %i and tells nothing of the database', (kind, status) => {
  const refusal = refusalOf(new StorageError(kind, 'secret table'))
  expect(refusal?.status).toBe(status)
  expect(refusal?.message).not.toContain('secret')
})

test('what needs an operator is no refusal', () => {
  expect(refusalOf(new StorageError('corrupt', 'x'))).toBeUndefined()
  expect(refusalOf(new StorageError('other', 'x'))).toBeUndefined()
})
