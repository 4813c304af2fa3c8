/** A text without the white space around it that formulas know; by a pattern, long runs within it would be looked at again and again. */
const blanks: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n'])

export function trimBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && blanks.has(text.charAt(start))) start += 1
  while (end > start && blanks.has(text.charAt(end - 1))) end -= 1
  return text.slice(start, end)
}
