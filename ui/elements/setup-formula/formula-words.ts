/** Words of a formula under the caret, and what could be meant by them; pure. */
import type { FormulaContext, FormulaLanguage } from '../../base/wire-formulas.ts'

/** What stands before the caret: the steps of a path, the last one unfinished. */
export interface WordAtCaret {
  /** Where the unfinished step begins. */
  readonly from: number
  /** Complete steps before it: ["Account", "Owner"]. */
  readonly path: readonly string[]
  readonly text: string
}

const word = /(?:\$?[A-Za-z]\w*(?::[A-Za-z]\w*)?\.)*\$?\w*$/

/** Undefined where no name can stand: in a text, in a comment, behind a number. */
export function wordAt(text: string, caret: number): WordAtCaret | undefined {
  const before = text.slice(0, caret)
  if (!isCode(before)) return undefined
  const found = word.exec(before)?.[0] ?? ''
  if (/^\d/.test(found)) return undefined
  const steps = found.split('.')
  const last = steps.pop() ?? ''
  return { from: caret - last.length, path: steps, text: last }
}

/** False when the text ends within a literal or a comment. */
function isCode(text: string): boolean {
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === '"' || char === "'") {
      at = endOfText(text, at)
      if (at > text.length) return false
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) return false
      at = end + 2
    } else at++
  }
  return true
}

/** Behind the closing quote; beyond the text when there is none. */
function endOfText(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === text[open]) return at + 1
  }
  return text.length + 1
}

/** A field as formulas may name it. */
export interface NamedField {
  readonly name: string
  readonly label: string
  /** "Currency", "Lookup (Account)". */
  readonly typeLabel: string
  /** True where the system alone writes, such as who made the record. */
  readonly isKept?: boolean
  /** Where a path goes on, once per object that may stand behind the field. */
  readonly parents: readonly FieldParent[]
}

export interface FieldParent {
  /** "Account", "Owner:User". */
  readonly step: string
  readonly object: string
}

export interface Suggestion {
  readonly kind: 'function' | 'field' | 'parent' | 'global'
  /** What takes the place of the unfinished step. */
  readonly insert: string
  /** Characters from the end of what was inserted back to where the caret goes. */
  readonly back: number
  readonly label: string
  readonly detail: string
}

export interface Vocabulary {
  readonly language: FormulaLanguage
  readonly context: FormulaContext
  /** Fields of the object that the path leads to. */
  readonly fields: readonly NamedField[]
}

const suggestionsMax = 40

/** Names that begin with what was typed come first, then those that hold it; labels count too. */
export function suggestionsFor(at: WordAtCaret, vocabulary: Vocabulary): readonly Suggestion[] {
  const wanted = at.text.toLowerCase()
  const all = [
    ...fieldSuggestions(vocabulary.fields),
    ...(at.path.length > 0 ? [] : freeSuggestions(vocabulary)),
  ]
  const ranked = all.flatMap((one) => {
    const rank = rankOf(one, wanted)
    return rank === undefined ? [] : [{ one, rank }]
  })
  return ranked
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, suggestionsMax)
    .map(({ one }) => one)
}

function rankOf({ insert, label }: Suggestion, wanted: string): number | undefined {
  const name = insert.toLowerCase()
  if (name.startsWith(wanted)) return 0
  if (label.toLowerCase().startsWith(wanted)) return 1
  return name.includes(wanted) || label.toLowerCase().includes(wanted) ? 2 : undefined
}

function fieldSuggestions(fields: readonly NamedField[]): readonly Suggestion[] {
  return fields.flatMap(({ name, label, typeLabel, parents }) => [
    { kind: 'field', insert: name, back: 0, label, detail: typeLabel } as const,
    ...parents.map(
      ({ step, object }) =>
        ({ kind: 'parent', insert: `${step}.`, back: 0, label, detail: object }) as const,
    ),
  ])
}

function freeSuggestions({ language, context }: Vocabulary): readonly Suggestion[] {
  const functions = language.functions
    .filter((one) => one.contexts.includes(context))
    .map(({ name, signature }) => {
      const isEmpty = signature.endsWith('()')
      return {
        kind: 'function',
        insert: `${name}()`,
        back: isEmpty ? 0 : 1,
        label: name,
        detail: signature.slice(name.length),
      } as const
    })
  const globals = language.globals.map(
    ({ name, purpose }) =>
      ({ kind: 'global', insert: `${name}.`, back: 0, label: name, detail: purpose }) as const,
  )
  return [...functions, ...globals]
}
