/** Keeps account of every base of physical column names: which field has it, and what deleted ones left behind. */
import { fieldType } from '../fields/index.ts'
import type { FieldOptions } from '../fields/field-type.ts'
import { inverse, type Renames } from '../model/renames.ts'
import { outlineOf, type FieldSketch, type ObjectOutline } from '../model/object-outline.ts'
import type { Declaration } from '../model/declaration.ts'
import { isObject } from '../model/model-index.ts'
import type { ObjectBinding } from '../model/model.ts'
import { columnName } from '../model/compile-object.ts'
import { optionalSystemFields, systemFieldNames, versionColumn } from '../model/system-fields.ts'
import type { AppliedModel, Bases, ColumnBase } from './component-store.ts'
import { canStay, type PresentColumns } from './ddl.ts'

/** Fields that own columns, system fields apart. */
export function storedFields(outline: ObjectOutline): readonly FieldSketch[] {
  return outline.fields.filter(
    (field) =>
      field.origin !== 'system' && Object.keys(field.type.columns(field.options)).length > 0,
  )
}

/** Columns that are there for every table, whatever its object is. */
const always: ReadonlySet<string> = new Set(
  [...systemFieldNames, versionColumn].filter((name) => !optionalSystemFields.has(name)),
)

/** The columns that the account of bases says are there. */
export function presentColumns(
  state: Pick<AppliedModel, 'bases' | 'bindings' | 'keptBindings'>,
): PresentColumns {
  const bindings = [...state.bindings.values(), ...state.keptBindings.values()]
  const tables = new Set(bindings.map((binding) => binding.table))
  const columns = new Map<string, Set<string>>()
  const columnsIn = (table: string): ReadonlySet<string> => {
    const known = columns.get(table)
    if (known !== undefined) return known
    const bases = (state.bases.get(table) ?? []).filter((base) => base.state !== 'purged')
    const names = new Set(bases.flatMap(columnsOfBase))
    columns.set(table, names)
    return names
  }
  return {
    hasTable: (table) => tables.has(table),
    hasColumn: (table, column) => always.has(column) || columnsIn(table).has(column),
  }
}

/** The physical columns behind a base. */
export function columnsOfBase(base: ColumnBase): readonly string[] {
  const field = formerField(base)
  const parts = field === undefined ? [''] : Object.keys(field.type.columns(field.options))
  return parts.map((part) => columnName(base.base, part))
}

/** True when the values of the field can stay in the columns where they are. */
export function keepsColumns(
  from: Pick<FieldSketch, 'type' | 'options'>,
  to: Pick<FieldSketch, 'type' | 'options'>,
): boolean {
  if (from.type !== to.type) return false
  const before = from.type.columns(from.options)
  const after = to.type.columns(to.options)
  const parts = Object.keys(after)
  if (parts.length !== Object.keys(before).length) return false
  return parts.every((part) => {
    const [old, now] = [before[part], after[part]]
    return old !== undefined && now !== undefined && canStay(old, now)
  })
}

/** Columns of deleted fields that the same declaration may take up again, by "Object.Field"; summaries are computed anew. */
export function keptColumns(
  declarations: Iterable<Declaration>,
  bases: Bases,
): ReadonlyMap<string, string> {
  const kept = keptBases(bases)
  const objects = new Set(kept.map((base) => base.object))
  const fields = new Map<string, FieldSketch>()
  for (const declaration of declarations) {
    if (!isObject(declaration) || !objects.has(declaration.fullName)) continue
    for (const field of storedFields(outlineOf(declaration))) {
      fields.set(`${declaration.fullName}.${field.name}`, field)
    }
  }
  const columns = new Map<string, string>()
  for (const base of kept) {
    const key = `${base.object}.${base.field}`
    const field = fields.get(key)
    const former = field === undefined ? undefined : formerField(base)
    if (field !== undefined && former !== undefined && sameColumns(former, field)) {
      columns.set(key, base.base)
    }
  }
  return columns
}

const keptLists = new WeakMap<Bases, readonly ColumnBase[]>()

function keptBases(bases: Bases): readonly ColumnBase[] {
  const known = keptLists.get(bases)
  if (known !== undefined) return known
  const kept = [...bases.values()].flatMap((list) => list.filter((base) => base.state === 'kept'))
  keptLists.set(bases, kept)
  return kept
}

function sameColumns(from: Pick<FieldSketch, 'type' | 'options'>, to: FieldSketch): boolean {
  return (
    keepsColumns(from, to) &&
    JSON.stringify(from.type.columns(from.options)) === JSON.stringify(to.type.columns(to.options))
  )
}

