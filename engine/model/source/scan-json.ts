/**
 * A first look at JSON text without recursion: nesting, keys that occur twice, forbidden keys and
 * broken characters. After it the text is safe to hand to recursive code.
 */
import { message, type Message } from '../../base/message.ts'
import { createScanner } from 'jsonc-parser'
import { limits } from '../../base/limits.ts'
import { checkKey, checkText } from './check-text.ts'

export interface JsonFault {
  readonly offset: number
  readonly reason: Message
  readonly suggestion?: Message
}

// The scanner's kinds of token, whose own names exist for its compiler only.
const token = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  colon: 6,
  text: 10,
  end: 17,
} as const

interface Level {
  readonly closedBy: number
  /** Of an object, the keys met so far. */
  readonly keys: Set<string>
}

export interface JsonScan {
  /** In the order of the text. */
  readonly faults: readonly JsonFault[]
  /** The text is nested too deeply for recursive code, and the scan ended there. */
  readonly tooDeep: boolean
}

export function scanJson(text: string): JsonScan {
  const scanner = createScanner(text, true)
  const faults: JsonFault[] = []
  const levels: Level[] = []
  let word: { readonly text: string; readonly offset: number } | undefined
  for (let kind = scanner.scan(); kind !== token.end; kind = scanner.scan()) {
    const offset = scanner.getTokenOffset()
    if (faults.length >= limits.problemsReportedMax) return { faults, tooDeep: false }
    if (kind === token.colon && word !== undefined) {
      faults.push(...keyFaults(word, levels.at(-1)))
      word = undefined
      continue
    }
    if (word !== undefined) faults.push(...textFaults(word))
    word = kind === token.text ? readWord(scanner, offset) : undefined
    const closedBy = closingOf(kind)
    if (closedBy !== undefined) levels.push({ closedBy, keys: new Set() })
    if (levels.length > limits.jsonDepthMax) {
      return { faults: [...faults, tooDeep(offset)], tooDeep: true }
    }
    // Only the right bracket closes: the parser that follows counts the same way.
    if (levels.at(-1)?.closedBy === kind) levels.pop()
  }
  if (word !== undefined) faults.push(...textFaults(word))
  return { faults, tooDeep: false }
}

function readWord(
  scanner: ReturnType<typeof createScanner>,
  offset: number,
): { text: string; offset: number } | undefined {
  // A broken string is a matter for the parser, which says what is wrong with it.
  if (scanner.getTokenError() !== 0) return undefined
  return { text: scanner.getTokenValue(), offset }
}

function closingOf(kind: number): number | undefined {
  if (kind === token.openBrace) return token.closeBrace
  if (kind === token.openBracket) return token.closeBracket
  return undefined
}

function keyFaults(
  key: { readonly text: string; readonly offset: number },
  level: Level | undefined,
): readonly JsonFault[] {
  if (level === undefined) return []
  const { offset } = key
  if (level.keys.has(key.text)) {
    const reason = message("the key '{key}' stands here a second time", { key: key.text })
    return [{ offset, reason, suggestion: message('keep one of the two') }]
  }
  level.keys.add(key.text)
  const reason = checkKey(key.text)
  return reason === undefined ? [] : [{ offset, reason }]
}

function textFaults(word: {
  readonly text: string
  readonly offset: number
}): readonly JsonFault[] {
  const reason = checkText(word.text)
  return reason === undefined ? [] : [{ offset: word.offset, reason }]
}

function tooDeep(offset: number): JsonFault {
  return {
    offset,
    reason: message('nested more than {most} levels deep', { most: limits.jsonDepthMax }),
  }
}
