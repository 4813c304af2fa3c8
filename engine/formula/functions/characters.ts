/** Positions in texts counted in characters (code points), as both databases count them. */

const surrogate = /[\ud800-\udfff]/

/** How many characters a text has. */
export function lengthOf(text: string): number {
  return surrogate.test(text) ? [...text].length : text.length
}

/** So many characters from a position, which counts from 0. */
export function sliceOf(text: string, start: number, count: number): string {
  if (count <= 0) return ''
  if (!surrogate.test(text)) return text.slice(start, start + count)
  return [...text].slice(start, start + count).join('')
}

/** The position, from 1, of the first occurrence at or after `start` (from 1); 0 when there is none. */
export function positionOf(wanted: string, text: string, start: number): number {
  if (wanted === '' || start < 1) return 0
  const skipped = sliceOf(text, 0, start - 1).length
  const at = text.indexOf(wanted, skipped)
  return at < 0 ? 0 : lengthOf(text.slice(0, at)) + 1
}
