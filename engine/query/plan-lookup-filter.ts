/** The filter of a lookup as a condition on the records that it may lead to: the same for the search and for the save. */
import type { RawValue } from '../formula/environment.ts'
import type { FieldMention } from '../formula/types.ts'
import type { FilterLogic } from '../model/filter-logic.ts'
import type { CompiledFilter, FilterCondition, FilterOperation } from '../model/lookup-filters.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { holds, listedValues, textOfValue, truthOf } from './filter-values.ts'
import { escapeWildcards } from './like-pattern.ts'
import type { ConditionContext } from './condition-context.ts'
import { planCondition } from './plan-condition.ts'
import type { PlannedCondition } from './read-plan.ts'
import { resolvePath } from './resolve.ts'
import type { CompareOperator, Condition, Literal } from './soql/query.ts'

/** The value of a field of the record that holds the lookup, or of a global. */
export type ReadSource = (mention: FieldMention) => RawValue

/** The context's gate is the engine's own: filters may ask for what the caller does not see. */
export function planLookupFilter(
  context: ConditionContext,
  filter: CompiledFilter,
  read: ReadSource,
): PlannedCondition {
  return planLogic(filter.logic, (index) => {
    const condition = filter.conditions[index]
    return condition === undefined ? { kind: 'never' } : planOne(context, condition, read)
  })
}

function planLogic(
  logic: FilterLogic,
  item: (index: number) => PlannedCondition,
): PlannedCondition {
  switch (logic.kind) {
    case 'item':
      return item(logic.index)
    case 'not':
      return { kind: 'not', item: planLogic(logic.item, item) }
    case 'and':
    case 'or': {
      const items = logic.items.map((one) => planLogic(one, item))
      return items.length === 0 ? { kind: 'always' } : { kind: logic.kind, items }
    }
  }
}

function planOne(
  context: ConditionContext,
  { left, operation, right }: FilterCondition,
  read: ReadSource,
): PlannedCondition {
  const values =
    right.kind === 'literal' ? listedValues(right.text) : [textOfValue(read(right.mention))]
  if (left.kind === 'target') {
    const { path } = left.mention
    const { field } = resolvePath(context.gate, context.tables.root.object, path)
    const kind = field.columns.get('')?.kind.kind ?? 'text'
    return planCondition(context, conditionOn(path, operation, { kind, values }))
  }
  if (left.kind === 'literal') return { kind: 'never' }
  const isTrue = holds(left.mention, { left: read(left.mention), operation, right: values })
  return { kind: isTrue ? 'always' : 'never' }
}

interface Values {
  readonly kind: ColumnKind['kind']
  readonly values: readonly string[]
}

const comparing: Partial<Readonly<Record<FilterOperation, CompareOperator>>> = {
  lessThan: '<',
  lessOrEqual: '<=',
  greaterThan: '>',
  greaterOrEqual: '>=',
}

function conditionOn(path: string, operation: FilterOperation, given: Values): Condition {
  const place = { operand: { kind: 'path', path, offset: 0 }, offset: 0 } as const
  const compare = (operator: CompareOperator, value: Literal): Condition => ({
    kind: 'compare',
    ...place,
    operator,
    value,
  })
  const literals = given.values.map((value) => literalOf(given.kind, value))
  const patterns = (make: (escaped: string) => string): readonly Condition[] =>
    given.values.map((value) =>
      compare('like', { kind: 'string', value, pattern: make(escapeWildcards(value)) }),
    )
  switch (operation) {
    case 'equals':
      return { kind: 'or', items: literals.map((one) => compare('=', one)) }
    case 'notEqual':
      return { kind: 'and', items: literals.map((one) => compare('!=', one)) }
    case 'contains':
      return { kind: 'or', items: patterns((value) => `%${value}%`) }
    case 'notContain':
      return { kind: 'not', item: { kind: 'or', items: patterns((value) => `%${value}%`) } }
    case 'startsWith':
      return { kind: 'or', items: patterns((value) => `${value}%`) }
    case 'includes':
    case 'excludes':
      return { kind: 'list', ...place, operator: operation, values: literals }
    default:
      return { kind: 'or', items: literals.map((one) => compare(comparing[operation] ?? '=', one)) }
  }
}

const rangeWord = /^([A-Z][A-Z_]+)(?::(\d{1,6}))?$/i

/** A text of the filter as the literal that the column is compared with. */
function literalOf(kind: ColumnKind['kind'], text: string): Literal {
  if (text === '') return { kind: 'null' }
  switch (kind) {
    case 'decimal':
    case 'integer':
      return { kind: 'number', text }
    case 'boolean':
      return { kind: 'boolean', value: truthOf(text) }
    case 'date':
    case 'instant':
      return momentOf(kind, text)
    default:
      return { kind: 'string', value: text, pattern: escapeWildcards(text) }
  }
}

function momentOf(kind: 'date' | 'instant', text: string): Literal {
  const [, name, count] = rangeWord.exec(text) ?? []
  if (name !== undefined) {
    const words = name.toUpperCase()
    return { kind: 'range', name: words, count: count === undefined ? undefined : Number(count) }
  }
  if (kind === 'date') return { kind: 'date', text: text.slice(0, 'YYYY-MM-DD'.length) }
  const instant = /^-?\d+$/.test(text) ? new Date(Number(text)).toISOString() : text
  return { kind: 'datetime', text: instant.includes('T') ? instant : `${instant}T00:00:00Z` }
}
