/** Components that clients also see as records (permission sets, profiles, roles …) own one row each. */
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { ApiValue, FieldServices } from '../fields/field-type.ts'
import { rowObjects } from '../model/component-objects.ts'
import type { Declaration } from '../model/declaration.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Renames } from '../model/renames.ts'
import { versionColumn } from '../model/system-fields.ts'
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

/** Brings the rows in line with the wanted model; an Id is given once and stays. */
export async function writeComponentRows(
  tx: Transaction,
  saved: readonly Declaration[],
  context: RowContext,
): Promise<void> {
  for (const [type, names] of rowObjects) {
    const object = objectIn(context.wanted, names)
    if (object === undefined) continue
    const isNew = objectIn(context.before, names) === undefined
    const all = [...allOfType(context.wanted, type)]
    const written = isNew ? all : saved.filter((declaration) => declaration.type === type)
    const target: RowTarget = { tx, object, context }
    for (const declaration of written) await writeRow(target, declaration)
    for (const former of allOfType(context.before, type)) {
      const isGone = !all.some((declaration) => declaration.fullName === former.fullName)
      const isRenamed = context.renames.others.has(`${type} ${former.fullName}`)
      if (isGone && !isRenamed) await removeRow(target, former.fullName)
    }
  }
}

function objectIn(model: Model, names: readonly string[]): ObjectModel | undefined {
  const name = names.find((one) => model.objectNames.includes(one))
  return name === undefined ? undefined : model.object(name)
}

/** The map's keys are names of metadata types. */
function allOfType(model: Model, type: string): Iterable<Declaration> {
  return model.components(type as Declaration['type'])
}

/** The object whose rows are written, and by which transaction. */
interface RowTarget {
  readonly tx: Transaction
  readonly object: ObjectModel
  readonly context: RowContext
}

async function writeRow(target: RowTarget, declaration: Declaration): Promise<void> {
  const { tx, object, context } = target
  const key = `${declaration.type} ${declaration.fullName}`
  const oldKey = [...context.renames.others].find(([, to]) => to === key)?.[0]
  const oldName = oldKey?.slice(declaration.type.length + 1) ?? declaration.fullName
  const id = await findRow(tx, object, oldName)
  const values = rowValues(target, declaration)
  if (id === undefined) {
    await insertRow(tx, object, new Map([...values, ...firstValues(target)]))
    return
  }
  const version = identifier(versionColumn)
  const sets = [...values].map(([column, value]) => sql`${identifier(column)} = ${value}`)
  await tx.run(
    sql`update ${object.table} set ${joinSql(sets)}, ${version} = ${version} + 1 where ${identifier('Id')} = ${id}`,
  )
}

async function findRow(
  tx: Transaction,
  object: ObjectModel,
  name: string,
): Promise<string | undefined> {
  const column = object.nameField.columns.get('')
  if (column === undefined) throw new Error(`${object.name} has no name column`)
  const [row] = await tx.read(
    sql`select ${identifier('Id')} from ${object.table} where ${column.name} = ${tx.dialect.bound(column.kind, name)} and not ${identifier('IsDeleted')}`,
  )
  return row === undefined ? undefined : String(row['Id'])
}

async function insertRow(
  tx: Transaction,
  object: ObjectModel,
  values: ReadonlyMap<string, Sql>,
): Promise<void> {
  const columns = joinSql([...values.keys()].map((column) => sql`${identifier(column)}`))
  await tx.run(
    sql`insert into ${object.table} (${columns}) values (${joinSql([...values.values()])})`,
  )
}

async function removeRow({ tx, object, context }: RowTarget, name: string): Promise<void> {
  const id = await findRow(tx, object, name)
  if (id === undefined) return
  const deleted = object.fieldsByName.get('isdeleted')?.columns.get('')
  if (deleted === undefined) throw new Error(`${object.name} has no IsDeleted`)
  const version = identifier(versionColumn)
  await tx.run(
    sql`update ${object.table} set ${deleted.name} = ${tx.dialect.bound(deleted.kind, true)}, ${version} = ${version} + 1,
      ${identifier('SystemModstamp')} = ${context.at} where ${identifier('Id')} = ${id}`,
  )
}

/** The fields that say what the component is, as far as the object has them. */
function rowValues(
  { tx, object, context }: RowTarget,
  declaration: Declaration,
): ReadonlyMap<string, Sql> {
  const { body } = declaration
  const label = 'label' in body ? body.label : 'name' in body ? body.name : undefined
  const description = 'description' in body ? body.description : undefined
  const facts: readonly (readonly [string, ApiValue])[] = [
    [object.nameField.name, declaration.fullName],
    ['DeveloperName', declaration.fullName],
    ['Label', label ?? declaration.fullName],
    ['Description', description ?? null],
    ['Type', declaration.type === 'Queue' ? 'Queue' : 'Regular'],
    ['LastModifiedDate', context.at],
    ['LastModifiedById', context.by.id],
    ['SystemModstamp', context.at],
  ]
  return columnsOf(tx, object, facts)
}

function firstValues({ tx, object, context }: RowTarget): ReadonlyMap<string, Sql> {
  const facts: readonly (readonly [string, ApiValue])[] = [
    ['Id', context.ids(object.keyPrefix)],
    ['IsDeleted', false],
    ['CreatedDate', context.at],
    ['CreatedById', context.by.id],
    ['OwnerId', context.by.id],
  ]
  return new Map([...columnsOf(tx, object, facts), [versionColumn, sql`1`]])
}

function columnsOf(
  tx: Transaction,
  object: ObjectModel,
  facts: readonly (readonly [string, ApiValue])[],
): ReadonlyMap<string, Sql> {
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
