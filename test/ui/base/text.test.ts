import { afterEach, describe, expect, it } from 'vitest'
import { languageChanged, speak, t, textLanguage, textLanguageOf } from '../../../ui/base/text.ts'

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

describe('the language of the screens', () => {
  afterEach(() => speak('en'))

  it('is changed at once for all texts, and told', async () => {
    let told = 0
    const listener = (): void => void (told += 1)
    languageChanged.addEventListener('change', listener)
    await speak('de_AT')
    await speak('de')
    languageChanged.removeEventListener('change', listener)
    expect([textLanguage(), t('Save'), told]).toEqual(['de', 'Speichern', 1])
    expect(t('{count, plural, one {# record} other {# records}}', { count: 1200 })).toBe(
      '1.200 Datensätze',
    )
    await speak('es')
    expect(t('Save')).toBe('Guardar')
  })

  it('is English where there is none of the wanted', async () => {
    await speak('fr')
    expect(textLanguage()).toBe('en')
    expect(t('Nobody translated this.')).toBe('Nobody translated this.')
    expect(['es-MX', 'EN_us', 'pt_BR'].map(textLanguageOf)).toEqual(['es', 'en', undefined])
  })
})
