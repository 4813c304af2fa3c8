import { describe, expect, it } from 'vitest'
import { parseClock, timeWords } from '../../../ui/editors/time-words.ts'

describe('parseClock', () => {
  it.each([
    ['9', 9, 0],
    ['9:30', 9, 30],
    ['930', 9, 30],
    ['21.30', 21, 30],
    ['9:30 pm', 21, 30],
    ['12 am', 0, 0],
    ['12:05 p.m.', 12, 5],
  ])('reads %s', (text, hours, minutes) => expect(parseClock(text)).toEqual({ hours, minutes }))

  it.each(['', '25', '9:60', '13 pm', '0 am', 'noon'])('refuses %s', (text) =>
    expect(parseClock(text)).toBeUndefined(),
  )
})

describe('timeWords', () => {
  it('reads back what it writes', () => {
    for (const locale of ['en-US', 'de-DE', 'es-ES']) {
      const words = timeWords(locale)
      const time = { hours: 21, minutes: 5 }
      expect(words.parseTime(words.formatTime(time))).toEqual(time)
    }
  })
})
