/** One row that stands for a component: inserted, updated, taken away, with the engine's stamps. */
import type { ApiValue, FieldServices } from '../fields/field-type.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Renames } from '../model/renames.ts'
import { versionColumn } from '../model/system-fields.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import type { Author } from './plan.ts'

export interface RowContext {
  readonly before: Model
  readonly wanted: Model
  readonly renames: Renames
  readonly by: Author
  readonly at: number
  readonly ids: (keyPrefix: string) => string
}

/** The object whose rows are written, and by which transaction. */
export interface RowTarget {
  readonly tx: Transaction
  readonly object: ObjectModel
  readonly context: RowContext
}

/** Field names and values; fields that the object does not have are left out. */
export type RowFacts = readonly (readonly [field: string, value: ApiValue])[]

/** Updates the row of this id, or inserts it; a row that was taken away comes back. */
export async function putRow(target: RowTarget, id: string, facts: RowFacts): Promise<void> {
  const isThere = await updateRow(target, id, [...facts, ['IsDeleted', false]])
  if (!isThere) await insertRow(target, id, facts)
}

export async function insertRow(target: RowTarget, id: string, facts: RowFacts): Promise<void> {
  const { tx, object, context } = target
  const first: RowFacts = [
    ['Id', id],
    ['IsDeleted', false],
    ['CreatedDate', context.at],
    ['CreatedById', context.by.id],
    ['OwnerId', context.by.id],
  ]
  const stored = columnsOf(target, [...first, ...facts, ...changeStamps(target)])
  const values = new Map([...stored, [versionColumn, sql`1`]])
  const columns = joinSql([...values.keys()].map((column) => sql`${identifier(column)}`))
  await tx.run(
    sql`insert into ${object.table} (${columns}) values (${joinSql([...values.values()])})`,
  )
}

/** False when there is no such row. */
export async function updateRow(target: RowTarget, id: string, facts: RowFacts): Promise<boolean> {
  const { tx, object } = target
  const version = identifier(versionColumn)
  const values = columnsOf(target, [...facts, ...changeStamps(target)])
  const sets = [...values].map(([column, value]) => sql`${identifier(column)} = ${value}`)
  const changed = await tx.run(
    sql`update ${object.table} set ${joinSql(sets)}, ${version} = ${version} + 1 where ${identifier('Id')} = ${id}`,
  )
  return changed > 0
}

export async function removeRow(target: RowTarget, id: string): Promise<void> {
  await updateRow(target, id, [['IsDeleted', true]])
}

function changeStamps({ context }: RowTarget): RowFacts {
  return [
    ['LastModifiedDate', context.at],
    ['LastModifiedById', context.by.id],
    ['SystemModstamp', context.at],
  ]
}

function columnsOf({ tx, object }: RowTarget, facts: RowFacts): ReadonlyMap<string, Sql> {
  const values = new Map<string, Sql>()
  for (const [name, value] of facts) {
    const field = object.fieldsByName.get(name.toLowerCase())
    if (field === undefined) continue
    // System fields hold the very value; the others say themselves how it lies.
    const stored: Readonly<Record<string, ColumnValue>> = field.system
      ? { '': value as ColumnValue }
      : field.type.toColumns(value, field.options, noServices)
    for (const [part, column] of field.columns) {
      values.set(column.name.name, tx.dialect.bound(column.kind, stored[part] ?? null))
    }
  }
  return values
}

function never(): never {
  throw new Error('a component’s row has no encrypted or rich text')
}

const noServices: FieldServices = { encrypt: never, decrypt: never, cleanHtml: never }
