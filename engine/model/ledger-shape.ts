/** How objects that the engine itself writes are told: their tables, fields and readers, and the model that is made of them. */
import type { CustomField, CustomObject } from '../../metadata/types.ts'
import type { FieldType } from '../fields/field-type.ts'
import { fieldType } from '../fields/index.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import { compileObject } from './compile-object.ts'
import { idFieldType } from './id-field-type.ts'
import { wordType } from './ledger-fields.ts'
import type { ChildRelationship, LedgerReaders, ObjectModel } from './model.ts'
import { indexFields, type FieldSketch } from './object-outline.ts'
import { versionColumn } from './system-fields.ts'

export interface LedgerColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly nullable?: boolean
}

export interface LedgerTable {
  readonly name: string
  /** Of the ids of its rows. */
  readonly keyPrefix: string
  readonly columns: readonly LedgerColumn[]
  readonly indexes: readonly (readonly string[])[]
}

export const id: ColumnKind = { kind: 'id' }
const text: ColumnKind = { kind: 'text' }
const boolean: ColumnKind = { kind: 'boolean' }
export const instant: ColumnKind = { kind: 'instant' }
export const integer: ColumnKind = { kind: 'integer' }

/** What every object has that queries read; the same in every row but for its id, time and author. */
export const common: readonly LedgerColumn[] = [
  { name: 'Id', kind: id },
  { name: 'IsDeleted', kind: boolean },
  { name: 'CreatedDate', kind: instant },
  { name: 'CreatedById', kind: id, nullable: true },
  { name: 'LastModifiedDate', kind: instant },
  { name: versionColumn, kind: integer },
]

export const filled = (name: string): LedgerColumn => ({ name, kind: text })
export const optional = (name: string): LedgerColumn => ({ name, kind: text, nullable: true })

export interface LedgerField {
  readonly name: string
  readonly label: string
  readonly type: FieldType
  readonly column: string
  readonly options?: Partial<CustomField>
}

export interface LedgerShape {
  readonly name: string
  readonly label: string
  readonly plural: string
  readonly table: LedgerTable
  readonly nameField: string
  readonly fields: readonly LedgerField[]
  readonly readers: LedgerReaders
  readonly children?: readonly ChildRelationship[]
}

type Named = Pick<LedgerField, 'name' | 'label' | 'column'>

export function lookupTo(target: string, named: Named): LedgerField {
  return plain('Lookup', { ...named, options: { referenceTo: [target] } })
}

export function plain(type: string, named: Omit<LedgerField, 'type'>): LedgerField {
  return { ...named, type: fieldType(type) ?? idFieldType }
}

export function word(name: string, label: string, column: string): LedgerField {
  return { name, label, type: wordType, column }
}

export const leading: readonly LedgerField[] = [
  plain('Id', { name: 'Id', label: 'Record ID', column: 'Id' }),
  plain('Checkbox', { name: 'IsDeleted', label: 'Deleted', column: 'IsDeleted' }),
]

export const authored: readonly LedgerField[] = [
  plain('DateTime', { name: 'CreatedDate', label: 'Created Date', column: 'CreatedDate' }),
  lookupTo('User', { name: 'CreatedById', label: 'Created By', column: 'CreatedById' }),
]

export function modelOf(shape: LedgerShape): ObjectModel {
  const fields = shape.fields.map((field) => sketchOf(field))
  const body: CustomObject = {
    fullName: shape.name,
    label: shape.label,
    pluralLabel: shape.plural,
    sharingModel: 'Private',
    enableSearch: false,
  }
  const declaration = { type: 'CustomObject', fullName: shape.name, body } as const
  const columns = Object.fromEntries(shape.fields.map(({ name, column }) => [name, column]))
  const outline = {
    name: shape.name,
    declaration,
    partial: false,
    isDetail: false,
    nameField: shape.nameField,
    fields,
    computed: [],
    references: [],
    byName: indexFields(fields),
    hasFormerNames: false,
    kept: new Map(),
  }
  const { table, readers } = shape
  const binding = { table: table.name, keyPrefix: table.keyPrefix, columns }
  const compiled = compileObject(outline, binding, {
    children: shape.children ?? [],
    valueSets: () => undefined,
    targets: (names) => names,
  })
  return Object.freeze({ ...compiled, custom: false, ledger: readers })
}

function sketchOf({ name, label, type, options }: LedgerField): FieldSketch {
  const isSystem = ['Id', 'IsDeleted', 'CreatedDate', 'CreatedById'].includes(name)
  return {
    name,
    type,
    options: { ...options, fullName: name, label },
    origin: isSystem ? 'system' : 'declared',
    settable: false,
    formula: undefined,
    compound: undefined,
    components: [],
    previousNames: [],
  }
}
