/** Marks in a text what a search found it by; the rest of the text is safe to stand in HTML. */
import { foldText } from '../../base/fold-text.ts'
import type { SearchNode } from './search-terms.ts'

export interface WordMarker {
  /** Undefined where nothing of the text was asked for. */
  mark(text: string): string | undefined
  /** The part around the first find. */
  excerpt(text: string, chars: number): string | undefined
  /** Folded words of a text that were asked for. */
  found(text: string): readonly string[]
}

interface Place {
  readonly from: number
  readonly to: number
}

const words = /[\p{L}\p{M}\p{N}]+/gu

export function wordMarker(node: SearchNode): WordMarker {
  const whole = new Set<string>()
  const beginnings: string[] = []
  collect(node, { whole, beginnings })
  const isMeant = (word: string): boolean => {
    const folded = foldText(word)
    return whole.has(folded) || beginnings.some((begin) => folded.startsWith(begin))
  }
  const places = (text: string): readonly Place[] =>
    [...text.matchAll(words)].flatMap(({ 0: word, index }) =>
      isMeant(word) ? [{ from: index, to: index + word.length }] : [],
    )
  return {
    mark: (text) => {
      const found = places(text)
      return found.length === 0 ? undefined : marked(text, found, { from: 0, to: text.length })
    },
    excerpt: (text, chars) => {
      const found = places(text)
      const [first] = found
      if (first === undefined) return undefined
      const part = partAround(text, first, chars)
      const begin = part.from > 0 ? '…' : ''
      return `${begin}${marked(text, found, part)}${part.to < text.length ? '…' : ''}`
    },
    found: (text) => places(text).map(({ from, to }) => foldText(text.slice(from, to))),
  }
}

interface Wanted {
  readonly whole: Set<string>
  readonly beginnings: string[]
}

function collect(node: SearchNode, wanted: Wanted): void {
  if (node.kind !== 'term') return node.items.forEach((item) => collect(item, wanted))
  for (const { words: some, prefix } of node.any) {
    some.forEach((word, index) => {
      if (prefix && index === some.length - 1) wanted.beginnings.push(word)
      else wanted.whole.add(word)
    })
  }
}

/** Whole words, the find not far from the beginning. */
function partAround(text: string, { from }: Place, chars: number): Place {
  if (text.length <= chars) return { from: 0, to: text.length }
  const earliest = Math.max(0, Math.min(from - Math.floor(chars / 3), text.length - chars))
  const blank = earliest === 0 ? 0 : text.indexOf(' ', earliest) + 1
  const begin = blank > 0 && blank <= from ? blank : earliest
  const latest = Math.min(text.length, begin + chars)
  const end = latest === text.length ? latest : text.lastIndexOf(' ', latest)
  return { from: begin, to: end > from ? end : latest }
}

function marked(text: string, places: readonly Place[], part: Place): string {
  let done = ''
  let at = part.from
  for (const { from, to } of places) {
    if (from < part.from || from >= part.to) continue
    done += `${escapeHtml(text.slice(at, from))}<mark>${escapeHtml(text.slice(from, to))}</mark>`
    at = to
  }
  return done + escapeHtml(text.slice(at, Math.max(at, part.to)))
}

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
])

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities.get(sign) ?? sign)
}
