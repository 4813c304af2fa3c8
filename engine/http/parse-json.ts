/** JSON from outside, where JavaScript's own parser guesses: depth, repeated keys, numbers that would bend. */
import { Decimal } from 'decimal.js'
import { limits } from '../base/limits.ts'
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'

/**
 * The value, or a refusal. No key of it is `__proto__`; every number is the one that was written. So many values at most as
 * are dealt with in a moment: the process does nothing else meanwhile.
 */
export function parseJson(text: string): unknown {
  const membersWritten = inspect(text)
  const value = parse(text)
  // Looked at as a whole: text by text it takes longer, and only an escape can hide something.
  const mayBend = text.includes('\\u') || unstorable.test(text)
  if (check(value, mayBend) !== membersWritten) {
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
const comma = 44
const backslash = 92
const colon = 58
const openBrace = 123
const closeBrace = 125
const openBracket = 91
const closeBracket = 93
const minus = 45
const zero = 48
const nine = 57

/** One pass before the parser: refuses depth, masses and bending numbers, counts the members. */
function inspect(text: string): number {
  let depth = 0
  let members = 0
  let values = 1
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === quote) index = endOfString(text, index)
    else if (code === openBrace || code === openBracket) {
      depth += 1
      values += 1
      if (depth > limits.jsonDepthMax) throw tooDeep()
    } else if (code === closeBrace || code === closeBracket) depth -= 1
    else if (code === comma) values += 1
    else if (code === colon) members += 1
    else if (code === minus || (code >= zero && code <= nine)) {
      const end = endOfNumber(text, index)
      if (isSuspicious(text, index, end)) checkNumber(text.slice(index, end))
      index = end - 1
    }
    if (values > limits.jsonValuesMax) throw tooMany()
  }
  return members
}

function tooMany() {
  return refuse(
    'LIMIT_EXCEEDED',
    message('JSON may hold at most {max} values (jsonValuesMax). Send it in parts.', {
      max: limits.jsonValuesMax,
    }),
  )
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

function isNumberChar(code: number): boolean {
  return (code >= zero && code <= nine) || (code >= 43 && code <= 46 && code !== comma) || isE(code)
}

function isE(code: number): boolean {
  return code === 101 || code === 69
}

function endOfNumber(text: string, start: number): number {
  let index = start
  while (index < text.length && isNumberChar(text.charCodeAt(index))) index += 1
  return index
}

/** Up to so many digits every decimal survives the way through a double. */
const safeNumberChars = 15
const numberCharsMax = 400

function isSuspicious(text: string, start: number, end: number): boolean {
  if (end - start > safeNumberChars) return true
  for (let index = start; index < end; index++) if (isE(text.charCodeAt(index))) return true
  return false
}

function checkNumber(token: string): void {
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

/** How many members the objects have. */
function check(value: unknown, mayBend: boolean): number {
  if (typeof value === 'string') {
    if (mayBend) checkText(value)
    return 0
  }
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) members += check(item, mayBend)
    return members
  }
  for (const [key, member] of Object.entries(value)) {
    if (mayBend) checkText(key)
    if (key === '__proto__') {
      throw refuse('INVALID_FIELD', `No such column '${key}'.`, { fields: [key] })
    }
    members += 1 + check(member, mayBend)
  }
  return members
}

/** Half of a surrogate pair, or NUL: the databases would bend or cut it. */
const unstorable = /[\0\p{Surrogate}]/u

function checkText(text: string): void {
  if (unstorable.test(text)) {
    throw refuse('JSON_PARSER_ERROR', 'A text holds a character that is not valid Unicode text.')
  }
}
