/**
 * Strict JSON text becomes a value that is safe to walk. Text without faults, which is nearly all,
 * is read at the speed of the built-in parser; only the rest is scanned for places and reasons.
 */
import { message, type Message } from '../../base/message.ts'
import { parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { checkValue } from './check-value.ts'
import { scanJson, type JsonFault } from './scan-json.ts'

export type JsonReading = { readonly value: unknown } | { readonly faults: readonly JsonFault[] }

/** JSON as the standard has it, without double keys, forbidden keys and broken characters. */
export function readJson(text: string): JsonReading {
  const parsed = parseStrictly(text)
  if (parsed !== undefined && isClean(text, parsed.value)) return parsed
  const { faults, tooDeep } = scanJson(text)
  // The tree's parser recurses, so it never sees text that is nested too deeply.
  if (tooDeep) return { faults }
  if (parsed !== undefined) return faults.length === 0 ? parsed : { faults }
  return { faults: [...faults, syntaxFault(text)] }
}

function parseStrictly(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A key that stands twice is in the text twice and in the value once, so the counts tell. */
function isClean(text: string, value: unknown): boolean {
  return checkValue(value).length === 0 && countLiterals(text) === countTexts(value)
}

function countLiterals(text: string): number {
  if (text.includes('\\')) return text.match(/"(?:[^"\\]|\\.)*"/g)?.length ?? 0
  let quotes = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++
  return quotes / 2
}

/** The keys and texts of a value that is not nested too deeply. */
function countTexts(value: unknown): number {
  if (typeof value === 'string') return 1
  if (typeof value !== 'object' || value === null) return 0
  let count = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) count += countTexts(inner)
  return count
}

function syntaxFault(text: string): JsonFault {
  const errors: ParseError[] = []
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [first] = errors
  if (first === undefined) return { offset: 0, reason: message('the file is not JSON') }
  const words =
    syntaxWords.get(printParseErrorCode(first.error)) ?? message('something is not as in JSON')
  return {
    offset: first.offset,
    reason: message('the file is not JSON: {problem}', { problem: words }),
  }
}

const syntaxWords: ReadonlyMap<string, Message> = new Map([
  ['CloseBraceExpected', message('a closing brace is missing')],
  ['CloseBracketExpected', message('a closing bracket is missing')],
  ['ColonExpected', message('a colon is missing')],
  ['CommaExpected', message('a comma is missing')],
  ['EndOfFileExpected', message('something follows after the end')],
  ['InvalidCharacter', message('a character stands here that must be written as an escape')],
  ['InvalidCommentToken', message('comments are not allowed')],
  ['InvalidEscapeCharacter', message('the escape is not known')],
  ['InvalidNumberFormat', message('the number is not written rightly')],
  ['InvalidSymbol', message('the word is not known')],
  ['InvalidUnicode', message('the Unicode escape is not complete')],
  ['PropertyNameExpected', message('a key in double quotes is expected')],
  ['UnexpectedEndOfComment', message('comments are not allowed')],
  ['UnexpectedEndOfNumber', message('the number is not complete')],
  ['UnexpectedEndOfString', message('the closing quote of a text is missing')],
  ['ValueExpected', message('a value is expected')],
])
