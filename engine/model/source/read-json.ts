/**
 * Strict JSON text becomes a value that is safe to walk. Text without faults, which is nearly all,
 * is read at the speed of the built-in parser; only the rest is scanned for places and reasons.
 */
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
  if (first === undefined) return { offset: 0, reason: 'the file is not JSON' }
  const words = syntaxWords.get(printParseErrorCode(first.error)) ?? 'something is not as in JSON'
  return { offset: first.offset, reason: `the file is not JSON: ${words}` }
}

const syntaxWords: ReadonlyMap<string, string> = new Map([
  ['CloseBraceExpected', 'a closing brace is missing'],
  ['CloseBracketExpected', 'a closing bracket is missing'],
  ['ColonExpected', 'a colon is missing'],
  ['CommaExpected', 'a comma is missing'],
  ['EndOfFileExpected', 'something follows after the end'],
  ['InvalidCharacter', 'a character stands here that must be written as an escape'],
  ['InvalidCommentToken', 'comments are not allowed'],
  ['InvalidEscapeCharacter', 'the escape is not known'],
  ['InvalidNumberFormat', 'the number is not written rightly'],
  ['InvalidSymbol', 'the word is not known'],
  ['InvalidUnicode', 'the Unicode escape is not complete'],
  ['PropertyNameExpected', 'a key in double quotes is expected'],
  ['UnexpectedEndOfComment', 'comments are not allowed'],
  ['UnexpectedEndOfNumber', 'the number is not complete'],
  ['UnexpectedEndOfString', 'the closing quote of a text is missing'],
  ['ValueExpected', 'a value is expected'],
])