/** The field as it was declared when the columns were last in use. */
export function formerField(base: ColumnBase): Pick<FieldSketch, 'type' | 'options'> | undefined {
  // `basesAfter` wrote the options that the field had.
  const options = JSON.parse(base.declaration) as FieldOptions
  const type = fieldType(options.type ?? '')
  return type === undefined ? undefined : { type, options }
}

export interface BasesInput {
  readonly bases: Bases
  readonly before: ReadonlyMap<string, ObjectBinding>
  readonly after: ReadonlyMap<string, ObjectBinding>
  readonly outlines: Iterable<ObjectOutline>
  readonly renames: Renames
}

/** The rows of `fs_column` that change: new bases, renamed owners, and those that are kept from now on. */
export function basesAfter(input: BasesInput): readonly ColumnBase[] {
  const outlines = [...input.outlines]
  const ofTables = tablesOf(input, outlines).flatMap((table) => input.bases.get(table) ?? [])
  const known = new Map(ofTables.map((base) => [`${base.table}.${base.base}`, base]))
  const changed: ColumnBase[] = []
  const inUse = new Set<string>()
  for (const outline of outlines) {
    const binding = input.after.get(outline.name)
    if (binding === undefined) continue
    for (const field of boundFields(outline)) {
      const isOptional = optionalSystemFields.has(field.name)
      const base = isOptional ? field.name : binding.columns[field.name]
      if (base === undefined) continue
      inUse.add(`${binding.table}.${base}`)
      const row = baseRow(outline.name, field, { table: binding.table, base })
      if (!sameBase(known.get(`${binding.table}.${base}`), row)) changed.push(row)
    }
  }
  const oldNames = inverse(input.renames.objects)
  const renamedObjects = new Map(input.renames.objects)
  for (const base of ofTables) {
    if (base.state !== 'used' || inUse.has(`${base.table}.${base.base}`)) continue
    const object = renamedObjects.get(base.object) ?? base.object
    const isBound = !optionalSystemFields.has(base.field)
    if (isBound && isUntouched(base, input, oldNames)) continue
    const isReplaced = input.after.get(object)?.columns[renamedField(base, input)] !== undefined
    changed.push({ ...base, object, state: isReplaced ? 'replaced' : 'kept' })
  }
  return changed
}

/** The tables of the objects that changed, and of those that went. */
function tablesOf(input: BasesInput, outlines: readonly ObjectOutline[]): readonly string[] {
  const tables = new Set(outlines.flatMap((outline) => input.after.get(outline.name)?.table ?? []))
  for (const [name, { table }] of input.before) {
    const renamed = input.renames.objects.get(name) ?? name
    if (!input.after.has(renamed)) tables.add(table)
  }
  return [...tables]
}

function renamedField(base: ColumnBase, input: BasesInput): string {
  return input.renames.fields.get(base.object)?.get(base.field) ?? base.field
}

/** OwnerId comes and goes with the master of an object, RecordTypeId with its record types. */
function boundFields(outline: ObjectOutline): readonly FieldSketch[] {
  const optional = outline.fields.filter(
    (field) => field.origin === 'system' && optionalSystemFields.has(field.name),
  )
  return [...storedFields(outline), ...optional]
}

/** Outlines hold only the objects that changed; the bases of the others stay as they are. */
function isUntouched(
  base: ColumnBase,
  input: BasesInput,
  oldNames: ReadonlyMap<string, string>,
): boolean {
  const name = input.renames.objects.get(base.object) ?? base.object
  const after = input.after.get(name)
  const before = input.before.get(oldNames.get(name) ?? name)
  return after !== undefined && before !== undefined && after.columns === before.columns
}

function baseRow(
  object: string,
  field: FieldSketch,
  place: { readonly table: string; readonly base: string },
): ColumnBase {
  return {
    ...place,
    object,
    field: field.name,
    state: 'used',
    declaration: textOf(field.options),
  }
}

const textByOptions = new WeakMap<object, string>()

/** Options are never changed; those of all fields of an object are compared when one is added. */
function textOf(options: FieldSketch['options']): string {
  const known = textByOptions.get(options)
  if (known !== undefined) return known
  const text = JSON.stringify(options)
  textByOptions.set(options, text)
  return text
}

function sameBase(a: ColumnBase | undefined, b: ColumnBase): boolean {
  return (
    a !== undefined &&
    a.object === b.object &&
    a.field === b.field &&
    a.state === b.state &&
    a.declaration === b.declaration
  )
}
