/** Case and accents folded in JavaScript, so that both databases sort and compare alike. */

const marks = /\p{M}/gu
const beyondAscii = /[^\0-\x7f]/

/**
 * Folds case and accents: "Ärger" and "arger" become the same text. A final sigma becomes a plain one, so that the
 * start of a word is found as well as the whole.
 */
export function foldText(text: string): string {
  // Most texts hold nothing to decompose.
  if (!beyondAscii.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .replace(marks, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ς/g, 'σ')
}
