/** Reads and writes the applied model: component bodies, physical names, version. */
import { createHash } from 'node:crypto'
import { deepFreeze } from '../base/deep-freeze.ts'
import type { Declaration } from '../model/declaration.ts'
import type { ObjectBinding } from '../model/model.ts'
import { metadataType } from '../model/metadata-types.ts'
import { columnName } from '../model/compile-object.ts'
import { sql } from '../sql/sql.ts'
import type { Row, Storage, Transaction } from '../storage/storage.ts'
import type { TakenNames } from './choose-bindings.ts'
import { modelVersionKey } from './system-tables.ts'

/**
 * `used` by the model; `kept` with the data of a deleted field, which can come back; `replaced` by columns of another
 * form; `purged`: gone, but the name is not used again.
 */
export type BaseState = 'used' | 'kept' | 'replaced' | 'purged'

/** A base of physical column names and what it holds. */
export interface ColumnBase {
  readonly table: string
  readonly base: string
  readonly object: string
  readonly field: string
  readonly state: BaseState
  /** The field's declaration when it was last used, as JSON. */
  readonly declaration: string
}

export interface AppliedModel {
  readonly version: number
  readonly declarations: readonly Declaration[]
  readonly hashes: ReadonlyMap<string, string>
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  /** Tables of deleted objects, by the name that the object had. */
  readonly keptBindings: ReadonlyMap<string, ObjectBinding>
  readonly bases: readonly ColumnBase[]
  /** Changes when the database is made anew. */
  readonly installation: string
}

type Reader = Pick<Storage, 'read'> | Pick<Transaction, 'read'>

/** Short enough to compare, long enough never to meet by chance. */
export function hashOf(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 32)
}

export function readVersion(rows: readonly Row[]): number {
  return Number(rows[0]?.['value'] ?? 0)
}

export async function loadVersion(reader: Reader): Promise<number> {
  return readVersion(
    await reader.read(sql`select value from fs_state where key = ${modelVersionKey}`),
  )
}

export async function loadApplied(reader: Reader): Promise<AppliedModel> {
  const [state, components, bindings, bases] = [
    await reader.read(sql`select key, value from fs_state`),
    await reader.read(sql`select type, full_name, hash, body from fs_component`),
    await reader.read(sql`select object, binding, state from fs_binding`),
    await reader.read(
      sql`select table_name, base, object, field, state, declaration from fs_column`,
    ),
  ]
  const values = new Map(state.map((row) => [String(row['key']), String(row['value'])]))
  return {
    version: Number(values.get(modelVersionKey) ?? 0),
    installation: values.get('installation') ?? '',
    declarations: components.flatMap(declarationOf),
    hashes: new Map(
      components.map((row) => [`${row['type']} ${row['full_name']}`, String(row['hash'])]),
    ),
    bindings: bindingsIn(bindings, 'used'),
    keptBindings: bindingsIn(bindings, 'kept'),
    bases: bases.map(baseOf),
  }
}

function declarationOf(row: Row): Declaration[] {
  const type = metadataType(String(row['type']))
  if (type === undefined) return []
  const fullName = String(row['full_name'])
  // What stands in the table was checked against the type's schema before it was written.
  const body = deepFreeze(JSON.parse(String(row['body']))) as Declaration['body']
  return [{ type: type.name, fullName, body } as Declaration]
}

function bindingsIn(rows: readonly Row[], state: string): ReadonlyMap<string, ObjectBinding> {
  const wanted = rows.filter((row) => row['state'] === state)
  return new Map(wanted.map((row) => [String(row['object']), bindingOf(row)]))
}

function bindingOf(row: Row): ObjectBinding {
  // Only `saveBinding` writes this column.
  return deepFreeze(JSON.parse(String(row['binding']))) as ObjectBinding
}

function baseOf(row: Row): ColumnBase {
  return {
    table: String(row['table_name']),
    base: String(row['base']),
    object: String(row['object']),
    field: String(row['field']),
    // Only `saveBase` writes this column.
    state: String(row['state']) as BaseState,
    declaration: String(row['declaration']),
  }
}

/** Every physical name that was ever given, with the parts that it may have. */
export function takenNames(
  applied: Pick<AppliedModel, 'bases' | 'bindings' | 'keptBindings'>,
): TakenNames {
  const columns = new Map<string, Set<string>>()
  const tables = new Set<string>()
  for (const { table, base } of applied.bases) {
    const folded = table.toLowerCase()
    tables.add(folded)
    const ofTable = columns.get(folded) ?? new Set<string>()
    columns.set(folded, ofTable)
    ofTable.add(columnName(base, '').toLowerCase())
  }
  const bindings = [...applied.bindings.values(), ...applied.keptBindings.values()]
  for (const binding of bindings) tables.add(binding.table.toLowerCase())
  const keyPrefixes = new Set(bindings.map((binding) => binding.keyPrefix))
  return { tables, columns, keyPrefixes }
}

export async function saveComponent(tx: Transaction, declaration: Declaration): Promise<void> {
  const { type, fullName } = declaration
  const body = JSON.stringify(declaration.body)
  const hash = hashOf(declaration.body)
  await tx.run(sql`insert into fs_component (type, full_name, hash, body) values (${type}, ${fullName}, ${hash}, ${body})
    on conflict (type, full_name) do update set hash = excluded.hash, body = excluded.body`)
  await tx.run(
    sql`insert into fs_body (hash, body) values (${hash}, ${body}) on conflict (hash) do nothing`,
  )
}

export async function removeComponent(
  tx: Transaction,
  component: Pick<Declaration, 'type' | 'fullName'>,
): Promise<void> {
  await tx.run(
    sql`delete from fs_component where type = ${component.type} and full_name = ${component.fullName}`,
  )
}

export async function saveBinding(
  tx: Transaction,
  object: string,
  binding: ObjectBinding & { readonly state: 'used' | 'kept' | 'purged' },
): Promise<void> {
  const { state, ...own } = binding
  await tx.run(sql`insert into fs_binding (object, binding, state) values (${object}, ${JSON.stringify(own)}, ${state})
    on conflict (object) do update set binding = excluded.binding, state = excluded.state`)
}

/** After a rename the old name is free for another object. */
export async function removeBinding(tx: Transaction, object: string): Promise<void> {
  await tx.run(sql`delete from fs_binding where object = ${object}`)
}

export async function saveBase(tx: Transaction, base: ColumnBase): Promise<void> {
  await tx.run(sql`insert into fs_column (table_name, base, object, field, state, declaration)
    values (${base.table}, ${base.base}, ${base.object}, ${base.field}, ${base.state}, ${base.declaration})
    on conflict (table_name, base) do update set object = excluded.object, field = excluded.field,
      state = excluded.state, declaration = excluded.declaration`)
}

/** Moves the version on, or answers false when it is not what the caller planned against. */
export async function advanceVersion(tx: Transaction, base: number): Promise<boolean> {
  const changed = await tx.run(
    sql`update fs_state set value = ${String(base + 1)} where key = ${modelVersionKey} and value = ${String(base)}`,
  )
  return changed === 1
}

export async function readBody(reader: Reader, hash: string): Promise<unknown> {
  const [row] = await reader.read(sql`select body from fs_body where hash = ${hash}`)
  return row === undefined ? undefined : JSON.parse(String(row['body']))
}
