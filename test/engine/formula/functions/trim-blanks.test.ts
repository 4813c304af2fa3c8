/** White space around a text goes, however much of it stands within. */
import { expect, it } from 'vitest'
import { trimBlanks } from '../../../../engine/formula/functions/trim-blanks.ts'
import { leastProcessorMs } from '../../../support/processor-ms.ts'

it('takes away what formulas know as white space, at both ends alone', () => {
  expect(['', ' \t\r\n', ' a b ', '\u00a0a', 'a'].map(trimBlanks)).toEqual([
    '',
    '',
    'a b',
    '\u00a0a',
    'a',
  ])
})

it('is done in a moment where a long run stands within', async () => {
  const text = `a${' '.repeat(90_000)}b`
  const [kept, ms] = await leastProcessorMs(() => trimBlanks(` ${text} `))
  expect(kept).toBe(text)
  expect(ms).toBeLessThan(500)
})
