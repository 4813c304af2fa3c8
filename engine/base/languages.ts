/** Language codes as the platform writes them ("de", "es_MX"), and what serves when a text is missing. */

/** The language that metadata and the engine's own sentences are written in. */
export const baseLanguage = 'en_US'

/** Codes that the platform kept from older lists, by the codes of today. */
const platformCodes: ReadonlyMap<string, string> = new Map([
  ['he', 'iw'],
  ['id', 'in'],
  ['nb', 'no'],
  ['nn', 'no'],
])

/** The languages in which a text is looked for, the nearest first: "es_MX" → "es_MX", "es". */
export function languageChain(language: string): readonly string[] {
  const underscore = language.indexOf('_')
  return underscore < 0 ? [language] : [language, language.slice(0, underscore)]
}

/** "de-AT" → "de_AT"; undefined for what is no language tag. */
export function languageOfTag(tag: string): string | undefined {
  const [language = '', ...rest] = tag.trim().split('-')
  if (!/^[A-Za-z]{2,3}$/.test(language)) return undefined
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part))
  const folded = language.toLowerCase()
  const code = platformCodes.get(folded) ?? folded
  return region === undefined ? code : `${code}_${region.toUpperCase()}`
}

interface Wanted {
  readonly language: string
  readonly weight: number
}

const tagsReadMax = 20

/** What an `Accept-Language` header asks for, the dearest first; `*` says nothing and is left out. */
export function acceptedLanguages(header: string): readonly string[] {
  const wanted = header
    .split(',', tagsReadMax)
    .flatMap((entry) => wantedOf(entry) ?? [])
    .filter((one) => one.weight > 0)
  return wanted.toSorted((a, b) => b.weight - a.weight).map((one) => one.language)
}

function wantedOf(entry: string): Wanted | undefined {
  const [tag = '', ...parameters] = entry.split(';')
  const language = languageOfTag(tag)
  if (language === undefined) return undefined
  const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean)
  const weight = quality === undefined ? 1 : Number(quality)
  return Number.isNaN(weight) ? undefined : { language, weight }
}
