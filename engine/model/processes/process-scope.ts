/** Names in formulas of a guided service: its attributes, sums and counts of repeated groups, and globals. */
import type { ServiceProcess } from '../../../metadata/types.ts'
import { message, withMore } from '../../base/message.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { meant } from '../../formula/function-entry.ts'
import { printPath, type PathStep } from '../../formula/syntax.ts'
import type { FieldMention, Scope as FormulaScope, ScopeProblem } from '../../formula/types.ts'
import { resolveName } from '../formula-names.ts'
import type { Scope } from '../scope.ts'
import { mentionOfAttribute, type AttributeField } from './attribute-field.ts'

export interface ProcessNames {
  readonly service: Readonly<ServiceProcess>
  readonly fields: readonly AttributeField[]
  readonly index: Scope
  /** The repeated group of whose entries the formula speaks. */
  readonly entryOf: string | undefined
}

/** Globals say the same whatever object asks. */
const anyObject = 'User'

export const countStep = 'Count'
export const sumStep = 'Sum'

export function processScope(names: ProcessNames): FormulaScope {
  return {
    resolve: (steps) => {
      const [first] = steps
      if (first?.name.startsWith('$') === true) {
        return resolveName(anyObject, steps, { index: names.index })
      }
      return steps.length > 1 ? overGroup(names, steps) : ownAttribute(names, first?.name ?? '')
    },
  }
}

/** Before anything is answered: globals alone. */
export function globalScope(index: Scope): FormulaScope {
  return {
    resolve: (steps) => {
      if (steps[0]?.name.startsWith('$') === true) {
        return resolveName(anyObject, steps, { index })
      }
      const path = printPath(steps)
      return { problem: message('{path}: nothing is answered yet; use globals alone', { path }) }
    },
  }
}

function ownAttribute(
  { fields, entryOf }: ProcessNames,
  name: string,
): FieldMention | ScopeProblem {
  const folded = name.toLowerCase()
  const found = fields.find((one) => one.name.toLowerCase() === folded)
  if (found === undefined) {
    const near = nearestName(
      name,
      fields.map((one) => one.name),
    )
    return { problem: withMore(message('There is no attribute {name}', { name }), meant(near)) }
  }
  const { repeatedIn: group } = found
  if (group === undefined || group === entryOf) return mentionOfAttribute(found)
  return {
    problem: message('{name} has a value in each entry of {group}: use {group}.Sum.{name}', {
      name: found.name,
      group,
    }),
  }
}

/** `Transactions.Count`, `Transactions.Sum.Amount`. */
function overGroup(
  { service, fields }: ProcessNames,
  steps: readonly PathStep[],
): FieldMention | ScopeProblem {
  const [first, second, third] = steps.map(({ name }) => name)
  const group = service.serviceProcessItemGroups?.find(
    (one) => one.isRepeated === true && one.apiName.toLowerCase() === first?.toLowerCase(),
  )
  const path = printPath(steps)
  if (group === undefined) {
    return { problem: message('{path} names no repeated group', { path }) }
  }
  const word = second?.toLowerCase()
  if (word === countStep.toLowerCase() && steps.length === 2) {
    return { kind: 'number', path: `${group.apiName}.${countStep}`, scale: 0, ownField: true }
  }
  const field = fields.find(
    (one) => one.repeatedIn === group.apiName && one.name.toLowerCase() === third?.toLowerCase(),
  )
  if (word === sumStep.toLowerCase() && steps.length === 3 && field !== undefined) {
    const mention = mentionOfAttribute(field)
    const isNumber = ['number', 'currency', 'percent'].includes(mention.kind)
    if (isNumber) return { ...mention, path: `${group.apiName}.${sumStep}.${field.name}` }
    return { problem: message('{name} is no number: it has no sum', { name: field.name }) }
  }
  return {
    problem: message('{path}: of a repeated group there is {group}.Count and {group}.Sum.…', {
      path,
      group: group.apiName,
    }),
  }
}
