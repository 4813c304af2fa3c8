/** What stands behind FIND → words, phrases, beginnings, AND, OR and NOT, in the form that both databases are asked in. */
import { foldText } from '../../base/fold-text.ts'
import { limits } from '../../base/limits.ts'
import { normaliseId } from '../../base/record-id.ts'
import { refuse } from '../../base/refusal.ts'
import { phoneNumber } from './phone-digits.ts'

/** Words that stand behind each other in a field; folded, letters and digits alone. */
export interface SearchAtom {
  readonly words: readonly string[]
  /** The last one may go on. */
  readonly prefix: boolean
}

export interface SearchTerm {
  readonly kind: 'term'
  /** One of them is enough. */
  readonly any: readonly SearchAtom[]
  /** A word with `*` or `?` within it: what it may stand for is looked up before the search. */
  readonly pattern?: string
}

export type SearchNode =
  | SearchTerm
  | { readonly kind: 'any'; readonly items: readonly SearchNode[] }
  | {
      readonly kind: 'all'
      readonly items: readonly SearchNode[]
      readonly none: readonly SearchNode[]
    }

export interface SearchTerms {
  readonly node: SearchNode
  /** As a name would be spelled that is just what was asked for; folded. */
  readonly name: string
  /** A record's id, if that is what was asked for. */
  readonly id: string | undefined
}

const piece = /"([^"]*)"|([()])|([^\s()"]+)/g
const runs = /[\p{L}\p{N}*?]+/gu
const depthMax = 20

interface Piece {
  readonly text: string
  readonly kind: 'words' | 'open' | 'close' | 'and' | 'or' | 'not'
}

/** Refuses texts without a word that could be found. */
export function searchTerms(text: string): SearchTerms {
  if (text.length > limits.searchTextCharsMax) {
    const message = `A search has at most ${limits.searchTextCharsMax} characters (searchTextCharsMax).`
    throw refuse('LIMIT_EXCEEDED', message)
  }
  const pieces = [...text.matchAll(piece)].map(pieceOf)
  const node = new TermReader(pieces).read()
  const phone = phoneNumber(text)
  return {
    node: phone === undefined ? node : { kind: 'any', items: [node, phoneTerm(phone)] },
    name: foldText(nameOf(pieces)),
    id: normaliseId(text.trim()),
  }
}

function pieceOf([, quoted, bracket, plain = '']: RegExpMatchArray): Piece {
  if (quoted !== undefined) return { text: quoted, kind: 'words' }
  if (bracket !== undefined) return { text: bracket, kind: bracket === '(' ? 'open' : 'close' }
  const operator = plain.toLowerCase()
  const isOperator = operator === 'and' || operator === 'or' || operator === 'not'
  return { text: plain, kind: isOperator ? operator : 'words' }
}

function nameOf(pieces: readonly Piece[]): string {
  const isMeant = ({ kind }: Piece, index: number): boolean =>
    kind === 'words' && pieces[index - 1]?.kind !== 'not'
  const words = pieces.filter(isMeant).map(({ text }) => text)
  return words.join(' ').replace(/[*?]/g, '').trim()
}

function phoneTerm({ numbers, prefix }: NonNullable<ReturnType<typeof phoneNumber>>): SearchTerm {
  return { kind: 'term', any: numbers.map((number) => ({ words: [number], prefix })) }
}

/** Reads OR of AND of words, phrases and brackets; what is left open or closed too often harms nothing. */
class TermReader {
  readonly #pieces: readonly Piece[]
  #at = 0
  #terms = 0

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces
  }

  read(): SearchNode {
    const node = this.#either(0)
    if (node === undefined) throw wordless()
    return node
  }

  #either(depth: number): SearchNode | undefined {
    const items: SearchNode[] = []
    let alternatives = 0
    do {
      alternatives++
      const row = this.#row(depth)
      if (row !== undefined) items.push(row)
    } while (this.#take('or'))
    if (alternatives > 1 && items.length < alternatives) throw wordless()
    return items.length > 1 ? { kind: 'any', items } : items[0]
  }

  #row(depth: number): SearchNode | undefined {
    const items: SearchNode[] = []
    const none: SearchNode[] = []
    let negated = false
    for (let next = this.#pieces[this.#at]; next !== undefined; next = this.#pieces[this.#at]) {
      if (next.kind === 'or' || (next.kind === 'close' && depth > 0)) break
      this.#at++
      if (next.kind === 'not') negated = true
      if (next.kind !== 'words' && next.kind !== 'open') continue
      const found = next.kind === 'words' ? this.#words(next.text) : this.#group(depth)
      const target = negated ? none : items
      target.push(...found)
      negated = false
    }
    if (items.length === 0 && none.length > 0) throw wordless()
    const [only] = items
    return items.length > 1 || none.length > 0 ? { kind: 'all', items, none } : only
  }

  #group(depth: number): readonly SearchNode[] {
    if (depth >= depthMax) return []
    const node = this.#either(depth + 1)
    this.#take('close')
    return node === undefined ? [] : [node]
  }

  #take(kind: Piece['kind']): boolean {
    const isNext = this.#pieces[this.#at]?.kind === kind
    if (isNext) this.#at++
    return isNext
  }

  /** What is written together is found together; a word with a wildcard inside stands for itself. */
  #words(text: string): readonly SearchNode[] {
    const words = (foldText(text).match(runs) ?? []).flatMap((run) => {
      const word = run.replace(/^[*?]+/, '').replace(/\*{2,}/g, '*')
      return word === '' ? [] : [word]
    })
    const isPlain = words.every((word, index) => {
      const at = word.search(/[*?]/)
      return at < 0 || (index === words.length - 1 && word.endsWith('*') && at === word.length - 1)
    })
    this.#count(words)
    if (words.length === 0) return []
    if (isPlain) return [plainTerm(words)]
    return words.map((word) =>
      /[*?]/.test(word.replace(/\*$/, '')) ? patternTerm(word) : plainTerm([word]),
    )
  }

  #count(words: readonly string[]): void {
    this.#terms += words.length
    if (this.#terms > limits.searchTermsMax) {
      const message = `A search has at most ${limits.searchTermsMax} words (searchTermsMax).`
      throw refuse('LIMIT_EXCEEDED', message)
    }
    if (words.some((word) => word.length > limits.searchWordCharsMax)) {
      const message = `A word of a search has at most ${limits.searchWordCharsMax} characters (searchWordCharsMax).`
      throw refuse('LIMIT_EXCEEDED', message)
    }
  }
}

function plainTerm(given: readonly string[]): SearchTerm {
  const prefix = given.at(-1)?.endsWith('*') === true
  const words = given.map((word) => word.replace('*', ''))
  if (prefix && words.join('').length < 2) throw wordless()
  return { kind: 'term', any: [{ words, prefix }] }
}

function patternTerm(pattern: string): SearchTerm {
  if (pattern.replace(/[*?]/g, '').length < 2) throw wordless()
  return { kind: 'term', any: [], pattern }
}

function wordless(): Error {
  return refuse(
    'MALFORMED_SEARCH',
    'A search needs a word of letters or digits beside each OR and NOT, and two of them before a star.',
  )
}
