import { describe, expect, it } from 'vitest'
import { dayPattern, formatDay, parseDay } from '../../../ui/base/date-input.ts'

const day = { day: 5, month: 10, year: 2026 }

describe('parseDay', () => {
  it.each([
    ['11/5/2026', 'en-US'],
    ['11/05/26', 'en-US'],
    ['11-5', 'en-US'],
    ['5.11.2026', 'de-DE'],
    ['05.11.', 'de-DE'],
    ['5/11/26', 'en-GB'],
    ['2026-11-05', 'de-DE'],
  ])('reads %s in %s', (text, locale) => {
    expect(parseDay(text, locale, 2026)).toEqual(day)
  })

  it('puts two-digit years into the century people mean', () => {
    expect(parseDay('5.11.68', 'de-DE', 2026)?.year).toBe(2068)
    expect(parseDay('5.11.84', 'de-DE', 2026)?.year).toBe(1984)
  })

  it.each(['', 'soon', '31.2.2026', '1.13.2026', '5', '1.2.3.4'])('refuses %s', (text) => {
    expect(parseDay(text, 'de-DE', 2026)).toBeUndefined()
  })
})

describe('formatDay', () => {
  it('is what parseDay reads back', () => {
    for (const locale of ['en-US', 'de-DE', 'es-ES', 'sv-SE']) {
      expect(parseDay(formatDay(day, locale), locale, 2026)).toEqual(day)
    }
  })
})

describe('dayPattern', () => {
  it('shows the locale’s order', () => {
    expect(dayPattern('en-US')).toBe('MM/DD/YYYY')
    expect(dayPattern('de-DE')).toBe('DD.MM.YYYY')
  })
})
