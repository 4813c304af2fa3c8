/** Times of requests are told with the status that whoever asked saw. */
import { expect, it } from 'vitest'
import { refuse } from '../../../engine/base/refusal.ts'
import { createMetrics } from '../../../engine/http/metrics.ts'
import { StorageError } from '../../../engine/storage/storage-error.ts'

it('a database in trouble counts as the answer that it leads to', async () => {
  const metrics = createMetrics({
    jobsStopped: () => 0,
    databaseBytes: () => Promise.resolve(0),
    requestsLeft: () => 0,
  })
  await metrics.read()
  const route = { method: 'GET', path: '/one' } as const
  for (const thrown of [
    new StorageError('busy', 'somebody writes'),
    new StorageError('missing', 'no such content'),
    new StorageError('other', 'nobody knows'),
    refuse('NOT_FOUND', 'none'),
    new Error('a bug'),
  ]) {
    await expect(metrics.timed(route, () => Promise.reject(thrown))).rejects.toBe(thrown)
  }
  const { text } = await metrics.read()
  const counts = [...text.matchAll(/_count\{method="GET",route="\/one",status="(\d+)"\} (\d+)/g)]
  expect(counts.map(([, status, count]) => [status, count]).sort()).toEqual([
    ['404', '2'],
    ['500', '2'],
    ['503', '1'],
  ])
})
