/** The rows of custom metadata types: one per record that the metadata declares. */
import type { CustomMetadata } from '../../metadata/types.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { Declaration } from '../model/declaration.ts'
import { metadataValue } from '../model/metadata-values.ts'
import { recordNameOf, typeOfRecord } from '../model/metadata-type-fields.ts'
import type { ObjectModel } from '../model/model.ts'
import { identifier, sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import {
  insertRow,
  removeRow,
  updateRow,
  type RowContext,
  type RowFacts,
  type RowTarget,
} from './component-row.ts'

export async function writeCustomMetadataRows(
  tx: Transaction,
  saved: readonly Declaration[],
  context: RowContext,
): Promise<void> {
  const written = new Set(saved.map(({ type, fullName }) => `${type} ${fullName}`))
  for (const { fullName, body } of context.wanted.components('CustomMetadata')) {
    const type = typeOfRecord(fullName) ?? ''
    // A type that changed may read its values otherwise.
    const isTouched =
      written.has(`CustomMetadata ${fullName}`) || written.has(`CustomObject ${type}`)
    const object = context.wanted.object(type)
    if (object === undefined || !isTouched) continue
    const target: RowTarget = { tx, object, context }
    const id = await findRow(target, recordNameOf(fullName))
    const facts = factsOf(object, fullName, body)
    if (id === undefined) await insertRow(target, context.ids(object.keyPrefix), facts)
    else await updateRow(target, id, facts)
  }
  for (const { fullName } of context.before.components('CustomMetadata')) {
    if (context.wanted.component('CustomMetadata', fullName) !== undefined) continue
    const object = context.wanted.object(typeOfRecord(fullName) ?? '')
    if (object === undefined) continue
    const target: RowTarget = { tx, object, context }
    const id = await findRow(target, recordNameOf(fullName))
    if (id !== undefined) await removeRow(target, id)
  }
}

async function findRow({ tx, object }: RowTarget, name: string): Promise<string | undefined> {
  const column = object.fieldsByName.get('developername')?.columns.get('')
  if (column === undefined) return undefined
  const [row] = await tx.read(
    sql`select ${identifier('Id')} from ${object.table} where ${column.name} = ${tx.dialect.bound(column.kind, name)} and not ${identifier('IsDeleted')}`,
  )
  return row === undefined ? undefined : String(row['Id'])
}

/** Fields that the record does not name get what a new record gets. */
function factsOf(object: ObjectModel, fullName: string, body: Readonly<CustomMetadata>): RowFacts {
  const name = recordNameOf(fullName)
  const given = new Map(body.values?.map((one) => [one.field.toLowerCase(), one.value ?? null]))
  const own = object.fields.filter(
    (field) => field.custom && field.columns.size > 0 && field.compound === undefined,
  )
  return [
    ['MasterLabel', body.label ?? name],
    ['DeveloperName', name],
    ['QualifiedApiName', name],
    ['NamespacePrefix', null],
    ['Language', 'en_US'],
    ['IsProtected', body.protected ?? false],
    ...own.map((field): readonly [string, ApiValue] => [
      field.name,
      metadataValue(field, given.get(field.name.toLowerCase()) ?? null),
    ]),
  ]
}
