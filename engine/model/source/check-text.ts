/**
 * What JSON may carry and the product must not: dangerous keys, broken and unprintable text.
 */

// Lone surrogates, control characters but for tab and line ends, and what XML cannot carry.
const badCharacter = /[\p{Cs}\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u

/** What is wrong with the characters of a text, or undefined. */
export function checkText(text: string): string | undefined {
  const found = badCharacter.exec(text)?.[0]
  if (found === undefined) return undefined
  const code = found.charCodeAt(0)
  if (code >= 0xd800 && code <= 0xdfff) return 'the text holds half of a character pair'
  return `the text holds the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** What is wrong with a key of a JSON object, or undefined. */
export function checkKey(key: string): string | undefined {
  if (forbiddenKeys.has(key)) return `the key '${key}' is not allowed`
  return checkText(key)
}
