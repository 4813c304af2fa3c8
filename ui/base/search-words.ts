/** What the user types into a search, as the server is asked; what the server marked, as it is shown. */
import { html } from 'lit'

/** Every word may be the beginning of one; what is written as an operation or in quotes stays as it is. */
export function beginnings(text: string): string {
  if (/["*?()]|(?:^|\s)(?:AND|OR|NOT)(?:\s|$)/.test(text)) return text
  const words = text.split(/\s+/)
  return words.map((word) => (/[\p{L}\p{N}]{2}$/u.test(word) ? `${word}*` : `"${word}"`)).join(' ')
}

/** The words to search an index for; undefined for what is too short for a word, and looked for in names alone. */
export function wordsOf(text: string): string | undefined {
  return /[\p{L}\p{N}]{2}/u.test(text) ? beginnings(text.trim()) : undefined
}

const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
])

/** Text with `<mark>` around what was found: shown as marks and text, nothing of it taken for markup. */
export function markedText(text: string): unknown {
  const pieces = text.split(/<mark>|<\/mark>/)
  return pieces.map((piece, index) => {
    const plain = piece.replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities.get(entity) ?? '')
    return index % 2 === 1 ? html`<mark>${plain}</mark>` : plain
  })
}
