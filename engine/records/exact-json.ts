/** JSON that was built by the database, read and changed without bending its long numbers. */

/** A string, or a number outside of strings. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
/** Stored texts hold no NUL, so that no text of a user looks like a number that was put aside. */
const asideNumber = /"\\u0000(-?[0-9][0-9.eE+-]*)"/g
const exactDigitsMax = 15

function replaceNumbers(json: string, replace: (digits: string) => string): string {
  return json.replace(tokens, (token) => (token.startsWith('"') ? token : replace(token)))
}

/** A number as the text by which `editJson` puts it aside; printed digit by digit. */
export function exactDigits(digits: string): string {
  return `\u0000${digits}`
}

/** The digits of a number that `editJson` put aside; undefined for a text of a record. */
export function givenDigits(text: string): string | undefined {
  return text.startsWith('\u0000') ? text.slice(1) : undefined
}

/** Parses, lets the values be changed, and prints: numbers come out digit by digit as they went in. */
export function editJson(json: string, edit: (value: unknown) => void): string {
  const value = parseAside(json)
  edit(value)
  return printAside(value)
}

/** Numbers become texts that only `printAside` understands. */
export function parseAside(json: string): unknown {
  return JSON.parse(replaceNumbers(json, (digits) => `"\\u0000${digits}"`))
}

/** The whole, or a part, of what `parseAside` gave: numbers digit by digit as they went in. */
export function printAside(value: unknown): string {
  return JSON.stringify(value).replace(asideNumber, '$1')
}

/** Parses; a number with more digits than a double holds becomes a text. */
export function parseExactly(json: string): unknown {
  return JSON.parse(
    replaceNumbers(json, (digits) =>
      digits.replace(/\D/g, '').length > exactDigitsMax ? `"${digits}"` : digits,
    ),
  )
}
