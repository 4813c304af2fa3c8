/** Reads the metadata that the product ships, and says which fields an object has with all their parts. */
import { readdirSync, readFileSync } from 'node:fs'
import type {
  CustomApplication,
  CustomField,
  CustomObject,
  GlobalValueSet,
  StandardValueSet,
  Layout,
  PermissionSet,
  Profile,
} from '../../metadata/types.ts'
import type { FieldOptions, FieldType } from '../../engine/fields/field-type.ts'
import { fieldType } from '../../engine/fields/index.ts'
import { asValueSet } from '../../engine/model/value-sets.ts'
import { settingName } from '../../engine/model/custom-settings.ts'
import { picklistEntries } from '../../engine/model/picklist-entries.ts'
import {
  auditFields,
  leadingSystemFields,
  ownerSystemField,
  recordTypeSystemField,
} from '../../engine/model/system-fields.ts'

export const metadataRoot = new URL('../../metadata/', import.meta.url)

export interface Shipped<Body> {
  readonly file: string
  readonly body: Body
}

export function readJson(url: URL): unknown {
  return JSON.parse(readFileSync(url, 'utf8'))
}

/** All components of a folder by the name of their file. */
function readFolder<Body>(folder: string): readonly Shipped<Body>[] {
  const url = new URL(`${folder}/`, metadataRoot)
  return readdirSync(url)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      file: `${folder}/${name}`,
      // The schema test checks every one of these files against its schema.
      body: readJson(new URL(encodeURIComponent(name), url)) as Body,
    }))
}

export const shippedObjects = readFolder<CustomObject>('objects')
export const shippedLayouts = readFolder<Layout>('layouts')
export const shippedApplications = readFolder<CustomApplication>('applications')
export const shippedPermissionSets = readFolder<PermissionSet>('permissionsets')
export const shippedProfiles = readFolder<Profile>('profiles')
export const shippedValueSets = readFolder<GlobalValueSet>('globalValueSets')
export const shippedStandardValueSets = readFolder<StandardValueSet>('standardValueSets')

export interface KnownField {
  readonly type: FieldType
  readonly options: FieldOptions
  readonly origin: 'system' | 'name' | 'declared' | 'part'
  readonly required: boolean
}

const objectsByName = new Map(shippedObjects.map(({ body }) => [body.fullName, body]))
const valueSets = new Map(
  [...shippedValueSets, ...shippedStandardValueSets].map(({ body }) => [
    body.fullName,
    asValueSet(body),
  ]),
)

export function shippedObject(name: string): CustomObject {
  const body = objectsByName.get(name)
  if (body === undefined) throw new Error(`no object ${name} is shipped`)
  return body
}

export function isShippedObject(name: string): boolean {
  return objectsByName.has(name)
}

export function typeOf(field: CustomField): FieldType {
  const type = fieldType(field.type ?? '')
  if (type === undefined) throw new Error(`${field.fullName} has the unknown type ${field.type}`)
  return type
}

function known(field: FieldOptions, origin: KnownField['origin']): [string, KnownField] {
  const values = field.values ?? picklistEntries(field, (name) => valueSets.get(name))
  const options = values === undefined ? field : { ...field, values }
  const type = typeOf(field)
  const required = field.required === true || field.type === 'MasterDetail'
  return [field.fullName, { type, options, origin, required }]
}

/** A field and, when it is a compound, its parts. */
function withParts(field: CustomField, origin: 'name' | 'declared'): [string, KnownField][] {
  const parts = typeOf(field).components?.(field) ?? []
  return [known(field, origin), ...parts.map((part) => known(part, 'part'))]
}

export function nameFieldOf(object: CustomObject): CustomField {
  const { nameField, customSettingsType } = object
  if (customSettingsType !== undefined) return settingName(customSettingsType)
  const required = nameField?.type !== 'AutoNumber'
  return { fullName: 'Name', type: 'Text', required, ...nameField }
}

function isDetail(object: CustomObject): boolean {
  return (object.fields ?? []).some((field) => field.type === 'MasterDetail')
}

const fieldsByObject = new WeakMap<CustomObject, ReadonlyMap<string, KnownField>>()

/** Everything that may be called a field of the object, by API name. */
export function fieldsOf(object: CustomObject): ReadonlyMap<string, KnownField> {
  const fields = fieldsByObject.get(object) ?? listFields(object)
  fieldsByObject.set(object, fields)
  return fields
}

function listFields(object: CustomObject): ReadonlyMap<string, KnownField> {
  const types = (object.recordTypes ?? []).length > 0 ? [recordTypeSystemField] : []
  const kept = [...leadingSystemFields, ...auditFields, ownerSystemField, ...types]
  const system = kept
    .map((field) => field.declaration)
    // Id has a type that no file may name; a detail's owner is its master's.
    .filter((field) => field.type !== undefined)
    .filter((field) => field !== ownerSystemField.declaration || !isDetail(object))
  return new Map([
    ...system.map((field) => known(field, 'system')),
    ...withParts(nameFieldOf(object), 'name'),
    ...(object.fields ?? []).flatMap((field) => withParts(field, 'declared')),
  ])
}
