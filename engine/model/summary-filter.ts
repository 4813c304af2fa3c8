/** One condition of a roll-up summary: its text value in the form that the field is compared in. */
import { message, type Message } from '../base/message.ts'
import type { FilterItem, FilterOperation } from '../../metadata/types.ts'
import type { FieldOptions, FieldType, Operator, SummaryFilter } from '../fields/field-type.ts'
import { isProblem } from '../fields/value-problem.ts'
import { resultColumn } from '../formula/compile-formula.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { FieldFormula } from './model.ts'

/** A field that is compared, as its outline knows it. */
export interface ComparedField {
  readonly name: string
  readonly type: FieldType
  readonly options: FieldOptions
  readonly formula: FieldFormula | undefined
}

export interface FilterProblem {
  readonly reason: Message
}

/** The operator that the field's type must know; a condition without one cannot be kept up to date. */
const operators: Readonly<Record<FilterOperation, Operator | undefined>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
  contains: 'like',
  notContain: 'like',
  startsWith: 'like',
  includes: 'includes',
  excludes: 'excludes',
  within: undefined,
}

const severalValues: ReadonlySet<FilterOperation> = new Set([
  'equals',
  'notEqual',
  'includes',
  'excludes',
])

export function readSummaryFilter(
  field: ComparedField,
  item: FilterItem,
): SummaryFilter | FilterProblem {
  const { operation } = item
  const operator = operators[operation]
  const comparison = field.type.comparison?.(field.options)
  if (
    operator === undefined ||
    comparison === undefined ||
    !field.type.operators.includes(operator)
  )
    return {
      reason: message('{field} ({type}) cannot be filtered by "{operation}"', {
        field: field.name,
        type: field.type.name,
        operation,
      }),
    }
  if (item.valueField !== undefined) {
    return {
      reason: message('a roll-up compares {field} with a value, not with another field', {
        field: field.name,
      }),
    }
  }
  const kind =
    field.formula === undefined
      ? field.type.columns(field.options)[comparison.column]
      : resultColumn(field.formula.result)
  if (kind === undefined) throw new Error(`${field.name} has no column to compare`)
  const values = readValues(field, kind, item)
  if ('reason' in values) return values
  if (values.includes(null) && operator !== '=' && operator !== '!=') {
    return {
      reason: message('the condition "{operation}" on {field} needs a value', {
        operation,
        field: field.name,
      }),
    }
  }
  return { field: field.name, operation, values }
}

/** What the field is compared with, or the first text that is no value of it. */
function readValues(
  field: ComparedField,
  kind: ColumnKind,
  item: FilterItem,
): readonly (string | boolean | null)[] | FilterProblem {
  const values: (string | boolean | null)[] = []
  for (const text of valuesOf(item, kind)) {
    const value = text === '' ? null : readers[kind.kind](text.trim())
    if (value === undefined) {
      return {
        reason: message('"{text}" is no value for {field}: write {expected}', {
          text,
          field: field.name,
          expected: expected[kind.kind],
        }),
      }
    }
    const isLike = operators[item.operation] === 'like'
    const problem = value === null || isLike ? undefined : comparedProblem(field, value)
    if (problem !== undefined)
      return {
        reason: message('"{text}" for {field}: {problem}', { text, field: field.name, problem }),
      }
    values.push(value)
  }
  return values
}

function comparedProblem(
  field: ComparedField,
  value: string | boolean,
): string | Message | undefined {
  const comparison = field.type.comparison?.(field.options)
  const found = comparison?.adjust?.('=', value) ?? comparison?.value(value) ?? null
  return typeof found === 'object' && found !== null && isProblem(found)
    ? (found.told ?? found.message)
    : undefined
}

/** Alternatives are separated by commas, where a comma cannot be part of the value. */
function valuesOf({ operation, value = '' }: FilterItem, { kind }: ColumnKind): readonly string[] {
  if (kind !== 'text' || !severalValues.has(operation) || value === '') return [value]
  return [...value.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain?.trim() ?? '')
    .filter((one) => one !== '')
}

const asWritten = (text: string): string => text

/** A value as people write it → as the API has it; undefined where it is none. */
const readers: Readonly<
  Record<ColumnKind['kind'], (text: string) => string | boolean | undefined>
> = {
  text: asWritten,
  id: asWritten,
  integer: readNumber,
  decimal: readNumber,
  boolean: (text) =>
    /^(?:true|1)$/i.test(text) ? true : /^(?:false|0)$/i.test(text) ? false : undefined,
  date: readDay,
  instant: (text) => (/^\d{4}-\d{2}-\d{2}T/.test(text) ? text : undefined),
  time: asWritten,
}

const expected: Readonly<Record<ColumnKind['kind'], Message>> = {
  text: message('a text'),
  id: message('a record id'),
  integer: message('a number'),
  decimal: message('a number'),
  boolean: message('True or False'),
  date: message(
    'a day such as 2026-11-22; a day that moves, such as TODAY, cannot be kept up to date',
  ),
  instant: message(
    'a moment such as 2026-11-22T09:30:00Z; one that moves cannot be kept up to date',
  ),
  time: message('a time such as 09:30:00.000Z'),
}

function readNumber(text: string): string | undefined {
  const plain = text.replaceAll(',', '')
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? plain : undefined
}

/** `2026-11-22`, or month/day/year as exports of the platform have it. */
function readDay(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? []
  return year === '' ? undefined : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
