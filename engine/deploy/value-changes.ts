/** How lists of picklist values differ between two models; pure. Objects that did not change are not looked at. */
import type { FieldModel, Model } from '../model/model.ts'
import { inverse, type Renames } from '../model/renames.ts'
import { valueSetTypes } from '../model/value-sets.ts'
import { holdsSeveral } from './holding.ts'
import type { ValueMove } from './value-moves.ts'

export interface ListChange {
  readonly from: FieldModel
  readonly to: FieldModel
  readonly removed: readonly string[]
  /** Active before, inactive now. */
  readonly deactivated: readonly string[]
  readonly isReordered: boolean
}

/** Fields that have a list before and after, and not the same one. */
export function listChanges(now: Model, wanted: Model, renames: Renames): readonly ListChange[] {
  const sets = changedSets(now, wanted)
  const oldObjects = inverse(renames.objects)
  const changes: ListChange[] = []
  for (const { fullName, body } of wanted.components('CustomObject')) {
    const oldName = oldObjects.get(fullName) ?? fullName
    const former = now.component('CustomObject', oldName)
    if (former === undefined) continue
    const usesSet = body.fields?.some((field) => sets.has(field.valueSet?.valueSetName ?? ''))
    if (former.body === body && usesSet !== true) continue
    const oldFields = inverse(renames.fields.get(oldName) ?? new Map<string, string>())
    const before = new Map(now.object(oldName)?.fields.map((field) => [field.name, field]))
    for (const to of wanted.object(fullName)?.fields ?? []) {
      const from = before.get(oldFields.get(to.name) ?? to.name)
      if (from === undefined || from.type !== to.type) continue
      const change = compareLists(from, to)
      if (change !== undefined) changes.push(change)
    }
  }
  return changes
}

function changedSets(now: Model, wanted: Model): ReadonlySet<string> {
  const names = new Set<string>()
  for (const type of valueSetTypes) {
    for (const { fullName, body } of wanted.components(type)) {
      if (now.component(type, fullName)?.body !== body) names.add(fullName)
    }
  }
  return names
}

function compareLists(from: FieldModel, to: FieldModel): ListChange | undefined {
  if (from.values === to.values || from.values.length === 0) return undefined
  const after = new Map(to.values.map((entry) => [entry.value, entry]))
  const removed = from.values.filter((entry) => !after.has(entry.value)).map((one) => one.value)
  const deactivated = from.values
    .filter((entry) => entry.active && after.get(entry.value)?.active === false)
    .map((one) => one.value)
  const before = new Set(from.values.map((entry) => entry.value))
  const oldOrder = from.values.map((one) => one.value).filter((value) => after.has(value))
  const newOrder = to.values.map((one) => one.value).filter((value) => before.has(value))
  const isReordered = holdsSeveral(to) && oldOrder.join('\n') !== newOrder.join('\n')
  if (removed.length + deactivated.length === 0 && !isReordered) return undefined
  return { from, to, removed, deactivated, isReordered }
}

/** Several chosen values lie in the order of their list, so that equal choices are equal texts. */
export function reorders(now: Model, wanted: Model, renames: Renames): readonly ValueMove[] {
  return listChanges(now, wanted, renames)
    .filter((change) => change.isReordered)
    .map(({ to }) => ({ kind: 'reorder', object: to.object, field: to.name }))
}
