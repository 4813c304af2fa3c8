/**
 * SQL as a type: texts come from template literals alone, everything else is bound or a checked
 * name.
 */

export type Bound = string | number | bigint | boolean | null

/** A checked table or column name; the dialect quotes it. */
export interface Identifier {
  readonly kind: 'identifier'
  readonly name: string
}

/** A value that is given when the statement runs; lets a compiled statement be kept and reused. */
export interface Hole {
  readonly kind: 'hole'
  readonly name: string
}

interface BoundValue {
  readonly kind: 'value'
  readonly value: Bound
}

/** SQL within SQL stays as it is until it is rendered: copying it at every level cost half of the planning of a query. */
type Part = string | Identifier | Hole | BoundValue | Sql

export interface Sql {
  readonly kind: 'sql'
  readonly parts: readonly Part[]
  /** Texts, names and values in it, those of the SQL within it too: what it is long by when it is rendered. */
  readonly size: number
}

function made(parts: readonly Part[]): Sql {
  let size = 0
  for (const part of parts) {
    size += typeof part === 'object' && part.kind === 'sql' ? part.size : 1
  }
  return { kind: 'sql', parts, size }
}

/** How often a name stands in it. */
export function usesOf(name: Identifier, { parts }: Sql): number {
  let uses = 0
  for (const part of parts) {
    if (part === name) uses++
    else if (typeof part === 'object' && part.kind === 'sql') uses += usesOf(name, part)
  }
  return uses
}

/** The same SQL, made the same way. */
export function sameSql(a: Sql, b: Sql): boolean {
  if (a === b) return true
  return (
    a.size === b.size &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, index) => samePart(part, b.parts[index]))
  )
}

function samePart(a: Part, b: Part | undefined): boolean {
  if (a === b) return true
  if (typeof a === 'string' || typeof b !== 'object') return false
  if (a.kind === 'sql') return b.kind === 'sql' && sameSql(a, b)
  if (a.kind === 'value') return b.kind === 'value' && a.value === b.value
  return a.kind === b.kind && a.name === b.name
}

/** What a dialect must know to turn parts into text. */
export interface Quoting {
  quote(name: string): string
  placeholder(position: number): string
}

/** Text and value slots, ready for a driver; only `render` makes one. */
export interface Statement {
  readonly text: string
  readonly slots: readonly (BoundValue | Hole)[]
}

const identifierPattern = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/

/**
 * Refuses anything but a plain name: names come from the model or from this code, never from a
 * caller.
 */
export function identifier(name: string): Identifier {
  if (!identifierPattern.test(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`)
  return { kind: 'identifier', name }
}

export function hole(name: string): Hole {
  return { kind: 'hole', name }
}

type Input = Sql | Identifier | Hole | Bound

function isPart(input: Input): input is Sql | Identifier | Hole {
  return typeof input === 'object' && input !== null
}

/** Builds SQL: strings and numbers put into the template are bound values, never text. */
export function sql(strings: TemplateStringsArray, ...inputs: readonly Input[]): Sql {
  const parts: Part[] = []
  for (let index = 0; index < strings.length; index++) {
    const text = strings[index]
    if (text !== undefined && text !== '') parts.push(text)
    const input = inputs[index]
    if (input === undefined) continue
    parts.push(isPart(input) ? input : { kind: 'value', value: input })
  }
  return made(parts)
}

/** Puts a separator between the pieces. */
export function joinSql(pieces: readonly Sql[], separator: Sql = sql`, `): Sql {
  const parts: Part[] = []
  for (const piece of pieces) {
    if (parts.length > 0) parts.push(separator)
    parts.push(piece)
  }
  return made(parts)
}

/** A text constant inside the statement: for JSON keys and other texts from the model. */
export function textLiteral(text: string): Sql {
  if (text.includes('\0')) throw new Error('NUL in a text literal')
  const quoted = text.includes("'") ? text.replaceAll("'", "''") : text
  return made([`'${quoted}'`])
}

/** A whole number inside the statement. */
export function integerLiteral(value: number | bigint): Sql {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Error(`not an integer: ${value}`)
  return made([String(value)])
}

/** Gives the text and the slots in the dialect's spelling. */
export function render(query: Sql, quoting: Quoting): Statement {
  // Joined at the end: a text that grows piece by piece is kept as the tree of its pieces.
  const texts: string[] = []
  const slots: (BoundValue | Hole)[] = []
  // A hole named twice is one parameter, so that PostgreSQL sees one type for it.
  const positions = new Map<string, number>()
  // What is left to render, its end first: SQL nests deeper than calls may.
  const waiting: Part[] = [query]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part === 'string') texts.push(part)
    else if (part.kind === 'identifier') texts.push(quoting.quote(part.name))
    else if (part.kind === 'sql') pushReversed(waiting, part.parts)
    else {
      const known = part.kind === 'hole' ? positions.get(part.name) : undefined
      if (known === undefined) {
        slots.push(part)
        if (part.kind === 'hole') positions.set(part.name, slots.length)
      }
      texts.push(quoting.placeholder(known ?? slots.length))
    }
  }
  return { text: texts.join(''), slots }
}

/**
 * The same with its names spelled and neighbouring texts made one, for what stands in many statements. The name `open` is
 * left: each statement gives it another.
 */
export function settled(query: Sql, quoting: Quoting, open: Identifier): Sql {
  const parts: Part[] = []
  let text = ''
  const waiting: Part[] = [query]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part === 'string') text += part
    else if (part.kind === 'sql') pushReversed(waiting, part.parts)
    else if (part.kind === 'identifier' && part !== open) text += quoting.quote(part.name)
    else {
      if (text !== '') parts.push(text)
      parts.push(part)
      text = ''
    }
  }
  if (text !== '') parts.push(text)
  return made(parts)
}

/** With something else in the place of the name that was left open. */
export function filledIn({ parts }: Sql, open: Identifier, given: Identifier | Sql): Sql {
  return made(parts.map((part) => (part === open ? given : part)))
}

function pushReversed(waiting: Part[], parts: readonly Part[]): void {
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index]
    if (part !== undefined) waiting.push(part)
  }
}

/** The values of a statement, holes filled. */
export function bind(statement: Statement, holes: Readonly<Record<string, Bound>> = {}): Bound[] {
  return statement.slots.map((slot) => {
    if (slot.kind === 'value') return slot.value
    const value = holes[slot.name]
    if (value === undefined) throw new Error(`no value for hole ${slot.name}`)
    return value
  })
}
