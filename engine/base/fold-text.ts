/** Case and accents folded in JavaScript, so that both databases sort and compare alike. */

const marks = /\p{M}/gu

/** Folds case and accents: "Ärger" and "arger" become the same text. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(marks, '').toLowerCase().replace(/ß/g, 'ss')
}
