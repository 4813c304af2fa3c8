/**
 * Cells that a spreadsheet would run as a formula: they go out behind an apostrophe, which an import takes away again.
 * Numbers go out as they are.
 */

/** Apostrophes count as none, so that what is put before a cell changes nothing of what it is. */
const risky = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n]|#N\/A$)/u
const plainNumber = /^[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?\s*%?$/i

export function defused(cell: string): string {
  return risky.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell
}

/** The inverse: what `defused` gave comes back as it was. */
export function rearmed(cell: string): string {
  return cell.startsWith("'") && risky.test(cell) ? cell.slice(1) : cell
}
