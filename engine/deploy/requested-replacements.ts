/** "Replace value A by B" as it is asked for → the bodies that change and the values that move; pure. */
import { message, type Message } from '../base/message.ts'
import type {
  CustomField,
  CustomObject,
  CustomValue,
  GlobalValueSet,
  StandardValueSet,
} from '../../metadata/types.ts'
import { nearestName } from '../base/nearest-name.ts'
import { replaceInObject, replaceInValues } from '../model/replace-value.ts'
import { didYouMean } from '../model/source-problem.ts'
import { asValueSet, isValueSetType, withValues, type ValueSetType } from '../model/value-sets.ts'
import type { ReplaceChange } from './plan.ts'
import type { ValueMove } from './value-moves.ts'

type ValueSetFile = Readonly<GlobalValueSet | StandardValueSet>

/** The bodies as the changes before have left them. */
export interface Bodies {
  readonly objects: Iterable<readonly [name: string, body: Readonly<CustomObject>]>
  valueSet(type: ValueSetType, name: string): ValueSetFile | undefined
}

export type Replaced =
  | {
      readonly objects: ReadonlyMap<string, CustomObject>
      /** The value set of the change's own type, with its values as they become. */
      readonly valueSet: ValueSetFile | undefined
      readonly moves: readonly ValueMove[]
    }
  | { readonly reason: Message; readonly suggestion?: Message | undefined }

export function replaceRequested(change: ReplaceChange, bodies: Bodies): Replaced {
  const { replaceValue: from, by: to } = change
  if (from === to) return { reason: message('"{from}" cannot take its own place', { from }) }
  return isValueSetType(change.type) ? inSet(change, change.type, bodies) : inField(change, bodies)
}

function inField(change: ReplaceChange, bodies: Bodies): Replaced {
  const dot = change.fullName.indexOf('.')
  const [object, name] = [change.fullName.slice(0, dot), change.fullName.slice(dot + 1)]
  const body = new Map(bodies.objects).get(object)
  const field = body?.fields?.find((one) => one.fullName === name)
  if (body === undefined || field?.valueSet === undefined) {
    return { reason: message('{field} is no picklist', { field: change.fullName }) }
  }
  const set = field.valueSet.valueSetName
  if (set !== undefined) {
    const suggestion = message('replace it in the value set {set}', { set })
    return {
      reason: message('{field} takes its values from the value set {set}', {
        field: change.fullName,
        set,
      }),
      suggestion,
    }
  }
  const problem = newValueProblem(change, field.valueSet.valueSetDefinition?.value ?? [])
  if (problem !== undefined) return problem
  return {
    objects: new Map([[object, replaceInObject(body, name, replacementOf(change))]]),
    valueSet: undefined,
    moves: [moveOf(change, object, name)],
  }
}

function inSet(change: ReplaceChange, type: ValueSetType, bodies: Bodies): Replaced {
  const set = bodies.valueSet(type, change.fullName)
  if (set === undefined)
    return { reason: message('there is no {type} "{name}"', { type, name: change.fullName }) }
  const values = asValueSet(set).customValue ?? []
  const problem = newValueProblem(change, values)
  if (problem !== undefined) return problem
  const replacement = replacementOf(change)
  const objects = new Map<string, CustomObject>()
  const moves: ValueMove[] = []
  for (const [object, body] of bodies.objects) {
    const users = (body.fields ?? []).filter((field) => usesSet(field, change.fullName))
    if (users.length === 0) continue
    const names = users.map((field) => field.fullName)
    const after = names.reduce((one, name) => replaceInObject(one, name, replacement), body)
    objects.set(object, after)
    for (const name of names) moves.push(moveOf(change, object, name))
  }
  const customValue = [...replaceInValues(values, replacement)]
  return { objects, valueSet: withValues(set, customValue), moves }
}

function usesSet(field: CustomField, set: string): boolean {
  return field.valueSet?.valueSetName === set
}

function replacementOf({ replaceValue, by, remove = false }: ReplaceChange) {
  return { from: replaceValue, to: by, remove }
}

function moveOf({ replaceValue, by }: ReplaceChange, object: string, field: string): ValueMove {
  return { kind: 'replace', object, field, from: replaceValue, to: by }
}

/** What takes the place must be a value that may be chosen. */
function newValueProblem(
  { fullName, by }: ReplaceChange,
  values: readonly CustomValue[],
): { readonly reason: Message; readonly suggestion?: Message | undefined } | undefined {
  if (by === null) return undefined
  const found = values.find((one) => one.fullName === by)
  if (found === undefined) {
    const names = values.map((one) => one.fullName)
    const suggestion = didYouMean(nearestName(by, names)) ?? message('add the value first')
    return {
      reason: message('{name} has no value "{value}"', { name: fullName, value: by }),
      suggestion,
    }
  }
  if (found.isActive === false)
    return {
      reason: message('the value "{value}" of {name} is inactive', { value: by, name: fullName }),
    }
  return undefined
}
