/** A value set of three: one inactive, two that depend on a controlling field. */
import type { FieldOptions, PicklistEntry } from '../../../engine/fields/field-type.ts'

const entries: readonly PicklistEntry[] = [
  { value: 'Open', label: 'Open', active: true, isDefault: true, validFor: ['Retail', 'checked'] },
  { value: 'Won; done', label: 'Won', active: true, isDefault: false },
  { value: 'Übergabe', label: 'Handover', active: true, isDefault: false, validFor: [] },
  { value: 'Lost', label: 'Lost', active: false, isDefault: false },
]

export function picklistOptions(
  type: 'Picklist' | 'MultiselectPicklist',
  restricted: boolean,
): FieldOptions {
  return {
    fullName: 'Status__c',
    label: 'Status',
    type,
    valueSet: {
      restricted,
      controllingField: 'Segment__c',
      valueSetDefinition: { value: entries.map(({ value }) => ({ fullName: value })) },
    },
    values: entries,
  }
}
