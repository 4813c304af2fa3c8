/** What stands behind FIND: words, prefixes, OR and AND NOT, in the form that both databases are asked in. */
import { foldText } from '../../base/fold-text.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'

export interface SearchTerm {
  /** Folded; letters and digits alone. */
  readonly word: string
  /** Written with a star: any word that begins so. */
  readonly prefix: boolean
  readonly negated: boolean
}

/** Alternatives, each a row of terms that must all be met. */
export type SearchTerms = readonly (readonly SearchTerm[])[]

const piece = /"([^"]*)"|(\S+)/g
const words = /[\p{L}\p{N}]+\*?/gu

/** Refuses texts without a word that could be found. */
export function searchTerms(text: string): SearchTerms {
  if (text.length > limits.searchTextCharsMax) {
    const message = `A search has at most ${limits.searchTextCharsMax} characters (searchTextCharsMax).`
    throw refuse('LIMIT_EXCEEDED', message)
  }
  const rows: SearchTerm[][] = [[]]
  let negated = false
  for (const [, quoted, plain = ''] of text.matchAll(piece)) {
    const operator = quoted === undefined ? plain.toUpperCase() : ''
    if (operator === 'OR') rows.push([])
    else if (operator === 'NOT') negated = true
    else if (operator !== 'AND') {
      rows.at(-1)?.push(...termsOf(quoted ?? plain, negated))
      negated = false
    }
  }
  checkTerms(rows)
  return rows
}

function termsOf(text: string, negated: boolean): readonly SearchTerm[] {
  return (foldText(text).match(words) ?? []).map((word) => ({
    word: word.replace('*', ''),
    prefix: word.endsWith('*'),
    negated,
  }))
}

function checkTerms(rows: SearchTerms): void {
  const all = rows.flat()
  if (all.length > limits.searchTermsMax) {
    const message = `A search has at most ${limits.searchTermsMax} words (searchTermsMax).`
    throw refuse('LIMIT_EXCEEDED', message)
  }
  const isMeant = (row: readonly SearchTerm[]): boolean => row.some((term) => !term.negated)
  const isShort = ({ word, prefix }: SearchTerm): boolean => prefix && word.length < 2
  if (rows.every(isMeant) && !all.some(isShort)) return
  throw refuse(
    'MALFORMED_SEARCH',
    'A search needs a word of letters or digits beside each OR and NOT, and two of them before a star.',
  )
}
