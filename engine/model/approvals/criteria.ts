/** Criteria of approvals and deadlines: filters are written as the formula that says the same, so that there is one way to ask. */
import { message, type Message } from '../../base/message.ts'
import { analyseFormula } from '../../formula/analyse-formula.ts'
import type { PathStep } from '../../formula/syntax.ts'
import type { Formula } from '../../formula/tree.ts'
import type { FieldMention, Scope as FormulaScope } from '../../formula/types.ts'
import { parseFilterLogic, type FilterLogic } from '../filter-logic.ts'
import { resolveName } from '../formula-names.ts'
import type { Scope } from '../scope.ts'
import type { Pointer } from '../source-problem.ts'

/** A condition in the public words. */
export interface CriteriaItem {
  readonly field: string
  readonly operation: string
  readonly value?: string
}

export interface Criteria {
  readonly booleanFilter?: string | undefined
  readonly items?: readonly CriteriaItem[] | undefined
  readonly formula?: string | undefined
}

export interface CriteriaFault {
  readonly pointer: Pointer
  readonly reason: Message
}

/** `formula` undefined without a fault: there are no criteria, and every record meets them. */
export interface CompiledCriteria {
  readonly formula: Formula | undefined
  readonly fault: CriteriaFault | undefined
}

/** What of the criteria stands where, so that what is wrong is told at its place. */
export interface CriteriaPlaces {
  readonly items: string
  readonly logic: string
  readonly formula: string
}

export function compileCriteria(
  index: Scope,
  object: string,
  criteria: Criteria & { readonly at: CriteriaPlaces },
): CompiledCriteria {
  const { items = [], formula: text, booleanFilter, at } = criteria
  const scope = scopeOf(index, object)
  if (items.length === 0) {
    if (text === undefined || text.trim() === '') return { formula: undefined, fault: undefined }
    return analysed(scope, text, [at.formula])
  }
  const { logic, problem } = parseFilterLogic(booleanFilter, items.length)
  if (logic === undefined) return failed([at.logic], problem)
  const texts: string[] = []
  for (const [place, item] of items.entries()) {
    const found = itemText(scope, object, item)
    if ('reason' in found) return failed([at.items, place], found.reason)
    texts.push(found.text)
  }
  const own = logicText(logic, texts)
  return analysed(scope, own, [at.items])
}

/** A formula over the record that may give anything. */
export function compileValue(index: Scope, object: string, text: string) {
  return analyseFormula({ text, scope: scopeOf(index, object), context: 'rule' })
}

function scopeOf(index: Scope, object: string): FormulaScope {
  return { resolve: (steps: readonly PathStep[]) => resolveName(object, steps, { index }) }
}

function failed(pointer: Pointer, reason: Message): CompiledCriteria {
  return { formula: undefined, fault: { pointer, reason } }
}

function analysed(scope: FormulaScope, text: string, pointer: Pointer): CompiledCriteria {
  const { formula, problem } = analyseFormula({
    text,
    scope,
    context: 'rule',
    result: { type: 'Checkbox' },
  })
  return formula === undefined ? failed(pointer, problem.told) : { formula, fault: undefined }
}

function logicText(logic: FilterLogic, texts: readonly string[]): string {
  if (logic.kind === 'item') return texts[logic.index] ?? 'FALSE'
  if (logic.kind === 'not') return `NOT(${logicText(logic.item, texts)})`
  const parts = logic.items.map((one) => logicText(one, texts)).join(', ')
  return `${logic.kind === 'and' ? 'AND' : 'OR'}(${parts})`
}

type ItemText = { readonly text: string } | { readonly reason: Message }

function itemText(scope: FormulaScope, object: string, item: CriteriaItem): ItemText {
  const { field, operation, value = '' } = item
  const own = `${object.toLowerCase()}.`
  const path = field.toLowerCase().startsWith(own) ? field.slice(own.length) : field
  const mention = scope.resolve(path.split('.').map((name): PathStep => ({ name })))
  if ('problem' in mention) return { reason: mention.problem }
  const values = severalValues.has(operation) ? listed(value) : [value]
  const texts: string[] = []
  for (const one of values) {
    const compared = comparison(mention, path, { operation, value: one.trim() })
    if (compared === undefined) {
      return {
        reason: message('{field} cannot be compared by "{operation}" with "{value}"', {
          field: path,
          operation,
          value: one.slice(0, shownCharsMax),
        }),
      }
    }
    texts.push(compared)
  }
  const joined = texts.length === 1 ? (texts[0] ?? 'FALSE') : `OR(${texts.join(', ')})`
  return { text: negated.has(operation) ? `NOT(${joined})` : joined }
}

