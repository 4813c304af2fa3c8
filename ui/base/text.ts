/**
 * The product's own words pass through `t`: whole sentences, never fragments, so that other languages can
 * order them their way. `{name}` is filled in; `{count, plural, one {# field} other {# fields}}` counts.
 */
export type TextValues = Readonly<Record<string, string | number>>

/** The languages of the screens; English is the key of the others. */
export const textLanguages = ['en', 'de', 'es'] as const

export type TextLanguage = (typeof textLanguages)[number]

type Catalogue = Readonly<Record<string, string>>

const catalogues: Readonly<Record<TextLanguage, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve({}),
  de: async () => (await import('../texts/de.json')).default,
  es: async () => (await import('../texts/es.json')).default,
}

let language: TextLanguage = 'en'
let texts: ReadonlyMap<string, string> = new Map()
let plurals = new Intl.PluralRules(language)
let counts = new Intl.NumberFormat(language)

/** Told when the screens speak another language; every element draws itself anew. */
export const languageChanged = new EventTarget()

/** The language of the product's own words; records and labels come in the language of the server. */
export function textLanguage(): TextLanguage {
  return language
}

/** The language of the screens for a language of the platform: "de_AT", "es-MX" and "de" are known. */
export function textLanguageOf(code: string): TextLanguage | undefined {
  const [main = ''] = code.toLowerCase().split(/[_-]/)
  return textLanguages.find((known) => known === main)
}

/** From now on the screens speak this language, or English where they do not know it. */
export async function speak(code: string): Promise<void> {
  const wanted = textLanguageOf(code) ?? 'en'
  if (wanted === language) return
  texts = new Map(Object.entries(await catalogues[wanted]()))
  language = wanted
  plurals = new Intl.PluralRules(language)
  counts = new Intl.NumberFormat(language)
  languageChanged.dispatchEvent(new Event('change'))
}

/** The text in the language of the screens; one without a translation stays English. */
export function t(english: string, values: TextValues = {}): string {
  const text = texts.get(english) ?? english
  return text.includes('{') ? fill(text, new Map(Object.entries(values))) : text
}

type Values = ReadonlyMap<string, string | number>

function fill(text: string, values: Values): string {
  let result = ''
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) return result + text.slice(at)
    const close = closingBrace(text, open)
    result += text.slice(at, open) + placeholder(text.slice(open + 1, close), values)
    at = close + 1
  }
  return result
}

function placeholder(inner: string, values: Values): string {
  const [name = '', kind, ...rest] = inner.split(',')
  const value = values.get(name.trim())
  if (kind?.trim() !== 'plural') return value === undefined ? '' : String(value)
  const count = Number(value ?? 0)
  const branches = pluralBranches(rest.join(','))
  const chosen =
    branches.get(`=${count}`) ?? branches.get(plurals.select(count)) ?? branches.get('other')
  return fill(chosen ?? '', values).replaceAll('#', counts.format(count))
}

function pluralBranches(text: string): ReadonlyMap<string, string> {
  const branches = new Map<string, string>()
  let at = 0
  while (at < text.length) {
    const open = text.indexOf('{', at)
    if (open < 0) break
    const close = closingBrace(text, open)
    branches.set(text.slice(at, open).trim(), text.slice(open + 1, close))
    at = close + 1
  }
  return branches
}

function closingBrace(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}
