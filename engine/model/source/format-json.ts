/**
 * JSON text in one stable layout, the same that Prettier keeps: what fits stands on one line,
 * a list of several objects has one entry per line.
 */

const lineCharsMax = 100

export type Json = string | number | boolean | null | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** The file's text with a line end at its end; the outermost object is always spread out. */
export function formatJson(value: JsonObject): string {
  return `${spreadObject(value, 0)}\n`
}

interface Room {
  readonly indent: number
  /** Characters on the line before the value, and after it for a comma. */
  readonly used: number
}

function format(value: Json, room: Room): string {
  if (!isObject(value) && !isList(value)) return JSON.stringify(value)
  const inline = inlineOf(value)
  if (inline !== undefined && room.used + widthOf(inline) <= lineCharsMax) return inline
  return isList(value) ? spreadList(value, room.indent) : spreadObject(value, room.indent)
}

function spreadObject(value: JsonObject, indent: number): string {
  const keys = Object.keys(value)
  const lines = keys.map((key, index) => {
    const start = `${' '.repeat(indent + 2)}${JSON.stringify(key)}: `
    const comma = index < keys.length - 1 ? ',' : ''
    const used = widthOf(start) + comma.length
    return `${start}${format(value[key] ?? null, { indent: indent + 2, used })}${comma}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${' '.repeat(indent)}}`
}

function spreadList(value: readonly Json[], indent: number): string {
  const start = ' '.repeat(indent + 2)
  const lines = value.map((entry, index) => {
    const comma = index < value.length - 1 ? ',' : ''
    const used = start.length + comma.length
    return `${start}${format(entry, { indent: indent + 2, used })}${comma}`
  })
  return `[\n${lines.join('\n')}\n${' '.repeat(indent)}]`
}

/** The value on one line; undefined when a list within it must be spread out. */
function inlineOf(value: Json): string | undefined {
  if (isList(value)) {
    if (mustSpread(value)) return undefined
    const entries = value.map(inlineOf)
    return entries.includes(undefined) ? undefined : `[${entries.join(', ')}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const members: string[] = []
  for (const [key, inner] of Object.entries(value)) {
    const text = inlineOf(inner)
    if (text === undefined) return undefined
    members.push(`${JSON.stringify(key)}: ${text}`)
  }
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

/** Several objects with more than one key each stand on lines of their own. */
function mustSpread(list: readonly Json[]): boolean {
  if (list.length < 2) return false
  return list.every((entry) => isObject(entry) && Object.keys(entry).length > 1)
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Columns that the text takes: wide characters take two, combining marks none. */
function widthOf(text: string): number {
  // Most texts are plain, and their width is their length.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const character of text.replace(/\p{M}|\p{Cf}/gu, '')) {
    width += wide.test(character) ? 2 : 1
  }
  return width
}

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/u
