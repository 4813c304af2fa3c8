/** The values of a picklist, from the field itself or from its global value set. */
import type { CustomField, CustomValue, GlobalValueSet } from '../../metadata/types.ts'
import type { PicklistEntry } from '../fields/field-type.ts'

/** Finds a global value set by name; undefined when there is none. */
export type ValueSetLookup = (name: string) => Readonly<GlobalValueSet> | undefined

const labels = new Intl.Collator('en')

export function picklistEntries(
  field: Readonly<CustomField>,
  valueSets: ValueSetLookup,
): readonly PicklistEntry[] | undefined {
  const set = field.valueSet
  if (set === undefined) return undefined
  const global = set.valueSetName === undefined ? undefined : valueSets(set.valueSetName)
  const values = global?.customValue ?? set.valueSetDefinition?.value ?? []
  const sorted = global === undefined ? set.valueSetDefinition?.sorted : global.sorted
  const validFor = set.controllingField === undefined ? undefined : validForByValue(field)
  const entries = values.map((value) => entryOf(value, validFor))
  return sorted === true ? entries.sort((a, b) => labels.compare(a.label, b.label)) : entries
}

function entryOf(
  value: CustomValue,
  validFor: ReadonlyMap<string, readonly string[]> | undefined,
): PicklistEntry {
  return {
    value: value.fullName,
    label: value.label ?? value.fullName,
    active: value.isActive ?? true,
    isDefault: value.default ?? false,
    ...(validFor === undefined ? {} : { validFor: validFor.get(value.fullName) ?? [] }),
  }
}

function validForByValue(field: Readonly<CustomField>): ReadonlyMap<string, readonly string[]> {
  const settings = field.valueSet?.valueSettings ?? []
  return new Map(
    settings.map((setting) => [setting.valueName, setting.controllingFieldValue ?? []]),
  )
}
