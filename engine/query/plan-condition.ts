/** The where clause through the gate: names resolved, values in the form of their columns. */
import { foldText } from '../base/fold-text.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type { ApiValue, Comparison as FieldComparison } from '../fields/field-type.ts'
import type { FieldModel } from '../model/model.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import { dateRange, type DateRange, type Moment } from './date-range.ts'
import type { PlannedColumn, PlannedCondition } from './read-plan.ts'
import { resolvePath, type Gate } from './resolve.ts'
import type { Comparison, Condition, ListComparison, Literal } from './soql/query.ts'
import { plannedColumn, type TableSet } from './table-set.ts'

export interface ConditionContext {
  readonly gate: Gate
  readonly tables: TableSet
  readonly moment: Moment
  /** Called when the plan depends on the moment. */
  readonly onMomentary: () => void
}

export function planCondition(context: ConditionContext, condition: Condition): PlannedCondition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        items: condition.items.map((item) => planCondition(context, item)),
      }
    case 'not':
      return { kind: 'not', item: planCondition(context, condition.item) }
    case 'compare':
      return planCompare(context, condition)
    case 'list':
      return planList(context, condition)
  }
}

interface Subject {
  readonly path: string
  readonly field: FieldModel
  readonly comparison: FieldComparison
  readonly column: PlannedColumn
}

function subjectOf(context: ConditionContext, path: string): Subject {
  const { parents, field } = resolvePath(context.gate, context.tables.root.object, path)
  const comparison = field.type.comparison?.(field.options)
  if (comparison === undefined) {
    throw refuse('INVALID_FIELD', `field '${path}' can not be filtered in a query call`, {
      fields: [path],
    })
  }
  const table = context.tables.reach(parents)
  return { path, field, comparison, column: plannedColumn(table, field, comparison.column) }
}

function badOperator(subject: Subject, operator: string): Refusal {
  return refuse(
    'INVALID_QUERY_FILTER_OPERATOR',
    `'${operator}' cannot be used with ${subject.path}`,
    {
      fields: [subject.path],
    },
  )
}

function allow(subject: Subject, operator: FieldModel['type']['operators'][number]): void {
  if (!subject.field.type.operators.includes(operator)) throw badOperator(subject, operator)
}

const literalWords: Record<
  ColumnKind['kind'],
  { readonly kinds: readonly Literal['kind'][]; readonly words: string }
> = {
  text: { kinds: ['string'], words: 'a text in single quotes' },
  id: { kinds: ['string'], words: 'an id in single quotes' },
  integer: { kinds: ['number'], words: 'a number without quotes' },
  decimal: { kinds: ['number'], words: 'a number without quotes' },
  boolean: { kinds: ['boolean'], words: 'true or false without quotes' },
  date: { kinds: ['date'], words: 'a date such as 2026-11-22 or TODAY, without quotes' },
  instant: {
    kinds: ['datetime'],
    words: 'a date and time such as 2026-11-22T09:30:00Z or TODAY, without quotes',
  },
  time: { kinds: ['string'], words: "a time such as '09:30:00.000Z'" },
}

function wrongLiteral(subject: Subject): Refusal {
  const { words } = literalWords[subject.column.kind.kind]
  return refuse('INVALID_FIELD', `The value for ${subject.path} must be ${words}.`, {
    fields: [subject.path],
  })
}

/** The literal as the API value that the field's type understands; null for null and for the empty text. */
function apiValue(subject: Subject, literal: Literal): ApiValue {
  if (literal.kind === 'null') return null
  if (!literalWords[subject.column.kind.kind].kinds.includes(literal.kind))
    throw wrongLiteral(subject)
  if (literal.kind === 'string') return literal.value === '' ? null : literal.value
  if (literal.kind === 'boolean') return literal.value
  if (literal.kind === 'range') throw wrongLiteral(subject)
  return literal.text
}

function columnValue(subject: Subject, value: ApiValue): ColumnValue {
  const result = subject.comparison.value(value)
  if (typeof result !== 'object' || result === null) return result
  throw refuse(result.errorCode, `${subject.path}: ${result.message}`, { fields: [subject.path] })
}

