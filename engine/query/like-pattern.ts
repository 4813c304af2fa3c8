/** LIKE patterns in the folded form of the columns that they are matched against. */
import { foldText } from '../base/fold-text.ts'

/** A text as a pattern that matches just it. */
export function escapeWildcards(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** A wildcard, or a run of anything else with its escapes. */
const pieces = /[%_]|(?:[^\\%_]|\\[^])+/g

/**
 * The texts between the wildcards are folded one by one and escaped afterwards: what folds to a
 * percent sign, such as its fullwidth form, is stored as one and stays a character here.
 */
export function foldPattern(pattern: string): string {
  return pattern.replace(pieces, (piece) => {
    if (piece === '%' || piece === '_') return piece
    return escapeWildcards(foldText(piece.replace(/\\([^])/g, '$1')))
  })
}
