/** The engine's own words in other languages, by the English ones. */
import { languageChain } from '../base/languages.ts'
import german from './catalogues/de.json' with { type: 'json' }
import spanish from './catalogues/es.json' with { type: 'json' }

export type Catalogue = ReadonlyMap<string, string>

/** By language. */
export const catalogues: ReadonlyMap<string, Catalogue> = new Map([
  ['de', new Map(Object.entries(german))],
  ['es', new Map(Object.entries(spanish))],
])

/** Undefined where the language has no word of its own for it. */
export function ownWord(language: string, english: string): string | undefined {
  for (const one of languageChain(language)) {
    const found = catalogues.get(one)?.get(english)
    if (found !== undefined) return found
  }
  return undefined
}
