/** The fields that every custom metadata type (`…__mdt`) has without declaring them, and how it is told. */
import type { CustomField } from '../../metadata/types.ts'

const ending = /__mdt$/i
const nameCharsMax = 40

export function isCustomMetadataType(object: string): boolean {
  return ending.test(object)
}

/** "Rate__mdt" of a record's full name "Rate.Low". */
export function typeOfRecord(fullName: string): string | undefined {
  const dot = fullName.indexOf('.')
  return dot <= 0 ? undefined : `${fullName.slice(0, dot)}__mdt`
}

export function recordNameOf(fullName: string): string {
  return fullName.slice(fullName.indexOf('.') + 1)
}

/** The full name of a record as a relationship names it: with its type or without. */
export function targetRecord(type: string, name: string): string {
  const stem = type.replace(ending, '')
  return name.toLowerCase().startsWith(`${stem.toLowerCase()}.`) ? name : `${stem}.${name}`
}

function text(fullName: string, label: string, length = nameCharsMax): CustomField {
  return { fullName, label, type: 'Text', length }
}

/** What a type is called by where its file does not say it. */
export const metadataTypeName: CustomField = text('MasterLabel', 'Label')

export const metadataTypeFields: readonly CustomField[] = [
  { ...text('DeveloperName', 'Name'), description: 'Name by which metadata calls it.' },
  text('QualifiedApiName', 'Qualified API Name', 70),
  text('NamespacePrefix', 'Namespace Prefix', 15),
  text('Language', 'Master Language', 40),
  {
    fullName: 'IsProtected',
    label: 'Protected Component',
    type: 'Checkbox',
    defaultValue: 'false',
  },
]
