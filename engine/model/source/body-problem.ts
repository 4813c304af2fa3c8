/** Something wrong in a component, by its place in the body; a source adds line and column. */
import { message, type Message } from '../../base/message.ts'

export interface BodyProblem {
  readonly pointer: Pointer
  /** Whether the key itself is wrong or what stands under it. */
  readonly at: 'key' | 'value'
  readonly reason: Message
  readonly suggestion?: Message
}

export type Pointer = readonly (string | number)[]

/** The hint that names the nearest right word, or lists all when there are only a few. */
export function suggest(nearest: string | undefined, all: readonly string[]): Message | undefined {
  if (nearest !== undefined) return message("did you mean '{nearest}'?", { nearest })
  if (all.length === 0 || all.length > suggestionsMax) return undefined
  return message('known: {names}', { names: all.join(', ') })
}

const suggestionsMax = 40
const quoteCharsMax = 60

/** Text of the caller's own as it is quoted in a message: short, on one line. */
export function quote(text: string): string {
  const short = text.length > quoteCharsMax ? `${text.slice(0, quoteCharsMax)}…` : text
  return `'${JSON.stringify(short).slice(1, -1).replaceAll('\\"', '"')}'`
}

/** A problem that carries its suggestion only when there is one. */
export function bodyProblem(
  place: { readonly pointer: Pointer; readonly at?: 'key' | 'value' },
  reason: Message,
  suggestion?: Message,
): BodyProblem {
  const problem = { pointer: place.pointer, at: place.at ?? 'value', reason }
  return suggestion === undefined ? problem : { ...problem, suggestion }
}
