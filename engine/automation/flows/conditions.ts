/** Whether a condition holds for an interview. */
import type { Condition, ConditionItem, FlowKind, Scalar } from '../../model/flows/flow-plan.ts'
import type { FilterLogic } from '../../model/filter-logic.ts'
import { areEqual, isEmptyValue, kindOf, orderOf, textOf } from './compare-values.ts'
import { FlowRecord, type FlowValue } from './flow-record.ts'
import type { Interview } from './interview.ts'

export function holds(interview: Interview, { logic, items }: Condition): boolean {
  return logicHolds(logic, (index) => {
    const item = items[index]
    return item !== undefined && itemHolds(interview, item)
  })
}

function logicHolds(logic: FilterLogic, itemAt: (index: number) => boolean): boolean {
  switch (logic.kind) {
    case 'item':
      return itemAt(logic.index)
    case 'not':
      return !logicHolds(logic.item, itemAt)
    case 'and':
      return logic.items.every((one) => logicHolds(one, itemAt))
    case 'or':
      return logic.items.some((one) => logicHolds(one, itemAt))
  }
}

interface Compared {
  readonly interview: Interview
  readonly item: ConditionItem
  readonly left: FlowValue
  readonly right: FlowValue
}

function itemHolds(interview: Interview, item: ConditionItem): boolean {
  const compare = operators.get(item.operator)
  if (compare === undefined) return false
  const left = interview.value(item.left)
  const right = item.right === undefined ? null : interview.value(item.right)
  return compare({ interview, item, left, right })
}

function ordered(test: (order: number) => boolean): (compared: Compared) => boolean {
  return ({ item, left, right }) => {
    if (isEmptyValue(left) || isEmptyValue(right)) return false
    const [a, b] = [left as Scalar, right as Scalar]
    const order = orderOf(kindOf(item.left.type.kind, a, b), a, b)
    return order !== undefined && test(order)
  }
}

/** Texts are alike in any letter case, as the public platform has it. */
function areAlike(kind: FlowKind, left: FlowValue, right: FlowValue): boolean {
  const areTexts =
    typeof left === 'string' && typeof right === 'string' && kindOf(kind, left, right) === 'text'
  if (!areTexts || left === right) return areEqual(kind, left, right)
  return left.toLowerCase() === right.toLowerCase()
}

const equal = ({ item, left, right }: Compared): boolean =>
  areAlike(item.left.type.kind, left, right)

function textual(test: (left: string, right: string) => boolean): (compared: Compared) => boolean {
  return ({ left, right }) => test(foldedText(left), foldedText(right))
}

function foldedText(value: FlowValue): string {
  return textOf(value).toLowerCase()
}

/** A yes or no beside the operator: "is null: true". */
function asked(test: (compared: Compared) => boolean): (compared: Compared) => boolean {
  return (compared) => test(compared) === (compared.right !== false && compared.right !== 'false')
}

function among({ item, left, right }: Compared): boolean {
  const list: readonly FlowValue[] = Array.isArray(right) ? right : [right]
  return list.some((one) => areAlike(item.left.type.kind, left, one))
}

const operators: ReadonlyMap<string, (compared: Compared) => boolean> = new Map([
  ['EqualTo', equal],
  ['NotEqualTo', (compared) => !equal(compared)],
  ['GreaterThan', ordered((order) => order > 0)],
  ['GreaterThanOrEqualTo', ordered((order) => order >= 0)],
  ['LessThan', ordered((order) => order < 0)],
  ['LessThanOrEqualTo', ordered((order) => order <= 0)],
  ['StartsWith', textual((left, right) => left.startsWith(right))],
  ['EndsWith', textual((left, right) => left.endsWith(right))],
  ['Contains', contains],
  ['DoesNotContain', (compared) => !contains(compared)],
  ['In', among],
  ['NotIn', (compared) => !among(compared)],
  ['IsNull', asked(({ left }) => left === null || (Array.isArray(left) && left.length === 0))],
  ['IsBlank', asked(({ left }) => isEmptyValue(left) || String(left).trim() === '')],
  ['IsEmpty', asked(({ left }) => isEmptyValue(left))],
  ['WasSet', asked(({ left }) => !isEmptyValue(left))],
  ['IsChanged', asked(hasChanged)],
  ['WasVisited', asked(({ interview, item }) => interview.visited.has(nameOf(item)))],
  ['HasError', asked(({ interview, item }) => interview.failed.has(nameOf(item)))],
])

function contains({ left, right, item }: Compared): boolean {
  if (!Array.isArray(left)) return foldedText(left).includes(foldedText(right))
  const list: readonly FlowValue[] = left
  return list.some((one) => areAlike(item.left.type.kind, one, right))
}

/** A new record has changed in whatever it holds. */
function hasChanged({ interview, item, left }: Compared): boolean {
  const { left: expression } = item
  if (expression.kind !== 'source' || expression.source.from !== 'field') return false
  const { prior } = interview
  if (!(prior instanceof FlowRecord)) return !isEmptyValue(left)
  const source = { ...expression.source, name: '$Record__Prior' }
  return !areEqual(expression.type.kind, left, interview.read(source))
}

function nameOf({ left }: ConditionItem): string {
  if (left.kind !== 'source') return ''
  return 'name' in left.source ? left.source.name : ''
}
