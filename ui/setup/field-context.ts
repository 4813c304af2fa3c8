/** What the field forms need to know of an object and of the objects around it. */
import { metadata, records } from '../api.ts'
import { t } from '../base/text.ts'
import type { DetailsChoices } from '../elements/setup-details/setup-details.ts'
import type { MatrixValue } from '../elements/setup-matrix/setup-matrix.ts'
import type {
  FieldBody,
  ObjectBody,
  PageLayoutBody,
  PermissionSetBody,
} from './component-bodies.ts'
import type { TakenRelationships } from './field-draft.ts'
import type { Choice } from './form-controls.ts'
import { layoutsOf, loadAll, loadBody } from './setup-api.ts'
import type { Component } from './setup-api.ts'
import { listValueSets, loadValueSet } from './value-sets.ts'

export interface FieldContext {
  readonly object: ObjectBody
  /** The object as whoever reads calls it. */
  readonly label: string
  readonly objects: readonly Choice[]
  readonly valueSets: readonly Choice[]
  readonly permissionSets: readonly Component<PermissionSetBody>[]
  readonly layouts: readonly Component<PageLayoutBody>[]
}

export async function loadFieldContext(object: string): Promise<FieldContext> {
  const [body, objects, valueSets, permissionSets, layouts] = await Promise.all([
    loadBody('CustomObject', object),
    metadata.list('CustomObject'),
    listValueSets(),
    loadAll('PermissionSet'),
    layoutsOf(object),
  ])
  const choices = (list: typeof objects): readonly Choice[] =>
    list
      .map(({ fullName, label }) => ({ value: fullName, label: label ?? fullName }))
      .toSorted((one, other) => one.label.localeCompare(other.label))
  const called = objects.find((one) => one.fullName === object)?.label
  return {
    object: body,
    label: called ?? body.label ?? object,
    objects: choices(objects),
    valueSets: choices(valueSets),
    permissionSets,
    layouts,
  }
}

/** Child relationship names in use on the targets, as far as `known` does not have them yet. */
export async function loadTakenRelationships(
  targets: readonly string[],
  known: TakenRelationships,
): Promise<TakenRelationships> {
  const missing = targets.filter((target) => !known.has(target))
  const described = await Promise.all(missing.map((target) => records.describe(target)))
  const added = described.map((describe) => {
    const names = (describe.childRelationships ?? []).map((child) => child.relationshipName ?? '')
    const plain = names.map((name) => name.replace(/__r$/, '').toLowerCase())
    return [describe.name, new Set(plain.filter((name) => name !== ''))] as const
  })
  return new Map([...known, ...added])
}

/** Picklists and checkboxes of the object may control a picklist; not the field itself. */
export function choicesFor(
  context: FieldContext,
  options: {
    readonly field: string
    readonly controllingField: string
    readonly valueSet: readonly MatrixValue[]
  },
): DetailsChoices {
  const fields = context.object.fields ?? []
  const controllers = fields.filter(
    (field) =>
      field.fullName !== options.field && (field.type === 'Picklist' || field.type === 'Checkbox'),
  )
  const controller = controllers.find((field) => field.fullName === options.controllingField)
  return {
    objects: context.objects,
    valueSets: context.valueSets,
    controllingFields: controllers.map(({ fullName, label }) => ({
      value: fullName,
      label: label ?? fullName,
    })),
    controllingValues: controller === undefined ? [] : valuesOf(controller, options.valueSet),
  }
}

function valuesOf(field: FieldBody, valueSet: readonly MatrixValue[]): readonly MatrixValue[] {
  if (field.type === 'Checkbox')
    return [
      { name: 'unchecked', label: t('Not ticked') },
      { name: 'checked', label: t('Ticked') },
    ]
  if (field.valueSet?.valueSetName !== undefined) return valueSet
  const own = field.valueSet?.valueSetDefinition?.value ?? []
  return own.map((value) => ({ name: value.fullName, label: value.label ?? value.fullName }))
}

/** The values of the global set that a controlling field uses; none when it has its own. */
export async function loadControllingSet(
  object: ObjectBody,
  controllingField: string,
): Promise<readonly MatrixValue[]> {
  const field = object.fields?.find((entry) => entry.fullName === controllingField)
  const name = field?.valueSet?.valueSetName
  if (name === undefined) return []
  const set = await loadValueSet(name)
  return (set.customValue ?? []).map((value) => ({
    name: value.fullName,
    label: value.label ?? value.fullName,
  }))
}
