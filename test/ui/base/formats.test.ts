import { describe, expect, it } from 'vitest'
import { addressLines, formatValue, localeTag, parseInstant } from '../../../ui/base/formats.ts'
import type { FormatContext } from '../../../ui/base/formats.ts'
import type { FieldInfo, Value } from '../../../ui/base/wire.ts'
import { field, picklist } from '../support/describe.ts'

const american: FormatContext = { locale: 'en-US', timeZone: 'America/New_York', currency: 'USD' }
const german: FormatContext = { locale: 'de-DE', timeZone: 'Europe/Berlin', currency: 'EUR' }

function text(value: Value | undefined, more: Partial<FieldInfo>, context = american): string {
  // Intl writes narrow and non-breaking spaces; a test reads better with plain ones.
  return formatValue(value, field('X', more), context).replace(/[\u00a0\u202f]/g, ' ')
}

describe('formatValue', () => {
  it.each([undefined, null, ''])('shows an em dash for %s', (value) => {
    expect(text(value, {})).toBe('—')
  })

  it('writes money in the organisation’s currency and the user’s way', () => {
    expect(text(1847.3, { type: 'currency', scale: 2 })).toBe('$1,847.30')
    expect(text(1847.3, { type: 'currency', scale: 2 }, german)).toBe('1.847,30 €')
  })

  it('keeps every digit of a decimal string', () => {
    const digits = '1234567890123456.78'
    expect(text(digits, { type: 'double', scale: 2 })).toBe('1,234,567,890,123,456.78')
  })

  it('writes percent as the number it is', () => {
    expect(text(12.5, { type: 'percent', scale: 1 })).toBe('12.5%')
  })

  it('shows a date as that day in every zone', () => {
    expect(
      text('2026-11-22', { type: 'date' }, { ...american, timeZone: 'Pacific/Honolulu' }),
    ).toBe('Nov 22, 2026')
  })

  it('shows an instant on the clock of the user’s zone', () => {
    expect(text('2026-11-22T02:30:00.000+0000', { type: 'datetime' })).toBe('Nov 21, 2026, 9:30 PM')
    expect(text('2026-11-22T02:30:00.000+0000', { type: 'datetime' }, german)).toBe(
      '22.11.2026, 03:30',
    )
  })

  it('shows a time of day', () => {
    expect(text('09:30:00.000Z', { type: 'time' })).toBe('9:30 AM')
  })

  it('shows labels of picklist values, and a value that has none', () => {
    const status = {
      ...picklist('Status', []),
      picklistValues: [
        { value: 'InProgress', label: 'In Progress', active: true, defaultValue: false },
      ],
    }
    expect(formatValue('InProgress', status, american)).toBe('In Progress')
    expect(formatValue('Gone', status, american)).toBe('Gone')
    expect(formatValue('InProgress;Gone', { ...status, type: 'multipicklist' }, american)).toBe(
      'In Progress, Gone',
    )
  })

  it('leaves text that only looks like something as it is', () => {
    expect(text('not a date', { type: 'date' })).toBe('not a date')
  })
})

describe('addressLines', () => {
  it('puts town and region on one line', () => {
    const lines = addressLines({
      street: '1 Main St\nSuite 4',
      city: 'Austin',
      state: 'TX',
      postalCode: '78701',
      country: 'United States',
    })
    expect(lines).toEqual(['1 Main St', 'Suite 4', 'Austin, TX 78701', 'United States'])
  })

  it('is empty for an address without parts', () => {
    expect(addressLines({ street: null, city: null })).toEqual([])
  })
})

describe('localeTag', () => {
  it('reads the platform’s spelling and survives nonsense', () => {
    expect(localeTag('de_DE')).toBe('de-DE')
    expect(localeTag('!!')).toBe('en-US')
  })
})

describe('parseInstant', () => {
  it('reads the wire’s zone', () => {
    expect(parseInstant('2026-11-22T09:30:00.000+0100')?.toISOString()).toBe(
      '2026-11-22T08:30:00.000Z',
    )
  })
})
