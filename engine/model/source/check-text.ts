/**
 * What JSON may carry and the product must not: dangerous keys, broken and unprintable text.
 */
import { message, type Message } from '../../base/message.ts'

// Lone surrogates, control characters but for tab and line ends, and what XML cannot carry.
const badCharacter = /[\p{Cs}\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u

/** What is wrong with the characters of a text, or undefined. */
export function checkText(text: string): Message | undefined {
  const found = badCharacter.exec(text)?.[0]
  if (found === undefined) return undefined
  const code = found.charCodeAt(0)
  if (code >= 0xd800 && code <= 0xdfff) return message('the text holds half of a character pair')
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return message('the text holds the character {shown}', { shown })
}

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** What is wrong with a key of a JSON object, or undefined. */
export function checkKey(key: string): Message | undefined {
  if (forbiddenKeys.has(key)) return message("the key '{key}' is not allowed", { key })
  return checkText(key)
}
