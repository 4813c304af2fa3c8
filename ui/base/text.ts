/**
 * The product's own words pass through `t`: whole sentences, never fragments, so that other languages can
 * order them their way. `{name}` is filled in; `{count, plural, one {# field} other {# fields}}` counts.
 */
export type TextValues = Readonly<Record<string, string | number>>

/** The language of the product's own words; records and labels come in the language of the server. */
export const textLanguage = 'en'

const plurals = new Intl.PluralRules(textLanguage)
const counts = new Intl.NumberFormat(textLanguage)

/** The text in the language of the screens; English is the key until translations are loaded. */
export function t(text: string, values: TextValues = {}): string {
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
