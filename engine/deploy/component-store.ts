/** Reads and writes the applied model: component bodies, physical names, version. */
import { createHash } from 'node:crypto'
import { deepFreeze } from '../base/deep-freeze.ts'
import type { Declaration } from '../model/declaration.ts'
import type { ObjectBinding } from '../model/model.ts'
import { metadataType } from '../model/metadata-types.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'
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

/** By table. */
export type Bases = ReadonlyMap<string, readonly ColumnBase[]>

export interface AppliedModel {
  readonly version: number
  readonly declarations: readonly Declaration[]
  readonly hashes: ReadonlyMap<string, string>
  readonly bindings: ReadonlyMap<string, ObjectBinding>
  /** Tables of deleted objects, by the name that the object had. */
  readonly keptBindings: ReadonlyMap<string, ObjectBinding>
  readonly bases: Bases
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
    bases: withBases(new Map(), bases.map(baseOf)),
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

/** The account with some rows put in place of those of the same base; other tables stay as they are. */
export function withBases(before: Bases, changed: readonly ColumnBase[]): Bases {
  if (changed.length === 0) return before
  const tables = new Map<string, Map<string, ColumnBase>>()
  for (const base of changed) {
    const known = before.get(base.table) ?? []
    const ofTable = tables.get(base.table) ?? new Map(known.map((one) => [one.base, one]))
    tables.set(base.table, ofTable)
    ofTable.set(base.base, base)
  }
  const after = new Map(before)
  for (const [table, ofTable] of tables) after.set(table, [...ofTable.values()])
  return after
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

/** Physical names that were ever given: of all tables, and of the columns of some. */
export function takenNames(
  applied: Pick<AppliedModel, 'bases' | 'bindings' | 'keptBindings'>,
  ofTables: ReadonlySet<string>,
): TakenNames {
  const columns = new Map<string, ReadonlySet<string>>()
  const tables = new Set<string>()
  for (const [table, bases] of applied.bases) {
    tables.add(table.toLowerCase())
    if (!ofTables.has(table)) continue
    columns.set(table.toLowerCase(), new Set(bases.map(({ base }) => base.toLowerCase())))
  }
  const bindings = [...applied.bindings.values(), ...applied.keptBindings.values()]
  for (const binding of bindings) tables.add(binding.table.toLowerCase())
  const keyPrefixes = new Set(bindings.map((binding) => binding.keyPrefix))
  return { tables, columns, keyPrefixes }
}

/** Rows of texts as a table expression, so that many of them are written by one statement. */
function textRows(
  tx: Transaction,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Sql {
  const kinds = columns.map((name) => ({ name: identifier(name), kind: { kind: 'text' as const } }))
  return tx.dialect.rows(sql`${JSON.stringify(rows)}`, kinds)
}

/** Bodies are long: a portion of this many stays well below what one statement may carry. */
const rowsPerStatement = 250

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += rowsPerStatement) {
    yield items.slice(start, start + rowsPerStatement)
  }
}

export async function saveComponents(
  tx: Transaction,
  declarations: readonly Declaration[],
): Promise<void> {
  for (const batch of batches(declarations)) {
    const rows = textRows(
      tx,
      ['type', 'full_name', 'hash', 'body'],
      batch.map((one) => [one.type, one.fullName, hashOf(one.body), JSON.stringify(one.body)]),
    )
    await tx.run(sql`insert into fs_component (type, full_name, hash, body)
      select v.type, v.full_name, v.hash, v.body from ${rows} v where true
      on conflict (type, full_name) do update set hash = excluded.hash, body = excluded.body`)
    await tx.run(sql`insert into fs_body (hash, body) select v.hash, v.body from ${rows} v where true
      on conflict (hash) do nothing`)
  }
}

export async function removeComponent(
  tx: Transaction,
  component: Pick<Declaration, 'type' | 'fullName'>,
): Promise<void> {
  await tx.run(
    sql`delete from fs_component where type = ${component.type} and full_name = ${component.fullName}`,
  )
}

export type StoredBinding = ObjectBinding & { readonly state: 'used' | 'kept' | 'purged' }

export async function saveBindings(
  tx: Transaction,
  bindings: ReadonlyMap<string, StoredBinding>,
): Promise<void> {
  for (const batch of batches([...bindings])) {
    const rows = textRows(
      tx,
      ['object', 'binding', 'state'],
      batch.map(([object, { state, ...own }]) => [object, JSON.stringify(own), state]),
    )
    await tx.run(sql`insert into fs_binding (object, binding, state)
      select v.object, v.binding, v.state from ${rows} v where true
      on conflict (object) do update set binding = excluded.binding, state = excluded.state`)
  }
}

/** After a rename the old name is free for another object. */
export async function removeBinding(tx: Transaction, object: string): Promise<void> {
  await tx.run(sql`delete from fs_binding where object = ${object}`)
}

export async function saveBases(tx: Transaction, bases: readonly ColumnBase[]): Promise<void> {
  for (const batch of batches(bases)) {
    const rows = textRows(
      tx,
      ['table_name', 'base', 'object', 'field', 'state', 'declaration'],
      batch.map((one) => [one.table, one.base, one.object, one.field, one.state, one.declaration]),
    )
    await tx.run(sql`insert into fs_column (table_name, base, object, field, state, declaration)
      select v.table_name, v.base, v.object, v.field, v.state, v.declaration from ${rows} v where true
      on conflict (table_name, base) do update set object = excluded.object, field = excluded.field,
        state = excluded.state, declaration = excluded.declaration`)
  }
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
