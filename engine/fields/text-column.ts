/**
 * Texts in columns: what is refused, and the folded shadow that sorts and compares alike
 * everywhere.
 */
import { message } from '../base/message.ts'
import { foldText } from '../base/fold-text.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { ApiValue, Comparison, FieldOptions, ValueProblem } from './field-type.ts'
import { checkedText, isProblem, problem, wrongFilter, wrongType } from './value-problem.ts'

const textKind: ColumnKind = { kind: 'text' }

/** Compatibility forms can grow eighteenfold; an index entry of PostgreSQL holds 2,704 bytes. */
const foldedCharsMin = 800

export const plainColumn = { '': textKind } as const
export const foldedColumns = { '': textKind, folded: textKind } as const

/** In a pattern that reads code points, a surrogate stands for half a pair. */
const halfPair = /\p{Surrogate}/u

/** Only well-formed text without NUL can come back exactly from both databases. */
export function malformedText(text: string): ValueProblem | undefined {
  if (text.includes('\0')) return wrongType('text without NUL characters')
  if (halfPair.test(text)) return wrongType('well-formed text, without half surrogate pairs')
  return undefined
}

/** Type, form and length of a text; length counts UTF-16 code units, as the platform does. */
export function textProblem(value: ApiValue, charsMax: number): ValueProblem | undefined {
  if (value === null) return undefined
  if (typeof value !== 'string') return wrongType('text')
  if (value.length > charsMax) {
    const text = message('Data value too large: {now} characters (max length={max}).', {
      now: value.length,
      max: charsMax,
    })
    return problem('STRING_TOO_LONG', text)
  }
  return malformedText(value)
}

/** The folded form as it stands in the shadow column. */
export function foldedForm(text: string): string {
  const folded = foldText(text)
  const charsMax = Math.max(foldedCharsMin, text.length)
  if (folded.length <= charsMax) return folded
  const cut = folded.slice(0, charsMax)
  return halfPair.test(cut) ? cut.slice(0, -1) : cut
}

export function toPlainColumn(value: ApiValue): Readonly<Record<string, ColumnValue>> {
  return { '': checkedText(value) }
}

export function toFoldedColumns(value: ApiValue): Readonly<Record<string, ColumnValue>> {
  const text = checkedText(value)
  return { '': text, folded: text === null ? null : foldedForm(text) }
}

/** The text of a filter, or why it can not be one; an empty text means "no value". */
export function filterText(filter: ApiValue): string | null | ValueProblem {
  if (filter === null || filter === '') return null
  if (typeof filter !== 'string') {
    return wrongFilter(message('of type string and enclosed in quotes'))
  }
  return malformedText(filter) === undefined
    ? filter
    : wrongFilter(message('well-formed text without NUL'))
}

/**
 * Filters compare without case and accents; a `like` pattern is folded too and keeps its wildcards.
 */
export const foldedComparison: Comparison = {
  column: 'folded',
  value: (filter) => {
    const text = filterText(filter)
    return text === null || isProblem(text) ? text : foldedForm(text)
  },
}

export const foldedSort: readonly string[] = ['folded', '']

/** The column of a unique index: the exact text only where the declaration asks for case. */
export function uniqueTextColumn(options: FieldOptions): string {
  return options.caseSensitive === true ? '' : 'folded'
}
