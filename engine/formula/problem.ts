/** What is wrong with a formula and where; the place is for editors and file messages alike. */

import { inEnglish, type Message } from '../base/message.ts'

/** A stretch of the text, as offsets of characters. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface FormulaProblem {
  readonly message: string
  /** What the message is made of. */
  readonly told: Message
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly span: Span
}

/** Ends the reading of a formula; caught by `analyseFormula` alone. */
export class FormulaFault extends Error {
  readonly told: Message
  readonly span: Span

  constructor(told: Message, span: Span) {
    super(inEnglish(told))
    this.name = 'FormulaFault'
    this.told = told
    this.span = span
  }
}

/** A value that cannot be computed (a division by zero); the whole formula is then blank. */
export class FormulaFailure extends Error {
  readonly told: Message

  constructor(told: Message) {
    super(told.sentence)
    this.name = 'FormulaFailure'
    this.told = told
  }
}

/** A bound of the product was met, not one of arithmetic: whoever relies on the answer must know. */
export class FormulaLimit extends FormulaFailure {}

export function problemAt(text: string, { told, span, message }: FormulaFault): FormulaProblem {
  const before = text.slice(0, span.start)
  const lastBreak = before.lastIndexOf('\n')
  const line = before.split('\n').length
  return { message, told, line, column: span.start - lastBreak, span }
}
