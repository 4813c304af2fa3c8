/** Times of jobs in words: those that are simple; the others are left to their expression. */
import { expect, it } from 'vitest'
import { scheduleWords } from '../../../ui/setup/schedule-words.ts'

it.each([
  ['0 0 2 * * ?', 'Every day at 02:00'],
  ['0 5 14 * * ?', 'Every day at 14:05'],
  ['Daily 2026-01-01 01:30:00.000Z', 'Every day at 01:30'],
  ['Weekly 2026-01-05 06:00:00.000Z', 'Every week at 06:00, from 2026-01-05 on'],
  ['0 0 2 ? * MON-FRI', undefined],
  ['0 0/5 2 * * ?', undefined],
  ['Once', undefined],
])('says %s as %s', (schedule, words) => {
  expect(scheduleWords(schedule)).toBe(words)
})
