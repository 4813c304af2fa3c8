/** Filter rows of a list: which operators a field has, and the SOQL condition that a row stands for. */
import { t } from './text.ts'
import { parseDecimal } from './decimal-input.ts'
import { fieldName, likeLiteral, textLiteral } from './soql.ts'
import type { FieldInfo } from './wire.ts'

export type FilterOperator =
  | 'equals'
  | 'notEquals'
  | 'contains'
  | 'startsWith'
  | 'less'
  | 'lessOrEqual'
  | 'greater'
  | 'greaterOrEqual'
  | 'within'
  | 'anyOf'
  | 'noneOf'
  | 'includes'
  | 'excludes'
  | 'isMe'
  | 'empty'
  | 'notEmpty'

export interface FilterRow {
  readonly field: string
  readonly operator: FilterOperator
  readonly values: readonly string[]
}

type Kind =
  'text' | 'number' | 'day' | 'instant' | 'choice' | 'choices' | 'truth' | 'lookup' | 'none'

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['string', 'text'],
  ['email', 'text'],
  ['phone', 'text'],
  ['url', 'text'],
  ['combobox', 'text'],
  ['textarea', 'text'],
  ['int', 'number'],
  ['double', 'number'],
  ['currency', 'number'],
  ['percent', 'number'],
  ['date', 'day'],
  ['datetime', 'instant'],
  ['picklist', 'choice'],
  ['multipicklist', 'choices'],
  ['boolean', 'truth'],
  ['reference', 'lookup'],
])

export function filterKind(field: FieldInfo): Kind {
  return field.filterable === false ? 'none' : (kinds.get(field.type) ?? 'none')
}

const operatorsByKind: Readonly<Record<Kind, readonly FilterOperator[]>> = {
  text: ['contains', 'equals', 'notEquals', 'startsWith', 'empty', 'notEmpty'],
  number: [
    'equals',
    'notEquals',
    'less',
    'lessOrEqual',
    'greater',
    'greaterOrEqual',
    'empty',
    'notEmpty',
  ],
  day: [
    'within',
    'equals',
    'less',
    'lessOrEqual',
    'greater',
    'greaterOrEqual',
    'empty',
    'notEmpty',
  ],
  instant: ['within', 'empty', 'notEmpty'],
  choice: ['anyOf', 'noneOf', 'empty', 'notEmpty'],
  choices: ['includes', 'excludes', 'empty', 'notEmpty'],
  truth: ['equals'],
  lookup: ['isMe', 'contains', 'empty', 'notEmpty'],
  none: [],
}

export function operatorsOf(field: FieldInfo): readonly FilterOperator[] {
  const operators = operatorsByKind[filterKind(field)]
  const isUser = field.referenceTo?.includes('User') === true
  return isUser ? operators : operators.filter((operator) => operator !== 'isMe')
}

/** The operator's words; days have words of their own. */
export function operatorLabel(operator: FilterOperator, field: FieldInfo): string {
  const isDay = ['date', 'datetime'].includes(field.type)
  const labels: Readonly<Record<FilterOperator, string>> = {
    equals: isDay ? t('on') : field.type === 'boolean' ? t('is') : t('equals'),
    notEquals: t('does not equal'),
    contains: field.type === 'reference' ? t('name contains') : t('contains'),
    startsWith: t('starts with'),
    less: isDay ? t('before') : t('less than'),
    lessOrEqual: isDay ? t('on or before') : t('at most'),
    greater: isDay ? t('after') : t('greater than'),
    greaterOrEqual: isDay ? t('on or after') : t('at least'),
    within: t('within'),
    anyOf: t('is any of'),
    noneOf: t('is none of'),
    includes: t('includes any of'),
    excludes: t('includes none of'),
    isMe: t('is me'),
    empty: t('is empty'),
    notEmpty: t('is not empty'),
  }
  return labels[operator]
}

