/** Chooses physical names for what is new: once, never reused, never equal but for case. */
import type { Declaration } from '../model/declaration.ts'
import { columnName } from '../model/compile-object.ts'
import type { ObjectBinding } from '../model/model.ts'
import { isObject, outlinesOf } from '../model/model-index.ts'
import type { FieldSketch, ObjectOutline } from '../model/object-outline.ts'
import { recordTypeId } from '../model/record-types.ts'
import { systemFieldNames, versionColumn } from '../model/system-fields.ts'

export interface BindingInput {
  readonly declarations: Iterable<Declaration>
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  /** Physical names that are taken, lower-case: of tables, and of column bases by table. */
  readonly taken: TakenNames
  /** True for objects whose binding serves as it is. */
  readonly isUnchanged?: (outline: ObjectOutline) => boolean
  /** Columns of deleted fields that may come back, by "Object.Field". */
  readonly kept?: ReadonlyMap<string, string>
  /** "Object.Field" of those whose values need other columns than before. */
  readonly rebind?: ReadonlySet<string>
}

export interface TakenNames {
  readonly tables: ReadonlySet<string>
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>
  readonly keyPrefixes: ReadonlySet<string>
}

export const nothingTaken: TakenNames = {
  tables: new Set(),
  columns: new Map(),
  keyPrefixes: new Set(),
}

const nameCharsMax = 50

export function chooseBindings(input: BindingInput): ReadonlyMap<string, ObjectBinding> {
  const outlines = [...outlinesOf([...input.declarations].filter(isObject)).outlines.values()]
  outlines.sort((a, b) => (a.name < b.name ? -1 : 1))
  const tables = new Set(input.taken.tables)
  for (const binding of input.bindings.values()) tables.add(binding.table.toLowerCase())
  const prefixes = takenPrefixes(input, outlines)
  const recordTypeIds = takenRecordTypes(input.bindings.values())
  return new Map(
    outlines.map((outline) => {
      const known = input.bindings.get(outline.name)
      if (known !== undefined && input.isUnchanged?.(outline) === true) return [outline.name, known]
      const table = known?.table ?? freeName(outline.name, (name) => tables.has(name))
      tables.add(table.toLowerCase())
      const keyPrefix = keyPrefixOf(outline, known, prefixes)
      prefixes.add(keyPrefix)
      const columns = chooseColumns(outline, table, { ...input, known })
      const recordTypes = chooseRecordTypes(outline, known, recordTypeIds)
      const same =
        known !== undefined &&
        known.keyPrefix === keyPrefix &&
        columns === known.columns &&
        recordTypes === known.recordTypes
      const types = recordTypes === undefined ? {} : { recordTypes }
      return [outline.name, same ? known : Object.freeze({ table, keyPrefix, columns, ...types })]
    }),
  )
}

function takenPrefixes(input: BindingInput, outlines: readonly ObjectOutline[]): Set<string> {
  const prefixes = new Set(input.taken.keyPrefixes)
  for (const binding of input.bindings.values()) prefixes.add(binding.keyPrefix)
  for (const outline of outlines) {
    const declared = outline.declaration.body.keyPrefix
    if (declared !== undefined) prefixes.add(declared)
  }
  return prefixes
}

/** A prefix is part of every id, so it stays as it was given first. */
function keyPrefixOf(
  outline: ObjectOutline,
  known: ObjectBinding | undefined,
  taken: ReadonlySet<string>,
): string {
  const given = known?.keyPrefix ?? outline.declaration.body.keyPrefix
  if (given !== undefined) return given
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  for (let number = 0; number < 62 * 62 * 26; number++) {
    const first = 'abcdefghijklmnopqrstuvwxyz'.charAt(Math.floor(number / (62 * 62)))
    const second = digits.charAt(Math.floor(number / 62) % 62)
    const prefix = first + second + digits.charAt(number % 62)
    if (!taken.has(prefix)) return prefix
  }
  throw new Error('no key prefix is free')
}

function takenRecordTypes(bindings: Iterable<ObjectBinding>): Set<string> {
  return new Set([...bindings].flatMap(({ recordTypes = {} }) => Object.values(recordTypes)))
}

/** Names that went are kept: a record type that comes back is the one that records in the bin still have. */
function chooseRecordTypes(
  outline: ObjectOutline,
  known: ObjectBinding | undefined,
  taken: Set<string>,
): ObjectBinding['recordTypes'] {
  const before = new Map(Object.entries(known?.recordTypes ?? {}))
  const names = (outline.declaration.body.recordTypes ?? []).map((one) => one.fullName)
  const fresh = names.filter((name) => !before.has(name))
  if (fresh.length === 0) return known?.recordTypes
  for (const name of fresh) {
    let id = recordTypeId(outline.name, name)
    // A renamed record type took the id of its first name along.
    for (let number = 2; taken.has(id); number++) {
      id = recordTypeId(outline.name, `${name} ${number}`)
    }
    taken.add(id)
    before.set(name, id)
  }
  return Object.freeze(Object.fromEntries(before))
}

interface ColumnInput extends BindingInput {
  readonly known: ObjectBinding | undefined
}

function chooseColumns(
  outline: ObjectOutline,
  table: string,
  input: ColumnInput,
): Readonly<Record<string, string>> {
  const before = input.known?.columns ?? {}
  const columns: Record<string, string> = {}
  const taken = new Set(input.taken.columns.get(table.toLowerCase()))
  for (const name of [...systemFieldNames, versionColumn]) taken.add(name.toLowerCase())
  for (const base of Object.values(before)) taken.add(base.toLowerCase())
  let isSame = true
  for (const field of outline.fields) {
    const parts = Object.keys(field.type.columns(field.options))
    if (field.origin === 'system' || parts.length === 0) continue
    const key = `${outline.name}.${field.name}`
    // Values on their way into another form never meet what an earlier form left behind.
    const stays = input.rebind?.has(key) !== true
    const known = stays ? (before[field.name] ?? input.kept?.get(key)) : undefined
    const base = known ?? freeBase(field, parts, taken)
    if (base !== before[field.name]) isSame = false
    for (const part of parts) taken.add(columnName(base, part).toLowerCase())
    columns[field.name] = base
  }
  const unchanged = isSame && Object.keys(columns).length === Object.keys(before).length
  return unchanged && input.known !== undefined ? input.known.columns : Object.freeze(columns)
}

function freeBase(
  field: FieldSketch,
  parts: readonly string[],
  taken: ReadonlySet<string>,
): string {
  return freeName(field.name, (base) =>
    ['', ...parts].some((part) => taken.has(columnName(base, part).toLowerCase())),
  )
}

/** The wanted name, or with the first number that makes it free. */
function freeName(wanted: string, isTaken: (folded: string) => boolean): string {
  const short = wanted.slice(0, nameCharsMax - 6)
  if (!isTaken(short.toLowerCase())) return short
  for (let number = 2; ; number++) {
    const name = `${short}_${number}`
    if (!isTaken(name.toLowerCase())) return name
  }
}