function planCompare(context: ConditionContext, condition: Comparison): PlannedCondition {
  const subject = subjectOf(context, condition.path)
  const { operator, value: literal } = condition
  allow(subject, operator)
  if (operator === 'like') return planLike(subject, literal)
  if (literal.kind === 'range') return planRange(context, subject, operator, literal)
  const value = apiValue(subject, literal)
  if (value === null) return planNull(subject, operator)
  if (subject.comparison.adjust === undefined) {
    return { kind: 'compare', column: subject.column, operator, value: columnValue(subject, value) }
  }
  const adjusted = subject.comparison.adjust(operator, value)
  if (adjusted === 'never' || adjusted === 'always') return { kind: adjusted }
  if ('errorCode' in adjusted)
    throw refuse(adjusted.errorCode, `${subject.path}: ${adjusted.message}`, {
      fields: [subject.path],
    })
  if (adjusted.value === null) return planNull(subject, adjusted.operator)
  return {
    kind: 'compare',
    column: subject.column,
    operator: adjusted.operator,
    value: adjusted.value,
  }
}

function planNull(subject: Subject, operator: string): PlannedCondition {
  if (operator !== '=' && operator !== '!=') return { kind: 'never' }
  return { kind: 'empty', column: subject.column, negated: operator === '!=' }
}

function planLike(subject: Subject, literal: Literal): PlannedCondition {
  const value = apiValue(subject, literal)
  if (typeof value !== 'string') throw badOperator(subject, 'like')
  return { kind: 'like', column: subject.column, pattern: foldText(literalBackslashes(value)) }
}

/** A backslash that is not before a wildcard is itself. */
function literalBackslashes(pattern: string): string {
  return pattern.replace(/\\(?![%_])/g, '\\\\')
}

function rangeEnds(subject: Subject, range: DateRange): readonly [ColumnValue, ColumnValue] {
  if (subject.column.kind.kind === 'instant') return [range.start.toMillis(), range.end.toMillis()]
  return [range.start.toFormat('yyyy-MM-dd'), range.end.toFormat('yyyy-MM-dd')]
}

function planRange(
  context: ConditionContext,
  subject: Subject,
  operator: Exclude<Comparison['operator'], 'like'>,
  literal: Extract<Literal, { kind: 'range' }>,
): PlannedCondition {
  const { kind } = subject.column.kind
  if (kind !== 'date' && kind !== 'instant') throw wrongLiteral(subject)
  const range = dateRange(literal.name, literal.count, context.moment)
  if (range === undefined) throw refuse('MALFORMED_QUERY', `unknown date literal ${literal.name}`)
  context.onMomentary()
  const [start, end] = rangeEnds(subject, range)
  const compare = (operator: '<' | '>=', value: ColumnValue): PlannedCondition => ({
    kind: 'compare',
    column: subject.column,
    operator,
    value,
  })
  const within: PlannedCondition = { kind: 'and', items: [compare('>=', start), compare('<', end)] }
  const forms: Record<typeof operator, () => PlannedCondition> = {
    '=': () => within,
    '!=': () => ({ kind: 'not', item: within }),
    '<': () => compare('<', start),
    '<=': () => compare('<', end),
    '>': () => compare('>=', end),
    '>=': () => compare('>=', start),
  }
  return forms[operator]()
}

function planList(context: ConditionContext, condition: ListComparison): PlannedCondition {
  const subject = subjectOf(context, condition.path)
  allow(subject, condition.operator)
  const values = condition.values.map((literal) => apiValue(subject, literal))
  if (condition.operator === 'includes' || condition.operator === 'excludes') {
    // The type folds each chosen value as it folds the stored ones.
    const combinations = values.map((value) => String(columnValue(subject, value) ?? '').split(';'))
    return {
      kind: 'includes',
      column: subject.column,
      combinations,
      negated: condition.operator === 'excludes',
    }
  }
  const negated = condition.operator === 'not in'
  const given = values.filter((value) => value !== null).map((value) => columnValue(subject, value))
  const oneOf: PlannedCondition = { kind: 'oneOf', column: subject.column, values: given, negated }
  if (given.length === values.length) return oneOf
  const empty: PlannedCondition = { kind: 'empty', column: subject.column, negated }
  return { kind: negated ? 'and' : 'or', items: [oneOf, empty] }
}
