/** What a caller may see, as one list: the base of the types and of the OpenAPI document. */
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { visibleFields, type Gate } from '../resolve.ts'

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'address' | 'location'

export interface SchemaField {
  readonly name: string
  readonly label: string
  /** As describe has it. */
  readonly type: string
  readonly json: JsonType
  /** Always there in an answer. */
  readonly filled: boolean
  readonly createable: boolean
  readonly updateable: boolean
  /** A record cannot be made without it. */
  readonly needed: boolean
  /** The only values it may have. */
  readonly values: readonly string[]
  readonly maxLength: number | undefined
  /** A record can be named by it when it is saved. */
  readonly isKey: boolean
  readonly parent: { readonly path: string; readonly targets: readonly string[] } | undefined
}

export interface SchemaObject {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly rights: Readonly<Record<'create' | 'edit' | 'delete', boolean>>
  readonly fields: readonly SchemaField[]
  readonly children: readonly { readonly path: string; readonly object: string }[]
}

export function visibleSchema(gate: Gate): readonly SchemaObject[] {
  const { model, access } = gate
  return [...model.objectNames, ...model.ledgerNames]
    .sort()
    .filter((name) => access.mayObject(name, 'read'))
    .map((name) => model.object(name))
    .filter((object) => object !== undefined)
    .map((object) => schemaObject(gate, object))
}

function schemaObject(gate: Gate, object: ObjectModel): SchemaObject {
  const { access } = gate
  const may = (right: 'create' | 'edit' | 'delete') => access.mayObject(object.name, right)
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    rights: { create: may('create'), edit: may('edit'), delete: may('delete') },
    fields: visibleFields(gate, object).map((field) => schemaField(gate, object, field)),
    children: object.children.flatMap((child) =>
      child.relationshipName !== undefined &&
      access.mayField(child.childObject, child.field, 'read')
        ? [{ path: child.relationshipName, object: child.childObject }]
        : [],
    ),
  }
}

const jsonTypes: ReadonlyMap<string, JsonType> = new Map([
  ['boolean', 'boolean'],
  ['int', 'integer'],
  ['double', 'number'],
  ['currency', 'number'],
  ['percent', 'number'],
  ['address', 'address'],
  ['location', 'location'],
])

function schemaField(gate: Gate, object: ObjectModel, field: FieldModel): SchemaField {
  const hint = field.type.describe(field.options)
  const mayEdit = gate.access.mayField(object.name, field.name, 'edit')
  const isRequired = field.required || (field.isName && field.type.generate === undefined)
  const createable = field.createable && mayEdit
  const targets = (field.reference?.targets ?? []).filter((name) =>
    gate.access.mayObject(name, 'read'),
  )
  const path = field.reference?.relationshipName
  return {
    name: field.name,
    label: field.label,
    type: hint.type,
    json: jsonTypes.get(hint.type) ?? 'string',
    filled: field.name === 'Id' || hint.type === 'boolean',
    createable,
    updateable: field.updateable && mayEdit,
    // The engine fills its own fields where nobody does: the owner is whoever makes the record.
    needed: createable && isRequired && !field.system && field.options.defaultValue === undefined,
    values: valuesOf(field, hint.type),
    maxLength: hint.length,
    isKey: field.externalId,
    parent: path === undefined || targets.length === 0 ? undefined : { path, targets },
  }
}

/** Several chosen values stand in one text, so that their list says nothing of it. */
function valuesOf(field: FieldModel, type: string): readonly string[] {
  const isClosed = type === 'picklist' && field.options.valueSet?.restricted === true
  return isClosed ? field.values.map((entry) => entry.value) : []
}
