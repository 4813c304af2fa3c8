/** What has to hold of a version before plans are made from it; every fault is told, by the item it stands in. */
import { message, type Message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { normaliseId } from '../../base/record-id.ts'
import type { ObjectModel } from '../../model/model.ts'
import { itemKind, targetField } from './item-kinds.ts'
import { ownerNamed, readNamedOwners, teamsOf } from './owners.ts'
import type { PlanUnit } from './plan-unit.ts'
import type { TemplateItem, TemplateValue, TemplateVersion } from './template-content.ts'
import { isMessage, readValueFormula, type ValueFormula } from './value-formula.ts'

export async function versionProblems(
  unit: PlanUnit,
  version: TemplateVersion,
): Promise<readonly Message[]> {
  const { items } = version
  if (items.length === 0) return [message('A template without items makes no plan: add one.')]
  const problems: Message[] = []
  if (items.length > limits.planItemsMax) {
    problems.push(
      message('A template has at most {max} items (planItemsMax).', { max: limits.planItemsMax }),
    )
  }
  const owners = await readNamedOwners(unit, items.flatMap(ownerNames))
  for (const item of items) {
    const found = itemProblems(unit, { version, item, owners })
    problems.push(
      ...found.map((told) =>
        message('Item {name} of the template: {told}', { name: item.name, told }),
      ),
    )
  }
  return [...problems, ...dependencyProblems(items)]
}

function ownerNames({ values }: TemplateItem): readonly string[] {
  return values.flatMap(({ field, literal }) =>
    field.toLowerCase() === 'ownerid' && literal !== undefined ? [literal] : [],
  )
}

interface ItemCheck {
  readonly version: TemplateVersion
  readonly item: TemplateItem
  readonly owners: ReadonlyMap<string, string>
}

function itemProblems(unit: PlanUnit, check: ItemCheck): readonly Message[] {
  const { version, item } = check
  const kind = itemKind(unit.model, item.object)
  const object = unit.model.object(item.object)
  if (kind === undefined || object === undefined) {
    return [message('nobody can make a record of {object}', { object: item.object })]
  }
  const problems: Message[] = []
  if (targetField(unit.model, kind, version.targetObject) === undefined) {
    problems.push(
      message('{object} cannot be tied to {target}', {
        object: item.object,
        target: version.targetObject,
      }),
    )
  }
  const seen = new Set<string>()
  for (const value of item.values) {
    const name = value.field.toLowerCase()
    if (seen.has(name)) {
      problems.push(message('{field} is set twice', { field: value.field }))
    }
    seen.add(name)
    const told = valueProblem(unit, check, { object, value })
    if (told !== undefined) problems.push(told)
  }
  return problems
}

interface ValueCheck {
  readonly object: ObjectModel
  readonly value: TemplateValue
}

function valueProblem(
  unit: PlanUnit,
  { version, owners }: ItemCheck,
  { object, value }: ValueCheck,
): Message | undefined {
  const { field: name, literal, formula } = value
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined) {
    return message('{object} has no field {field}', { object: object.name, field: name })
  }
  if (!field.createable) return message('{field} cannot be set', { field: name })
  if (formula !== undefined) {
    const read = readValueFormula(unit.model, formula)
    return isMessage(read) ? read : formulaProblem(unit, version, { name, read })
  }
  if (literal === undefined) return message('{field} has no value', { field: name })
  if (field === object.ownerField) {
    const owner = ownerNamed(owners, literal)
    return typeof owner === 'string' ? undefined : owner
  }
  const isLookup = field.reference !== undefined
  if (isLookup && normaliseId(literal) === undefined) {
    return message('{field} needs the ID of a record', { field: name })
  }
  const { values, options } = field
  const isClosedList = values.length > 0 && options.valueSet?.restricted === true
  if (isClosedList && !values.some((one) => one.active && one.value === literal)) {
    return message('{field} has no value {value}', { field: name, value: literal.slice(0, 80) })
  }
  return undefined
}

interface FormulaCheck {
  readonly name: string
  readonly read: ValueFormula
}

function formulaProblem(
  unit: PlanUnit,
  { targetObject }: TemplateVersion,
  { name, read }: FormulaCheck,
): Message | undefined {
  if (read.kind !== 'role') return undefined
  const target = unit.model.object(targetObject)
  if (name.toLowerCase() !== 'ownerid') {
    return message('{field}: a role of a team can only own a record', { field: name })
  }
  if (target !== undefined && teamsOf(unit, target).length > 0) return undefined
  return message('{target} has no team, so nobody has a role in it', { target: targetObject })
}

/** The documented bounds, and no circle. */
function dependencyProblems(items: readonly TemplateItem[]): readonly Message[] {
  const problems: Message[] = []
  const successors = new Map<string, number>()
  for (const { name, previous } of items) {
    if (previous.length > limits.planPrerequisitesMax) {
      problems.push(
        message('Item {name} waits for more than {max} others (planPrerequisitesMax).', {
          name,
          max: limits.planPrerequisitesMax,
        }),
      )
    }
    for (const { itemId } of previous) successors.set(itemId, (successors.get(itemId) ?? 0) + 1)
  }
  for (const { id, name } of items) {
    if ((successors.get(id) ?? 0) <= limits.planSuccessorsMax) continue
    problems.push(
      message('More than {max} items wait for item {name} (planSuccessorsMax).', {
        name,
        max: limits.planSuccessorsMax,
      }),
    )
  }
  const longest = longestChain(items)
  if (longest === undefined) {
    problems.push(message('Items wait for each other in a circle: take one dependency out.'))
  } else if (longest > limits.planDependenciesMax) {
    problems.push(
      message('At most {max} dependencies follow each other (planDependenciesMax).', {
        max: limits.planDependenciesMax,
      }),
    )
  }
  return problems
}

/** How many dependencies follow each other; undefined where they go round in a circle. */
function longestChain(items: readonly TemplateItem[]): number | undefined {
  const depths = new Map<string, number>()
  let left = items
  while (left.length > 0) {
    const ready = left.filter(({ previous }) => previous.every((one) => depths.has(one.itemId)))
    if (ready.length === 0) return undefined
    for (const { id, previous } of ready) {
      const before = previous.map((one) => (depths.get(one.itemId) ?? 0) + 1)
      depths.set(id, Math.max(0, ...before))
    }
    left = left.filter(({ id }) => !depths.has(id))
  }
  return Math.max(0, ...depths.values())
}
