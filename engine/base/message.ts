/**
 * Sentences of the engine that people read: English with places for values is the key by which the
 * catalogues of other languages are asked. What is filled in stays apart until somebody reads it.
 */

/** A text of the model: shown in the reader's language where it has one, else as it stands here. */
export interface LabelOf {
  readonly text: string
  readonly object: string
  /** Which text of the object, beside its own label. */
  readonly part?: LabelPart
  /** Of the field or rule. */
  readonly name?: string
}

export type LabelPart = 'plural' | 'field' | 'rule' | 'lookupFilter'

/** A number of things, written as the reader writes large numbers. */
export interface Amount {
  readonly amount: number
}

export type MessageValue = string | number | Amount | LabelOf | Message | readonly LabelOf[]

export interface Message {
  /** English, with `{name}` where a value belongs. */
  readonly sentence: string
  readonly values: Readonly<Record<string, MessageValue>>
}

export function message(sentence: string, values: Message['values'] = {}): Message {
  return { sentence, values }
}

/** The message with what only some cases add, such as a hint; that brings its own joint: "; did you mean …?". */
export function withMore(told: Message, more: Message | undefined): Message {
  return more === undefined ? told : message('{told}{more}', { told, more })
}

/** One of several: "a text, a date or a number". */
export function oneOf(choices: readonly Message[]): Message {
  const [first = message(''), ...rest] = choices
  const last = rest.at(-1)
  if (last === undefined) return first
  const before = rest.slice(0, -1)
  const list = before.reduce((told, more) => message('{told}, {more}', { told, more }), first)
  return message('{list} or {last}', { list, last })
}

/** How the parts of a message become text in some language. */
export interface MessageWords {
  sentence(english: string): string
  label(label: LabelOf): string
  amount(value: number): string
}

const numbers = new Intl.NumberFormat('en-US')

const english: MessageWords = {
  sentence: (text) => text,
  label: (label) => label.text,
  amount: (value) => numbers.format(value),
}

export function inEnglish(told: Message): string {
  return spell(told, english)
}

const place = /\{(\w+)\}/g

/** The message in words. A value never acts as a place for others. */
export function spell(told: Message, words: MessageWords): string {
  const values = new Map(Object.entries(told.values))
  return words.sentence(told.sentence).replace(place, (_all, name: string) => {
    const value = values.get(name)
    return value === undefined ? '' : spellValue(value, words)
  })
}

function spellValue(value: MessageValue, words: MessageWords): string {
  if (typeof value !== 'object') return String(value)
  if ('sentence' in value) return spell(value, words)
  if ('amount' in value) return words.amount(value.amount)
  if ('text' in value) return words.label(value)
  return value.map((label) => words.label(label)).join(', ')
}
