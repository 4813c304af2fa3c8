/** What a save needs to know of an object, worked out once per object model. */
import type { ApiValue } from '../fields/field-type.ts'
import type { Column, FieldModel, ObjectModel } from '../model/model.ts'
import { literalDefault } from '../query/literal-default.ts'

export interface SaveIndex {
  readonly required: readonly FieldModel[]
  readonly defaults: readonly (readonly [FieldModel, ApiValue])[]
  readonly numbered: readonly FieldModel[]
  /** Controlling field → the fields that depend on it. */
  readonly dependents: ReadonlyMap<FieldModel, readonly FieldModel[]>
  /** Compound → its parts, for compounds that check or derive something. */
  readonly compounds: ReadonlyMap<FieldModel, readonly FieldModel[]>
  readonly stamps: StampColumns
  /** The main columns of references. */
  readonly references: ReadonlyMap<Column, FieldModel>
}

/** The columns that the engine fills itself. */
export interface StampColumns {
  readonly id: Column
  readonly isDeleted: Column
  readonly createdDate: Column
  readonly createdBy: Column
  readonly modifiedDate: Column
  readonly modifiedBy: Column
  readonly modstamp: Column
  readonly owner: Column | undefined
}

const indexes = new WeakMap<ObjectModel, SaveIndex>()

export function saveIndex(object: ObjectModel): SaveIndex {
  const known = indexes.get(object)
  if (known !== undefined) return known
  const made = makeIndex(object)
  indexes.set(object, made)
  return made
}

/** A field of the object by its canonical name. */
export function fieldNamed(object: ObjectModel, name: string): FieldModel {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`${object.name} has no field ${name}`)
  return field
}

function makeIndex(object: ObjectModel): SaveIndex {
  const own = object.fields.filter((field) => !field.system)
  const compounds = own
    .filter(({ type }) => type.derive !== undefined || type.checkComponents !== undefined)
    .map((field) => [field, field.components.map((part) => fieldNamed(object, part))] as const)
  return {
    required: own.filter((field) => field.required && field.createable),
    defaults: own.flatMap((field) => {
      const value = field.createable ? literalDefault(field) : undefined
      return value === undefined ? [] : [[field, value] as const]
    }),
    numbered: own.filter((field) => field.type.generate !== undefined),
    dependents: dependentsOf(object, own),
    compounds: new Map(compounds),
    stamps: stampsOf(object),
    references: new Map(
      object.fields
        // Record types are part of the model, which the write compares with the one in force.
        .filter((field) => field.reference !== undefined && field !== object.recordTypeField)
        .map((field) => [mainColumn(field), field] as const),
    ),
  }
}

function dependentsOf(
  object: ObjectModel,
  own: readonly FieldModel[],
): ReadonlyMap<FieldModel, readonly FieldModel[]> {
  const dependents = new Map<FieldModel, FieldModel[]>()
  for (const field of own) {
    if (field.controllingField === undefined) continue
    const controlling = fieldNamed(object, field.controllingField)
    dependents.set(controlling, [...(dependents.get(controlling) ?? []), field])
  }
  return dependents
}

function mainColumn(field: FieldModel): Column {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  return column
}

function stampsOf(object: ObjectModel): StampColumns {
  const column = (name: string): Column => mainColumn(fieldNamed(object, name))
  return {
    id: column('Id'),
    isDeleted: column('IsDeleted'),
    createdDate: column('CreatedDate'),
    createdBy: column('CreatedById'),
    modifiedDate: column('LastModifiedDate'),
    modifiedBy: column('LastModifiedById'),
    modstamp: column('SystemModstamp'),
    owner: object.ownerField && mainColumn(object.ownerField),
  }
}
