import { describe, expect, it } from 'vitest'
import { t } from '../../../ui/base/text.ts'

describe('t', () => {
  it('fills in names and leaves values alone that look like names', () => {
    expect(t('{object} {name} deleted.', { object: 'Account', name: '{object}' })).toBe(
      'Account {object} deleted.',
    )
  })

  it('counts', () => {
    const text = '{count, plural, one {# field needs} other {# fields need}} attention'
    expect(t(text, { count: 1 })).toBe('1 field needs attention')
    expect(t(text, { count: 1200 })).toBe('1,200 fields need attention')
  })

  it('shows nothing for a value that is missing', () => {
    expect(t('a{gone}b')).toBe('ab')
  })
})
