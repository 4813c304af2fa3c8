/** The conditions of a sharing rule by values, as a condition on one row. */
import { limits } from '../../base/limits.ts'
import type { CriteriaRule } from '../../access/object-sharing.ts'
import { parseFilterLogic, type FilterLogic } from '../../model/filter-logic.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { readSummaryFilter } from '../../model/summary-filter.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { joinSql, sql, type Identifier, type Sql } from '../../sql/sql.ts'
import { compareSubject, listSubject } from '../compare-subject.ts'
import { compileCondition } from '../compile-condition.ts'
import type { PlannedCondition } from '../read-plan.ts'
import type { Condition } from '../soql/query.ts'
import { summaryCondition } from '../summary-condition.ts'

export interface CriteriaPlace {
  readonly object: ObjectModel
  readonly alias: Identifier
  readonly dialect: Dialect
}

/** What cannot be asked opens nothing: the check of the rule says so. */
export function criteriaSql(place: CriteriaPlace, rule: CriteriaRule): Sql {
  const items = rule.criteriaItems ?? []
  const { logic } = parseFilterLogic(rule.booleanFilter, items.length)
  if (items.length === 0 || items.length > limits.sharingCriteriaMax || logic === undefined) {
    return sql`1 = 0`
  }
  const conditions = items.map((item): Sql | undefined => {
    const field = place.object.fieldsByName.get(item.field.split('.').at(-1)?.toLowerCase() ?? '')
    if (field === undefined || field.formula !== undefined) return undefined
    const filter = readSummaryFilter(field, item)
    if ('reason' in filter) return undefined
    return conditionSql(place, field, summaryCondition(field, filter))
  })
  if (conditions.includes(undefined)) return sql`1 = 0`
  return logicSql(logic, (index) => conditions[index] ?? sql`1 = 0`)
}

function logicSql(logic: FilterLogic, item: (index: number) => Sql): Sql {
  if (logic.kind === 'item') return sql`(${item(logic.index)})`
  if (logic.kind === 'not') return sql`(${logicSql(logic.item, item)}) is not true`
  const separator = logic.kind === 'and' ? sql` and ` : sql` or `
  return sql`(${joinSql(
    logic.items.map((one) => logicSql(one, item)),
    separator,
  )})`
}

function conditionSql(place: CriteriaPlace, field: FieldModel, condition: Condition): Sql {
  const planned = plannedOf(place, field, condition)
  return compileCondition(planned, { dialect: place.dialect, inner: noInner })
}

/** The condition of one field over its own columns, without a query around it. */
function plannedOf(
  place: CriteriaPlace,
  field: FieldModel,
  condition: Condition,
): PlannedCondition {
  if (condition.kind === 'not') {
    return { kind: 'not', item: plannedOf(place, field, condition.item) }
  }
  const comparison = field.type.comparison?.(field.options)
  const column = comparison && field.columns.get(comparison.column)
  if (comparison === undefined || column === undefined) return { kind: 'never' }
  const subject = {
    path: field.name,
    operators: field.type.operators,
    comparison,
    column: { alias: place.alias, name: column.name, kind: column.kind },
  }
  if (condition.kind === 'compare') return compareSubject(subject, condition, noTime)
  if (condition.kind === 'list') return listSubject(subject, condition)
  throw new Error('a sharing rule compares fields with values')
}

const noTime = { moment: { now: 0, timeZone: 'UTC' }, onMomentary: noMoment }

function noMoment(): never {
  throw new Error('a sharing rule cannot depend on the moment')
}

function noInner(): never {
  throw new Error('a sharing rule holds no query')
}