/** Spans of time relative to today, as SOQL names them. */
export function relativeSpans(): readonly { readonly value: string; readonly label: string }[] {
  return [
    { value: 'TODAY', label: t('today') },
    { value: 'YESTERDAY', label: t('yesterday') },
    { value: 'TOMORROW', label: t('tomorrow') },
    { value: 'THIS_WEEK', label: t('this week') },
    { value: 'LAST_WEEK', label: t('last week') },
    { value: 'NEXT_WEEK', label: t('next week') },
    { value: 'THIS_MONTH', label: t('this month') },
    { value: 'LAST_MONTH', label: t('last month') },
    { value: 'NEXT_MONTH', label: t('next month') },
    { value: 'THIS_QUARTER', label: t('this quarter') },
    { value: 'THIS_YEAR', label: t('this year') },
    { value: 'LAST_N_DAYS:7', label: t('the last 7 days') },
    { value: 'LAST_N_DAYS:30', label: t('the last 30 days') },
    { value: 'LAST_N_DAYS:90', label: t('the last 90 days') },
    { value: 'NEXT_N_DAYS:7', label: t('the next 7 days') },
    { value: 'NEXT_N_DAYS:30', label: t('the next 30 days') },
  ]
}

export function needsValue(operator: FilterOperator): boolean {
  return !['empty', 'notEmpty', 'isMe'].includes(operator)
}

const comparisons: ReadonlyMap<FilterOperator, string> = new Map<FilterOperator, string>([
  ['equals', '='],
  ['notEquals', '!='],
  ['less', '<'],
  ['lessOrEqual', '<='],
  ['greater', '>'],
  ['greaterOrEqual', '>='],
])

const lists: ReadonlyMap<FilterOperator, string> = new Map<FilterOperator, string>([
  ['anyOf', 'IN'],
  ['noneOf', 'NOT IN'],
  ['includes', 'INCLUDES'],
  ['excludes', 'EXCLUDES'],
])

export interface ConditionSettings {
  readonly userId: string
  readonly locale: string
  /** The name of a lookup's parent as a path: `Account.Name`. */
  parentName(field: FieldInfo): string
}

/** The condition of one row; undefined while it is incomplete, or its value cannot be read. */
export function rowCondition(
  row: FilterRow,
  field: FieldInfo,
  settings: ConditionSettings,
): string | undefined {
  const name = fieldName(field.name)
  const value = row.values[0]?.trim() ?? ''
  if (!operatorsOf(field).includes(row.operator)) return undefined
  if (row.operator === 'empty') return `${name} = null`
  if (row.operator === 'notEmpty') return `${name} != null`
  if (row.operator === 'isMe') return `${name} = ${textLiteral(settings.userId)}`
  const list = lists.get(row.operator)
  if (list !== undefined) return listCondition(`${name} ${list}`, row.values)
  if (value === '') return undefined
  if (row.operator === 'within') return spanCondition(name, value)
  const path = field.type === 'reference' ? fieldName(settings.parentName(field)) : name
  if (row.operator === 'contains') return `${path} LIKE ${likeLiteral(value, 'anywhere')}`
  if (row.operator === 'startsWith') return `${path} LIKE ${likeLiteral(value, 'start')}`
  const literal = literalOf(field, value, settings.locale)
  return literal === undefined
    ? undefined
    : `${name} ${comparisons.get(row.operator) ?? '='} ${literal}`
}

function listCondition(start: string, values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : `${start} (${values.map(textLiteral).join(', ')})`
}

function spanCondition(name: string, value: string): string | undefined {
  const known = relativeSpans().some((span) => span.value === value)
  return known ? `${name} = ${value}` : undefined
}

function literalOf(field: FieldInfo, value: string, locale: string): string | undefined {
  const kind = filterKind(field)
  if (kind === 'number') return parseDecimal(value, locale)
  if (kind === 'day') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined
  if (kind === 'truth') return value === 'true' ? 'true' : 'false'
  return textLiteral(value)
}

/** Rows in an address, and back; anything unreadable is no filter. */
export function encodeFilters(rows: readonly FilterRow[]): string {
  return rows.length === 0
    ? ''
    : JSON.stringify(rows.map((row) => [row.field, row.operator, ...row.values]))
}

export function decodeFilters(text: string | null): readonly FilterRow[] {
  if (!text) return []
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed.flatMap(decodeRow) : []
  } catch {
    // A mistyped address is a list without filter, not an error.
    return []
  }
}

function decodeRow(entry: unknown): readonly FilterRow[] {
  if (!Array.isArray(entry) || !entry.every((part) => typeof part === 'string')) return []
  const [field, operator, ...values] = entry
  if (field === undefined || !isOperator(operator)) return []
  return [{ field, operator, values }]
}

function isOperator(text: string | undefined): text is FilterOperator {
  return Object.values(operatorsByKind).some((list) => list.some((one) => one === text))
}
