/** The element that gives values to variables and fields. */
import type { AssignmentElement } from '../../model/flows/flow-plan.ts'
import { addValues, areEqual, isEmptyValue } from './compare-values.ts'
import { FlowRecord, scalar, type FlowValue } from './flow-record.ts'
import type { Interview } from './interview.ts'
import { shown, tell } from './tell-steps.ts'

export function assign({ items, next, ...element }: AssignmentElement, interview: Interview) {
  const set: Record<string, unknown> = {}
  for (const { target, operator, value: expression } of items) {
    const value = expression === undefined ? null : interview.value(expression)
    const present = interview.read(
      target.field === undefined
        ? { from: 'resource', name: target.name }
        : { from: 'field', name: target.name, object: '', path: target.field },
    )
    const kind = expression?.type.kind ?? 'any'
    const made = assigned({ operator, present, value, kind })
    interview.assign(target, made)
    if (interview.steps !== undefined) {
      set[target.field === undefined ? target.name : `${target.name}.${target.field}`] = shown(made)
    }
  }
  tell(interview, element, set)
  return next
}

interface Assigning {
  readonly operator: string
  readonly present: FlowValue
  readonly value: FlowValue
  readonly kind: Parameters<typeof addValues>[0]
}

function assigned({ operator, present, value, kind }: Assigning): FlowValue {
  const list: readonly FlowValue[] = Array.isArray(present) ? present : []
  const given: readonly FlowValue[] = Array.isArray(value) ? value : [value]
  const isGiven = (one: FlowValue): boolean => given.some((other) => areEqual('any', one, other))
  switch (operator) {
    case 'Add':
      if (Array.isArray(present)) return [...list, ...given.map(held)]
      return addValues(kindOfSum(present, kind), [scalar(present), scalar(value)], 1)
    case 'Subtract':
      return addValues(kindOfSum(present, kind), [scalar(present), scalar(value)], -1)
    case 'AddItem':
      return [...list, ...given.map(held)]
    case 'AddAtStart':
      return [...given.map(held), ...list]
    case 'RemoveAll':
      return list.filter((one) => !isGiven(one))
    case 'RemoveUncommon':
      return list.filter(isGiven)
    case 'RemoveFirst': {
      const at = list.findIndex(isGiven)
      return list.filter((_one, index) => index !== at)
    }
    case 'RemovePosition':
      return list.filter((_one, index) => index !== Number(value) - 1)
    case 'AssignCount':
      return Array.isArray(value) ? value.length : isEmptyValue(value) ? 0 : 1
    default:
      return Array.isArray(value) ? [...value] : value
  }
}

/** A record that is put into a collection does not change with the variable that it came from. */
function held(value: FlowValue): FlowValue {
  return value instanceof FlowRecord ? value.copy() : value
}

function kindOfSum(present: FlowValue, kind: Assigning['kind']): Assigning['kind'] {
  if (typeof present === 'number') return 'number'
  if (typeof present !== 'string') return kind
  if (/^\d{4}-\d\d-\d\d$/.test(present)) return 'date'
  if (/^\d{4}-\d\d-\d\dT/.test(present)) return 'datetime'
  return kind === 'number' ? 'number' : 'text'
}
