/** The tables that a model asks for: columns, defaults and indexes, as data. */
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { versionColumn } from '../model/system-fields.ts'
import type { ColumnKind } from '../sql/column-kind.ts'

export interface ColumnSpec {
  readonly name: string
  readonly kind: ColumnKind
  /** A `total` is never empty: of no records it is zero. */
  readonly role: 'key' | 'kept by the engine' | 'total' | 'value'
}

export interface IndexSpec {
  readonly name: string
  readonly columns: readonly string[]
  /** Among records that are not deleted. */
  readonly unique: boolean
  /** Leaves out records that are empty there: nobody looks for them by it, and they are many. */
  readonly filledOnly?: boolean
}

export interface TableSpec {
  readonly name: string
  readonly columns: readonly ColumnSpec[]
  readonly indexes: readonly IndexSpec[]
}

const specs = new WeakMap<ObjectModel, TableSpec>()

/** The table of an object; objects are frozen, so each is asked once. */
export function tableSpec(object: ObjectModel): TableSpec {
  const known = specs.get(object)
  if (known !== undefined) return known
  const spec = { name: object.table.name, columns: columnsOf(object), indexes: indexesOf(object) }
  specs.set(object, spec)
  return spec
}

export function tableSpecs(model: Model): readonly TableSpec[] {
  return model.objectNames.flatMap((name) => {
    const object = model.object(name)
    return object === undefined ? [] : [tableSpec(object)]
  })
}

function columnsOf(object: ObjectModel): readonly ColumnSpec[] {
  const columns: ColumnSpec[] = []
  for (const field of object.fields) {
    for (const column of field.columns.values()) {
      columns.push({ name: column.name.name, kind: column.kind, role: roleOf(field) })
    }
  }
  return [
    ...columns,
    { name: versionColumn, kind: { kind: 'integer' }, role: 'kept by the engine' },
  ]
}

function roleOf(field: FieldModel): ColumnSpec['role'] {
  if (field.name === 'Id') return 'key'
  const operation = field.options.summary?.operation
  if (operation === 'count' || operation === 'sum') return 'total'
  return field.name === 'IsDeleted' ? 'kept by the engine' : 'value'
}

/** The columns of a field by the names of the type's parts. */
function named(field: FieldModel, parts: readonly string[]): readonly string[] {
  return parts.flatMap((part) => field.columns.get(part)?.name.name ?? [])
}

function indexesOf(object: ObjectModel): readonly IndexSpec[] {
  const byName = new Map<string, IndexSpec>()
  const add = (columns: readonly string[], more: Partial<IndexSpec> = {}): void => {
    const [first] = columns
    if (first === undefined) return
    const name = indexName(object.table.name, first, more.unique === true ? 'ux' : 'ix')
    byName.set(name, { unique: false, ...more, name, columns })
  }
  for (const field of object.fields) {
    if (isAudit(field)) continue
    const main = named(field, [field.type.uniqueColumn?.(field.options) ?? ''])
    if (field.unique) add(main, { unique: true, filledOnly: true })
    else if (field.externalId) add(main, { filledOnly: true })
    else if (field.reference !== undefined) add(comparedBy(field), { filledOnly: true })
    else if (field.options.indexed === true) add(comparedBy(field))
    if (field.name === 'OwnerId' || field.name === 'SystemModstamp') add(named(field, ['']))
  }
  // Just the order of a list sorted by name, ties by Id.
  const sorted = object.nameField.type.sortColumns?.(object.nameField.options) ?? []
  if (sorted.length > 0) add([...named(object.nameField, sorted), 'Id'])
  return [...byName.values()]
}

function isAudit(field: FieldModel): boolean {
  return field.system && field.name !== 'OwnerId' && field.name !== 'SystemModstamp'
}

function comparedBy(field: FieldModel): readonly string[] {
  return named(field, [field.type.comparison?.(field.options)?.column ?? ''])
}

const identifierCharsMax = 63

/** One name per table and column; long ones end in a number made of the whole. */
function indexName(table: string, column: string, kind: 'ix' | 'ux'): string {
  const whole = `${table}__${column}__${kind}`
  if (whole.length <= identifierCharsMax) return whole
  let hash = 7
  for (const letter of whole) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return `${whole.slice(0, identifierCharsMax - 13)}_${hash.toString(36)}__${kind}`
}