const shownCharsMax = 80
const severalValues: ReadonlySet<string> = new Set([
  'equals',
  'notEqual',
  'includes',
  'excludes',
  'contains',
  'notContain',
  'startsWith',
])
/** Asked as what they deny. */
const negated: ReadonlySet<string> = new Set(['notEqual', 'excludes', 'notContain'])

/** Alternatives are separated by commas; one in quotes may hold a comma itself. */
function listed(value: string): readonly string[] {
  const found = [...value.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]+))\s*(?:,|$)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '',
  )
  return found.length === 0 ? [''] : found
}

const orders: ReadonlyMap<string, string> = new Map([
  ['lessThan', '<'],
  ['greaterThan', '>'],
  ['lessOrEqual', '<='],
  ['greaterOrEqual', '>='],
])

interface Compared {
  readonly operation: string
  readonly value: string
}

/** Undefined where the field has no such comparison, or the text is no value of it. */
function comparison(
  { kind }: FieldMention,
  path: string,
  { operation, value }: Compared,
): string | undefined {
  const isEquality = operation === 'equals' || operation === 'notEqual'
  if (value === '' && kind !== 'boolean') return isEquality ? `ISBLANK(${path})` : undefined
  const order = orders.get(operation)
  if (kind === 'multipicklist') return chosen(path, operation, value)
  if (kind === 'id' && isEquality) return `${path} = ${quoted(value)}`
  if (kind === 'picklist' || kind === 'text' || kind === 'id') {
    const text = kind === 'picklist' ? `TEXT(${path})` : path
    return textComparison(text, { operation, value, order, isEquality })
  }
  const literal = literals[kind]?.(value)
  if (literal === undefined) return undefined
  if (kind === 'boolean') return isEquality ? `${path} = ${literal}` : undefined
  if (isEquality) return `${path} = ${literal}`
  return order === undefined ? undefined : `${path} ${order} ${literal}`
}

function chosen(path: string, operation: string, value: string): string | undefined {
  const isAsked = ['includes', 'excludes', 'equals', 'notEqual'].includes(operation)
  return isAsked ? `INCLUDES(${path}, ${quoted(value)})` : undefined
}

interface TextComparison extends Compared {
  readonly order: string | undefined
  readonly isEquality: boolean
}

/** Texts are compared as people write them, in any letter case. */
function textComparison(
  text: string,
  { operation, value, order, isEquality }: TextComparison,
): string | undefined {
  const [left, right] = [`LOWER(${text})`, quoted(value.toLowerCase())]
  if (isEquality) return `${left} = ${right}`
  if (operation === 'contains' || operation === 'notContain') return `CONTAINS(${left}, ${right})`
  if (operation === 'startsWith') return `BEGINS(${left}, ${right})`
  return order === undefined ? undefined : `${left} ${order} ${right}`
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

const literals: Partial<Record<FieldMention['kind'], (value: string) => string | undefined>> = {
  number,
  currency: number,
  percent: (value) => {
    const plain = number(value)
    return plain === undefined ? undefined : `(${plain} / 100)`
  },
  boolean: (value) =>
    /^(?:true|1)$/i.test(value) ? 'TRUE' : /^(?:false|0|)$/i.test(value) ? 'FALSE' : undefined,
  date: (value) => {
    if (/^today$/i.test(value)) return 'TODAY()'
    const day = dayText(value)
    return day === undefined ? undefined : `DATEVALUE("${day}")`
  },
  datetime: (value) => {
    const day = dayText(value)
    if (day !== undefined) return `DATETIMEVALUE("${day} 00:00:00")`
    const at = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(value)
    return at === null ? undefined : `DATETIMEVALUE("${at[1]} ${at[2]}")`
  },
}

function number(value: string): string | undefined {
  const plain = value.replaceAll(',', '')
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? plain : undefined
}

/** As files have it, or month/day/year as exports of the platform do. */
function dayText(value: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(value) ?? []
  return year === '' ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
