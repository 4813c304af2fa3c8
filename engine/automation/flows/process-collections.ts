/** The element that filters or sorts a collection. */
import type { CollectionElement } from '../../model/flows/flow-plan.ts'
import { isEmptyValue, orderOf } from './compare-values.ts'
import { holds } from './conditions.ts'
import { FlowRecord, scalar, type FlowValue } from './flow-record.ts'
import type { Interview } from './interview.ts'
import { tell } from './tell-steps.ts'

export function processCollection(element: CollectionElement, interview: Interview) {
  const collection = interview.read(element.collection)
  const list: readonly FlowValue[] = Array.isArray(collection) ? collection : []
  const made = element.does === 'sort' ? sorted(element, list) : filtered(element, interview, list)
  const kept = element.limit === undefined ? made : made.slice(0, element.limit)
  interview.values.set(element.name, kept)
  if (element.does === 'sort' && element.collection.from === 'resource') {
    interview.values.set(element.collection.name, kept)
  }
  tell(interview, element, { items: kept.length })
  return element.next
}

function filtered(
  { condition, formula, item, name }: CollectionElement,
  interview: Interview,
  list: readonly FlowValue[],
): readonly FlowValue[] {
  const holder = item ?? name
  return list.filter((one) => {
    interview.values.set(holder, one)
    if (formula !== undefined) return interview.holds(formula)
    return condition === undefined || holds(interview, condition)
  })
}

function sorted({ sorts }: CollectionElement, list: readonly FlowValue[]): readonly FlowValue[] {
  return [...list].sort((left, right) => {
    for (const { field, isBackwards, emptyFirst } of sorts) {
      const [a, b] = [sortValue(left, field), sortValue(right, field)]
      if (isEmptyValue(a) !== isEmptyValue(b)) return isEmptyValue(a) === emptyFirst ? -1 : 1
      const kind = typeof a === 'number' ? 'number' : 'text'
      const order = orderOf(kind, a, b) ?? 0
      if (order !== 0) return isBackwards ? -order : order
    }
    return 0
  })
}

function sortValue(value: FlowValue, field: string | undefined) {
  return scalar(value instanceof FlowRecord ? value.values.get(field ?? 'Id') : value)
}
