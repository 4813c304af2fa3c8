/** A field or function compared with values: allowed operators, values in the form of the column. */
import { limits } from '../base/limits.ts'
import { refuse, type Refusal } from '../base/refusal.ts'
import type {
  AdjustedFilter,
  ApiValue,
  ComparingOperator,
  Operator,
  ValueProblem,
} from '../fields/field-type.ts'
import type { ColumnKind, ColumnValue } from '../sql/column-kind.ts'
import type { ConditionContext } from './condition-context.ts'
import { dateRange, type DateRange } from './date-range.ts'
import { foldPattern } from './like-pattern.ts'
import type { FreeLiteral } from './free-literals.ts'
import type { Subject } from './plan-operand.ts'
import type { PlannedCondition } from './read-plan.ts'
import type { Comparison, ListComparison, Literal } from './soql/query.ts'

/** For values that move with the day, and those that may be others. */
export type Timing = Pick<ConditionContext, 'moment' | 'onMomentary' | 'free'>

function badOperator(subject: Subject, operator: string): Refusal {
  return refuse(
    'INVALID_QUERY_FILTER_OPERATOR',
    `'${operator}' cannot be used with ${subject.path}`,
    {
      fields: [subject.path],
    },
  )
}

function allow(subject: Subject, operator: Operator): void {
  if (!subject.operators.includes(operator)) throw badOperator(subject, operator)
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

/** What JSON writes as a text where a query has a literal of its own. */
const writtenAsText: ReadonlySet<ColumnKind['kind']> = new Set([
  'date',
  'instant',
  'decimal',
  'integer',
] as const)

/** The literal as the API value that the field's type understands; null for null and for the empty text. */
function apiValue(subject: Subject, literal: Literal): ApiValue {
  if (literal.kind === 'null') return null
  const { kind } = subject.column.kind
  const isGiven = literal.kind === 'string' && literal.given === true && writtenAsText.has(kind)
  if (!isGiven && !literalWords[kind].kinds.includes(literal.kind)) throw wrongLiteral(subject)
  if (literal.kind === 'string') return literal.value === '' ? null : literal.value
  if (literal.kind === 'boolean') return literal.value
  if (literal.kind === 'range') throw wrongLiteral(subject)
  return literal.text
}

/** A problem that the field's type found with a value, as the refusal of a query. */
function valueRefusal(subject: Subject, problem: ValueProblem): Refusal {
  return refuse(problem.errorCode, `${subject.path}: ${problem.message}`, {
    fields: [subject.path],
  })
}

function columnValue(subject: Subject, value: ApiValue): ColumnValue {
  const result = subject.comparison.value(value)
  if (typeof result !== 'object' || result === null) return result
  throw valueRefusal(subject, result)
}

/** The condition in a value that the column can hold, where the type says how. */
function adjusted(
  subject: Subject,
  operator: ComparingOperator,
  value: ApiValue,
): Exclude<AdjustedFilter, ValueProblem> {
  const { adjust } = subject.comparison
  if (adjust === undefined) return { operator, value: columnValue(subject, value) }
  const result = adjust(operator, value)
  if (typeof result === 'object' && 'errorCode' in result) throw valueRefusal(subject, result)
  return result
}

/** One value. */
export function compareSubject(
  subject: Subject,
  condition: Pick<Comparison, 'operator' | 'value'>,
  timing: Timing,
): PlannedCondition {
  const planned = compareValue(subject, condition, timing)
  const { operator, value: literal } = condition
  if (timing.free === undefined || !('at' in literal) || literal.at === undefined) return planned
  if (planned.kind !== 'compare' && planned.kind !== 'like') return planned
  const { column } = subject
  const kind = planned.kind === 'like' ? ({ kind: 'text' } as const) : column.kind
  const valueOf = valueIn(planned, subject, operator)
  const hole = timing.free.add({ at: literal.at, kind, valueOf })
  return hole === undefined ? planned : { ...planned, hole }
}

/** It is kept with the statement, and holds nothing else of the query. */
function valueIn(
  planned: PlannedCondition,
  subject: Subject,
  operator: Comparison['operator'],
): FreeLiteral['valueOf'] {
  return (literal) => heldBy(planned, compareLiteral(subject, operator, literal))
}

/** The value of a condition that is the same but for its value. */
function heldBy(one: PlannedCondition, other: PlannedCondition): ColumnValue | undefined {
  if (one.kind === 'like' && other.kind === 'like') return other.pattern
  if (one.kind !== 'compare' || other.kind !== 'compare') return undefined
  return one.operator === other.operator ? other.value : undefined
}

function compareValue(
  subject: Subject,
  condition: Pick<Comparison, 'operator' | 'value'>,
  timing: Timing,
): PlannedCondition {
  const { operator, value: literal } = condition
  if (operator === 'like' || literal.kind !== 'range') {
    return compareLiteral(subject, operator, literal)
  }
  allow(subject, operator)
  return planRange(timing, subject, { operator, literal })
}

function compareLiteral(
  subject: Subject,
  operator: Comparison['operator'],
  literal: Literal,
): PlannedCondition {
  allow(subject, operator)
  if (operator === 'like') return planLike(subject, literal)
  const value = apiValue(subject, literal)
  if (value === null) return planNull(subject, operator)
  const filter = adjusted(subject, operator, value)
  if (typeof filter === 'string') return { kind: filter }
  if (filter.value === null) return planNull(subject, filter.operator)
  return { kind: 'compare', column: subject.column, ...filter, value: filter.value }
}

function planNull(subject: Subject, operator: string): PlannedCondition {
  if (operator !== '=' && operator !== '!=') return { kind: 'never' }
  return { kind: 'empty', column: subject.column, negated: operator === '!=' }
}

function planLike(subject: Subject, literal: Literal): PlannedCondition {
  if (literal.kind !== 'string') throw badOperator(subject, 'like')
  const pattern = foldPattern(literal.pattern)
  checkPatternLength(subject, pattern)
  return { kind: 'like', column: subject.column, pattern }
}

/** Databases take patterns of a bounded length; folding can make a text many times as long. */
function checkPatternLength(subject: Subject, pattern: string): void {
  if (pattern.length <= limits.queryPatternCharsMax) return
  throw refuse(
    'LIMIT_EXCEEDED',
    `A pattern has at most ${limits.queryPatternCharsMax} characters (queryPatternCharsMax).`,
    { fields: [subject.path] },
  )
}

function rangeEnds(subject: Subject, range: DateRange): readonly [ColumnValue, ColumnValue] {
  if (subject.column.kind.kind === 'instant') return [range.start.toMillis(), range.end.toMillis()]
  return [range.start.toFormat('yyyy-MM-dd'), range.end.toFormat('yyyy-MM-dd')]
}

interface RangeComparison {
  readonly operator: Exclude<Comparison['operator'], 'like'>
  readonly literal: Extract<Literal, { kind: 'range' }>
}

function planRange(
  timing: Timing,
  subject: Subject,
  { operator, literal }: RangeComparison,
): PlannedCondition {
  const { kind } = subject.column.kind
  if (kind !== 'date' && kind !== 'instant') throw wrongLiteral(subject)
  const range = dateRange(literal, timing.moment)
  timing.onMomentary()
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

/** Several values. */
export function listSubject(
  subject: Subject,
  condition: Pick<ListComparison, 'operator' | 'values'>,
): PlannedCondition {
  const { operator } = condition
  allow(subject, operator)
  const values = condition.values.map((literal) => apiValue(subject, literal))
  if (operator === 'includes' || operator === 'excludes') {
    const combinations = values.map((value) => chosenValues(subject, value))
    checkChosenCount(subject, combinations)
    return {
      kind: 'includes',
      column: subject.column,
      combinations,
      negated: operator === 'excludes',
    }
  }
  const negated = operator === 'not in'
  const given = values.map((value) => (value === null ? null : adjusted(subject, '=', value)))
  const held = given.flatMap((filter) =>
    filter === null || typeof filter === 'string' ? [] : [filter.value],
  )
  const oneOf: PlannedCondition = {
    kind: 'oneOf',
    column: subject.column,
    values: [...new Set(held.filter((value) => value !== null))],
    negated,
  }
  if (!given.includes(null) && !held.includes(null)) return oneOf
  const empty: PlannedCondition = { kind: 'empty', column: subject.column, negated }
  return { kind: negated ? 'and' : 'or', items: [oneOf, empty] }
}

/** One combination of a multi-select; the type folds each chosen value as it folds the stored ones. */
function chosenValues(subject: Subject, value: ApiValue): readonly string[] {
  const folded = value === null ? null : columnValue(subject, value)
  if (typeof folded !== 'string') throw wrongLiteral(subject)
  const chosen = [...new Set(folded.split(';'))]
  for (const one of chosen) checkPatternLength(subject, one)
  return chosen
}

function checkChosenCount(subject: Subject, combinations: readonly (readonly string[])[]): void {
  const count = combinations.reduce((sum, combination) => sum + combination.length, 0)
  if (count <= limits.queryChosenValuesMax) return
  throw refuse(
    'LIMIT_EXCEEDED',
    `A condition compares at most ${limits.queryChosenValuesMax} chosen values (queryChosenValuesMax).`,
    { fields: [subject.path] },
  )
}
