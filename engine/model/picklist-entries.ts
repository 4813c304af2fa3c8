/** The values of a picklist, from the field itself or from its global value set. */
import type { CustomField, CustomValue, GlobalValueSet } from '../../metadata/types.ts'
import { baseLanguage, languageChain } from '../base/languages.ts'
import type { PicklistEntry } from '../fields/field-type.ts'

/** Finds a global value set by name; undefined when there is none. */
export type ValueSetLookup = (name: string) => Readonly<GlobalValueSet> | undefined

export function picklistEntries(
  field: Readonly<CustomField>,
  valueSets: ValueSetLookup,
): readonly PicklistEntry[] | undefined {
  const set = field.valueSet
  if (set === undefined) return undefined
  const global = set.valueSetName === undefined ? undefined : valueSets(set.valueSetName)
  const values = global?.customValue ?? set.valueSetDefinition?.value ?? []
  const validFor = set.controllingField === undefined ? undefined : validForByValue(field)
  const entries = values.map((value) => entryOf(value, validFor))
  return isSorted(field, valueSets) ? byLabel(entries, baseLanguage) : entries
}

/** True where the values stand in the order of their labels, in whatever language these are. */
export function isSorted({ valueSet }: Readonly<CustomField>, valueSets: ValueSetLookup): boolean {
  const global = valueSet?.valueSetName === undefined ? undefined : valueSets(valueSet.valueSetName)
  return (global === undefined ? valueSet?.valueSetDefinition?.sorted : global.sorted) === true
}

const collators = new Map<string, Intl.Collator>()

export function byLabel(
  entries: readonly PicklistEntry[],
  language: string,
): readonly PicklistEntry[] {
  const tag = languageChain(language).at(-1) ?? baseLanguage
  const labels = collators.get(tag) ?? new Intl.Collator(tag)
  collators.set(tag, labels)
  return entries.toSorted((a, b) => labels.compare(a.label, b.label))
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
