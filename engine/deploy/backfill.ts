/** Writes values into existing records in small batches, beside normal traffic. */
import { limits } from '../base/limits.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import { versionColumn } from '../model/system-fields.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import { identifier, integerLiteral, joinSql, sql, type Sql } from '../sql/sql.ts'
import { keepRollUps } from '../roll-ups/keep-roll-ups.ts'
import type { Transaction } from '../storage/storage.ts'
import type { DeployContext } from './context.ts'
import { carryBatch, servicesOf } from './convert-values.ts'
import type { Backfill } from './deploy-work.ts'

export interface BackfillRun {
  readonly context: DeployContext
  readonly now: Model
  readonly wanted: Model
}

/** Batches until nothing is left but what changes meanwhile; `finishBackfill` does that last part. */
export async function runBackfill(run: BackfillRun, backfill: Backfill): Promise<void> {
  let after = ''
  for (;;) {
    const last = await run.context.storage.write((tx) => oneBatch(tx, run, { backfill, after }))
    run.context.failpoint('deploy: batch written')
    if (last === undefined) return
    after = last
  }
}

/** Inside the transaction that switches the model: nobody else writes any more. */
export async function finishBackfill(
  tx: Transaction,
  run: BackfillRun,
  backfill: Backfill,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined;) {
    after = await oneBatch(tx, run, { backfill, after })
  }
  if (backfill.kind === 'convert') {
    await tx.run(sql`delete from fs_moved where move = ${moveOf(backfill)}`)
  }
}

/** The last id of a full batch, or undefined when there was less than one. */
function oneBatch(
  tx: Transaction,
  run: BackfillRun,
  { backfill, after }: { readonly backfill: Backfill; readonly after: string },
): Promise<string | undefined> {
  return backfill.kind === 'fill'
    ? fillBatch(tx, run, backfill)
    : convertBatch(tx, run, { backfill, after })
}

async function fillBatch(
  tx: Transaction,
  run: BackfillRun,
  { object, field, value }: Backfill & { readonly kind: 'fill' },
): Promise<string | undefined> {
  const model = objectOf(run.wanted, object)
  const wanted = fieldOf(model, field)
  const main = wanted.columns.get('')
  if (main === undefined) throw new Error(`${object}.${field} has no column to fill`)
  const id = identifier('Id')
  const rows = await tx.read(sql`select ${id} from ${model.table} where ${main.name} is null
    limit ${integerLiteral(limits.backfillBatchRows)}`)
  const values = storedValues(wanted, value, run)
  if (values === undefined || rows.length === 0) return undefined
  const sets = values.map(
    ({ column, value: stored }) => sql`${column.name} = ${tx.dialect.bound(column.kind, stored)}`,
  )
  const ids = JSON.stringify(rows.map((row) => [row['Id']]))
  const list = tx.dialect.rows(sql`${ids}`, [{ name: id, kind: { kind: 'id' } }])
  const touched = { model: run.now, object: model, ids: rows.map((row) => String(row['Id'])) }
  await keepRollUps(tx, { ...touched, now: run.context.clock.now() }, () =>
    tx.run(
      sql`update ${model.table} set ${joinSql(sets)} where ${id} in (select ${id} from ${list} r2)`,
    ),
  )
  return rows.length < limits.backfillBatchRows ? undefined : String(rows.at(-1)?.['Id'])
}

function moveOf({ object, to }: Backfill & { readonly kind: 'convert' }): string {
  return `${object}.${to.name}`
}

async function convertBatch(
  tx: Transaction,
  run: BackfillRun,
  {
    backfill,
    after,
  }: { readonly backfill: Backfill & { readonly kind: 'convert' }; readonly after: string },
): Promise<string | undefined> {
  const { from, to } = backfill
  const object = objectOf(run.now, from.object)
  const services = servicesOf(run.context)
  const where = staleRows(backfill, from, after)
  const values = await carryBatch(tx, { from, to, now: run.now, object, where }, services)
  if (values.length === 0) return undefined
  const columns = [...to.columns.values()]
  const rows = values.map(({ id, carried }) => {
    const stored = to.type.toColumns(carried.value, to.options, services)
    const encoded = columns.map((column) =>
      tx.dialect.encode(column.kind, stored[column.part] ?? emptyOf(column)),
    )
    return [id, ...encoded]
  })
  const touched = { model: run.now, object, ids: values.map(({ id }) => id) }
  await keepRollUps(tx, { ...touched, now: run.context.clock.now() }, () =>
    updateRows(tx, { object, columns, rows }),
  )
  const moved = JSON.stringify(values.map(({ id, version }) => [id, version]))
  await noteMoved(tx, moveOf(backfill), moved)
  return values.length < limits.backfillBatchRows ? undefined : values.at(-1)?.id
}

/** A checkbox is never empty. */
function emptyOf(column: Column): ColumnValue {
  return column.kind.kind === 'boolean' ? false : null
}

/** Rows that hold a value and were not carried over yet, or have been changed since. */
function staleRows(
  backfill: Backfill & { readonly kind: 'convert' },
  from: FieldModel,
  after: string,
): Sql {
  const [main] = from.columns.values()
  if (main === undefined) throw new Error(`${from.name} has no column`)
  const id = identifier('Id')
  const moved = sql`select m.version from fs_moved m where m.move = ${moveOf(backfill)} and m.id = t.${id}`
  return sql`t.${id} > ${after} and ((t.${main.name} is not null and not exists (${moved}))
    or exists (${moved} and m.version <> t.${identifier(versionColumn)}))`
}

async function updateRows(
  tx: Transaction,
  what: {
    readonly object: ObjectModel
    readonly columns: readonly Column[]
    readonly rows: readonly (readonly unknown[])[]
  },
): Promise<void> {
  const { object, columns, rows } = what
  const id = identifier('Id')
  const given = tx.dialect.rows(sql`${JSON.stringify(rows)}`, [
    { name: identifier('row_id'), kind: { kind: 'id' } },
    ...columns.map((column, index) => ({ name: identifier(`c${index}`), kind: column.kind })),
  ])
  const sets = columns.map((column, index) => sql`${column.name} = v.${identifier(`c${index}`)}`)
  await tx.run(sql`update ${object.table} set ${joinSql(sets)} from ${given} v
    where ${object.table}.${id} = v.${identifier('row_id')}`)
}

async function noteMoved(tx: Transaction, move: string, moved: string): Promise<void> {
  const given = tx.dialect.rows(sql`${moved}`, [
    { name: identifier('row_id'), kind: { kind: 'id' } },
    { name: identifier('row_version'), kind: { kind: 'integer' } },
  ])
  await tx.run(sql`insert into fs_moved (move, id, version)
    select ${move}, v.${identifier('row_id')}, v.${identifier('row_version')} from ${given} v where true
    on conflict (move, id) do update set version = excluded.version`)
}

function objectOf(model: Model, name: string): ObjectModel {
  const object = model.object(name)
  if (object === undefined) throw new Error(`no object ${name}`)
  return object
}

function fieldOf(object: ObjectModel, name: string): FieldModel {
  const field = object.fieldsByName.get(name.toLowerCase())
  if (field === undefined) throw new Error(`no field ${object.name}.${name}`)
  return field
}

function storedValues(
  field: FieldModel,
  value: ApiValue,
  run: BackfillRun,
): readonly { readonly column: Column; readonly value: ColumnValue }[] | undefined {
  if (value === null) return undefined
  const stored = field.type.toColumns(value, field.options, servicesOf(run.context))
  return [...field.columns.values()].map((column) => ({
    column,
    value: stored[column.part] ?? null,
  }))
}
