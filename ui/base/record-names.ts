/** What a record is called, and what its lookups point at. */
import type { FieldInfo, ObjectInfo, Value, WireRecord } from './wire.ts'

export function nameFieldInfo(describe: ObjectInfo): FieldInfo | undefined {
  return describe.fields.find((field) => field.nameField === true)
}

export function recordName(describe: ObjectInfo, record: WireRecord | undefined): string {
  const name = record?.[nameFieldInfo(describe)?.name ?? 'Name']
  return typeof name === 'string' && name !== '' ? name : String(record?.Id ?? describe.label)
}

export interface Parent {
  readonly id: string
  readonly name: string
  /** API name of the parent's object, where the answer said it. */
  readonly object: string | undefined
}

/** The parent that a lookup holds, with its name as it came with the record. */
export function parentOf(field: FieldInfo, record: WireRecord): Parent | undefined {
  const id = record[field.name]
  if (typeof id !== 'string' || id === '') return undefined
  const parent = field.relationshipName ? record[field.relationshipName] : undefined
  return { id, name: nameIn(parent) ?? id, object: typeIn(parent) ?? onlyTarget(field) }
}

function onlyTarget(field: FieldInfo): string | undefined {
  return field.referenceTo?.length === 1 ? field.referenceTo[0] : undefined
}

type Nested = { readonly [key: string]: Value }

function nested(value: Value | undefined): Nested | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Arrays are ruled out above; the language does not narrow readonly ones.
      (value as Nested)
    : undefined
}

// Name fields differ by object (CaseNumber, Subject): the answer holds exactly one text beside its attributes.
function nameIn(parent: Value | undefined): string | undefined {
  const entries = Object.entries(nested(parent) ?? {})
  const texts = entries.filter(([key, value]) => key !== 'Id' && typeof value === 'string')
  const name = texts.find(([key]) => key === 'Name') ?? texts[0]
  return typeof name?.[1] === 'string' ? name[1] : undefined
}

function typeIn(parent: Value | undefined): string | undefined {
  const attributes = nested(nested(parent)?.['attributes'])
  const type = attributes?.['type']
  return typeof type === 'string' ? type : undefined
}
