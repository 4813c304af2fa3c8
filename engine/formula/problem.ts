/** What is wrong with a formula and where; the place is for editors and file messages alike. */

/** A stretch of the text, as offsets of characters. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface FormulaProblem {
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly span: Span
}

/** Ends the reading of a formula; caught by `analyseFormula` alone. */
export class FormulaFault extends Error {
  readonly span: Span

  constructor(message: string, span: Span) {
    super(message)
    this.name = 'FormulaFault'
    this.span = span
  }
}

/** A value that cannot be computed (a division by zero); the whole formula is then blank. */
export class FormulaFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FormulaFailure'
  }
}

/** A bound of the product was met, not one of arithmetic: whoever relies on the answer must know. */
export class FormulaLimit extends FormulaFailure {}

export function problemAt(text: string, message: string, span: Span): FormulaProblem {
  const before = text.slice(0, span.start)
  const lastBreak = before.lastIndexOf('\n')
  const line = before.split('\n').length
  return { message, line, column: span.start - lastBreak, span }
}
