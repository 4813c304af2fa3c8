/**
 * Values of picklists that change with the model, in the transaction that switches it: nobody reads a half-changed list.
 * What a replacement found is noted, so that it can be put back.
 */
import { limits } from '../base/limits.ts'
import { canonicalValues, splitValues } from '../fields/picklist-values.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { versionColumn } from '../model/system-fields.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import { holding, holdsSeveral, severalChosen } from './holding.ts'

/** By the names of the wanted model. */
export type ValueMove =
  | {
      readonly kind: 'replace'
      readonly object: string
      readonly field: string
      readonly from: string
      /** Null empties. */
      readonly to: string | null
    }
  /** Several chosen values are stored in the order of the list, which is another now. */
  | { readonly kind: 'reorder'; readonly object: string; readonly field: string }
  /** What an entry of the journal replaced becomes what it was, where it was not changed since. */
  | {
      readonly kind: 'restore'
      readonly object: string
      readonly field: string
      readonly entry: number
    }

export interface MoveContext {
  readonly wanted: Model
  /** The journal entry under which it is noted. */
  readonly entry: number
  readonly at: number
}

interface Target extends MoveContext {
  readonly tx: Transaction
  readonly object: ObjectModel
  readonly field: FieldModel
}

export async function runValueMove(
  tx: Transaction,
  move: ValueMove,
  context: MoveContext,
): Promise<void> {
  const object = context.wanted.object(move.object)
  const field = object?.fieldsByName.get(move.field.toLowerCase())
  if (object === undefined || field?.columns.get('') === undefined) return
  const target: Target = { ...context, tx, object, field }
  if (move.kind === 'restore') return restore(target, move.entry)
  if (move.kind === 'reorder') return changeRows(target, severalChosen(field), (value) => value)
  const where = holding(field, move.from, tx.dialect) ?? sql`1 = 0`
  if (!holdsSeveral(field)) return replaceWhole(target, where, move.to)
  await changeRows(target, where, (value) => withReplaced(value, move))
}

function withReplaced(
  value: string,
  { from, to }: ValueMove & { readonly kind: 'replace' },
): string {
  const chosen = splitValues(value).flatMap((one) => (one === from ? (to ?? []) : one))
  return [...new Set(chosen)].join(';')
}

const id = identifier('Id')

function mainName(field: FieldModel): Sql {
  const column = field.columns.get('')
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  return sql`${column.name}`
}

/** One value becomes another in a single statement, however many records hold it. */
async function replaceWhole(target: Target, where: Sql, to: string | null): Promise<void> {
  const { tx, object, field, entry } = target
  const after = tx.dialect.bound({ kind: 'text' }, to)
  await tx.run(sql`insert into fs_replaced (entry, object, field, id, was, became)
    select ${integerLiteral(entry)}, ${object.name}, ${field.name}, ${id}, ${mainName(field)}, ${after}
    from ${object.table} where ${where}
    on conflict (entry, object, field, id) do update set became = excluded.became`)
  await tx.run(sql`update ${object.table} set ${joinSql(assignments(target, to))} where ${where}`)
}

function assignments({ tx, field, at }: Target, value: string | null): readonly Sql[] {
  const stored = field.type.toColumns(value, field.options, noServices)
  const sets = [...field.columns.values()].map(
    (column) => sql`${column.name} = ${tx.dialect.bound(column.kind, stored[column.part] ?? null)}`,
  )
  const version = identifier(versionColumn)
  const stamp = tx.dialect.bound({ kind: 'instant' }, at)
  return [
    ...sets,
    sql`${version} = ${version} + 1`,
    sql`${identifier('SystemModstamp')} = ${stamp}`,
  ]
}

/** Row by row, for lists of several values. */
async function changeRows(
  target: Target,
  where: Sql,
  change: (value: string) => string,
): Promise<void> {
  const { tx, object, field, entry } = target
  let last = ''
  for (;;) {
    const rows = await tx.read(sql`select ${id}, ${mainName(field)} as was from ${object.table}
      where ${where} and ${id} > ${last} order by ${id} limit ${integerLiteral(limits.backfillBatchRows)}`)
    for (const row of rows) {
      const [was, record] = [String(row['was']), String(row['Id'])]
      const became = canonicalValues(change(was), field.options) || null
      if (became === was) continue
      await tx.run(sql`insert into fs_replaced (entry, object, field, id, was, became)
        values (${integerLiteral(entry)}, ${object.name}, ${field.name}, ${record}, ${was},
          ${tx.dialect.bound({ kind: 'text' }, became)})
        on conflict (entry, object, field, id) do update set became = excluded.became`)
      await writeRow(target, record, became)
    }
    last = String(rows.at(-1)?.['Id'] ?? '')
    if (rows.length < limits.backfillBatchRows) return
  }
}

async function writeRow(target: Target, record: string, value: string | null): Promise<void> {
  const { tx, object } = target
  await tx.run(
    sql`update ${object.table} set ${joinSql(assignments(target, value))} where ${id} = ${record}`,
  )
}

/** Ids of the records that the move may have changed, as a query; it notes under `entry`, or takes another entry back. */
export function movedIds(move: ValueMove, entry: number): Sql {
  const noted = integerLiteral(move.kind === 'restore' ? move.entry : entry)
  return sql`select f.id from fs_replaced f
    where f.entry = ${noted} and f.object = ${move.object} and f.field = ${move.field}`
}

/** Records that still hold what the entry gave them. */
export function replacedBy(entry: number, object: ObjectModel, field: FieldModel): Sql {
  const column = sql`${object.table}.${mainName(field)}`
  return sql`${id} in (select f.id from fs_replaced f
    where f.entry = ${integerLiteral(entry)} and f.object = ${object.name} and f.field = ${field.name}
      and (${column} = f.became or (${column} is null and f.became is null)))`
}

async function restore(target: Target, entry: number): Promise<void> {
  const { tx, object, field } = target
  const column = mainName(field)
  let last = ''
  for (;;) {
    const rows = await tx.read(sql`select f.id as id, f.was as was from fs_replaced f
      join ${object.table} t on t.${id} = f.id
      where f.entry = ${integerLiteral(entry)} and f.object = ${object.name} and f.field = ${field.name}
        and (t.${column} = f.became or (t.${column} is null and f.became is null)) and f.id > ${last}
      order by f.id limit ${integerLiteral(limits.backfillBatchRows)}`)
    for (const row of rows) await writeRow(target, String(row['id']), String(row['was']))
    last = String(rows.at(-1)?.['id'] ?? '')
    if (rows.length < limits.backfillBatchRows) return
  }
}

function never(): never {
  throw new Error('a picklist has no encrypted or rich text')
}

const noServices = { encrypt: never, decrypt: never, cleanHtml: never }
