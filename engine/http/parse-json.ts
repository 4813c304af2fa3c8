/** JSON from outside, where JavaScript's own parser guesses: depth, repeated keys, numbers that would bend. */
import { Decimal } from 'decimal.js'
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'

/** The value, or a refusal. No key of it is `__proto__`; every number is the one that was written. */
export function parseJson(text: string): unknown {
  const membersWritten = inspect(text)
  const value = parse(text)
  const seen = { members: 0 }
  check(value, seen)
  if (seen.members !== membersWritten) {
    throw refuse('JSON_PARSER_ERROR', 'A key stands twice in one object.')
  }
  return value
}

/** As `parseJson`; refuses anything but an object. Names from outside become keys of a map. */
export function parseJsonObject(text: string): Map<string, unknown> {
  const value = parseJson(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refuse('JSON_PARSER_ERROR', 'The body must be a JSON object.')
  }
  return new Map(Object.entries(value))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : String(error)
    throw refuse('JSON_PARSER_ERROR', `The body is not valid JSON: ${reason}`)
  }
}

const quote = 34
const backslash = 92
const colon = 58
const openBrace = 123
const closeBrace = 125
const openBracket = 91
const closeBracket = 93
const minus = 45
const zero = 48
const nine = 57

/** One pass before the parser: refuses depth and bending numbers, counts the members. */
function inspect(text: string): number {
  let depth = 0
  let members = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === quote) index = endOfString(text, index)
    else if (code === openBrace || code === openBracket) {
      depth += 1
      if (depth > limits.jsonDepthMax) throw tooDeep()
    } else if (code === closeBrace || code === closeBracket) depth -= 1
    else if (code === colon) members += 1
    else if (code === minus || (code >= zero && code <= nine)) {
      const end = endOfNumber(text, index)
      checkNumber(text.slice(index, end))
      index = end - 1
    }
  }
  return members
}

function tooDeep() {
  return refuse('JSON_PARSER_ERROR', `JSON may be nested at most ${limits.jsonDepthMax} deep.`)
}

/** The index of the closing quote. */
function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === quote) return index
    index += code === backslash ? 2 : 1
  }
  return index
}

const numberChars = /[-+.0-9eE]*/y

function endOfNumber(text: string, start: number): number {
  numberChars.lastIndex = start
  numberChars.exec(text)
  return numberChars.lastIndex
}

/** Up to so many digits every decimal survives the way through a double. */
const safeNumberChars = 15
const numberCharsMax = 400

function checkNumber(token: string): void {
  const suspicious = token.length > safeNumberChars || /e/i.test(token)
  if (!suspicious) return
  if (token.length > numberCharsMax) throw bendingNumber(token)
  const value = Number(token)
  // What is no number at all is left to the parser's own message.
  if (Number.isNaN(value)) return
  if (!Number.isFinite(value) || !new Decimal(token).equals(new Decimal(value))) {
    throw bendingNumber(token)
  }
}

function bendingNumber(token: string) {
  return refuse(
    'JSON_PARSER_ERROR',
    `The number ${token.slice(0, 40)} cannot be taken exactly as a JSON number. Send it as a string.`,
  )
}

function check(value: unknown, seen: { members: number }): void {
  if (typeof value === 'string') checkText(value)
  else if (Array.isArray(value)) for (const item of value) check(item, seen)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      seen.members += 1
      checkKey(key)
      check(member, seen)
    }
  }
}

function checkKey(key: string): void {
  checkText(key)
  if (key === '__proto__') {
    throw refuse('INVALID_FIELD', `No such column '${key}'.`, { fields: [key] })
  }
}

/** Half of a surrogate pair, or NUL: the databases would bend or cut it. */
const unstorable = /[\0\p{Surrogate}]/u

function checkText(text: string): void {
  if (unstorable.test(text)) {
    throw refuse('JSON_PARSER_ERROR', 'A text holds a character that is not valid Unicode text.')
  }
}
