/** Types of formula values, and how a formula asks its surroundings for the fields it names. */
import { message, type LabelOf, type Message } from '../base/message.ts'
import type { PathStep } from './syntax.ts'

/** What a mention can be; the first column of a message such as "Amount is a currency". */
export type FieldKind =
  | 'text'
  | 'id'
  | 'number'
  | 'currency'
  | 'percent'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'picklist'
  | 'multipicklist'
  | 'location'
  /** Cannot be used in formulas; the message names the kind in `kindLabel`. */
  | 'unusable'

/** A field or global that a path stands for, as the scope found it. */
export interface FieldMention {
  readonly kind: FieldKind
  /** One canonical spelling per field; readers and columns are found by it. */
  readonly path: string
  /** What is said in messages; the written path when absent. */
  readonly label?: string | LabelOf
  /** Says more than the kind: "rich text", "encrypted text". */
  readonly kindLabel?: Message
  /** Digits in all, of numbers; 18 when absent. */
  readonly precision?: number
  /** Digits after the point, of numbers. */
  readonly scale?: number
  /** Where alone formulas can use it; everywhere when absent. */
  readonly contexts?: readonly FormulaContext[]
  /** API values of a picklist, so that a misspelt one is found; absent when any may occur. */
  readonly values?: readonly string[]
  /** True where a field of the record itself is meant, not one of a parent and no global. */
  readonly ownField?: boolean
  /** True for a text formula whose value is safe markup. */
  readonly markup?: boolean
  /** True where the value follows the user or the clock, not the record alone. */
  readonly volatile?: boolean
  /** For `$ObjectType.X.Fields.Y`: the field itself is meant, as VLOOKUP needs it. */
  readonly fieldOf?: { readonly object: string; readonly field: string }
}

export interface ScopeProblem {
  readonly problem: Message
}

/** Names → mentions; the model implements it for an object, the flow engine for its resources. */
export interface Scope {
  /** Any letter case. A problem says what is wrong and, where possible, what was meant. */
  resolve(path: readonly PathStep[]): FieldMention | ScopeProblem
}

export type TypeKind =
  | 'number'
  | 'text'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'picklist'
  | 'multipicklist'
  | 'location'
  /** The empty value, which fits everywhere. */
  | 'null'

export interface FormulaType {
  readonly kind: TypeKind
  /** A number that came from a division or a root: it may have no end, and is printed rounded. */
  readonly endless?: true
  /** A text that is safe markup; where it meets plain text, the plain one is escaped. */
  readonly markup?: true
}

/** Where a formula stands; a function may be at home in some of them only. */
export type FormulaContext = 'field' | 'rule' | 'default' | 'flow'

export type BlankHandling = 'zero' | 'blank'

const kindNames: Readonly<Record<TypeKind, Message>> = {
  number: message('a number'),
  text: message('a text'),
  boolean: message('a checkbox (true or false)'),
  date: message('a date'),
  datetime: message('a date/time'),
  time: message('a time'),
  picklist: message('a picklist'),
  multipicklist: message('a multi-select picklist'),
  location: message('a location'),
  null: message('empty'),
}

export function typeName(kind: TypeKind): Message {
  return kindNames[kind]
}

/** As in "Amount is a currency". */
export function mentionKindName(mention: FieldMention): Message {
  if (mention.kindLabel !== undefined) return mention.kindLabel
  if (mention.kind === 'currency') return message('a currency')
  if (mention.kind === 'percent') return message('a percent')
  if (mention.kind === 'id') return message('an id')
  if (mention.kind === 'unusable') return message('of a type that formulas cannot use')
  return typeName(mention.kind)
}

/** The type of a mention's value inside the formula; a percent counts as its hundredth. */
export function mentionType(mention: FieldMention): FormulaType {
  if (mention.kind === 'currency' || mention.kind === 'percent') return { kind: 'number' }
  if (mention.kind === 'id' || mention.kind === 'unusable') return { kind: 'text' }
  if (mention.kind === 'text' && mention.markup === true) return { kind: 'text', markup: true }
  return { kind: mention.kind }
}
