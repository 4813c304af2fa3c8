/** Who misses too often waits; who names what is there does not. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../engine/base/limits.ts'
import { refuse } from '../../../engine/base/refusal.ts'
import { createGuesses } from '../../../engine/http/guesses.ts'

const max = limits.unknownIdsPerMinuteMax
const answer = (): Promise<string> => Promise.resolve('an answer')

describe('guesses', () => {
  const clock = { now: () => now }
  let now = 0
  const names = (count: number, missing: number) => ({
    count,
    missing: () => Promise.resolve(missing),
  })

  it('lets go on whoever names many that are there', async () => {
    const guesses = createGuesses(clock)
    for (let query = 0; query < 20; query++) {
      await guesses.watchedNames('u', names(max, 0), answer)
    }
    expect(await guesses.watched('u', answer)).toBe('an answer')
  })

  it('looks for nothing while few are named', async () => {
    const guesses = createGuesses(clock)
    const unasked = {
      count: max / 2,
      missing: () => Promise.reject(new Error('nobody needs to know')),
    }
    await guesses.watchedNames('u', unasked, answer)
    await guesses.watchedNames('u', unasked, answer)
    await expect(guesses.watchedNames('u', unasked, answer)).rejects.toThrow('nobody needs')
  })

  it('adds up misses of all kinds, for a minute', async () => {
    const guesses = createGuesses(clock)
    await guesses.watchedNames('u', names(max + 1, max - 3), answer)
    await guesses.watched('u', answer, () => 2)
    const miss = () => Promise.reject(refuse('NOT_FOUND', 'not there'))
    await expect(guesses.watched('u', miss)).rejects.toThrow('not there')
    await expect(guesses.watched('u', answer)).rejects.toThrow(/unknownIdsPerMinuteMax/)
    await expect(guesses.watchedNames('u', names(1, 0), answer)).rejects.toThrow(/Wait/)
    expect(await guesses.watched('another', answer)).toBe('an answer')
    now += 60_000
    expect(await guesses.watched('u', answer)).toBe('an answer')
  })
})
