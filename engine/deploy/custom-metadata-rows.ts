/** The rows of custom metadata types: one per record that the metadata declares. */
import type { CustomMetadata } from '../../metadata/types.ts'
import type { ApiValue } from '../fields/field-type.ts'
import { metadataRelationship } from '../fields/metadata-relationship.ts'
import type { Declaration } from '../model/declaration.ts'
import { metadataValue } from '../model/metadata-values.ts'
import { recordNameOf, targetRecord, typeOfRecord } from '../model/metadata-type-fields.ts'
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
  const touched: {
    readonly target: RowTarget
    readonly id: string
    readonly body: Readonly<CustomMetadata>
  }[] = []
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
    const rowId = id ?? context.ids(object.keyPrefix)
    if (id === undefined) await insertRow(target, rowId, facts)
    else await updateRow(target, rowId, facts)
    touched.push({ target, id: rowId, body })
  }
  // Records may name each other, so links are written when all rows are there.
  for (const { target, id, body } of touched) {
    const links = await linksOf(target, body)
    if (links.length > 0) await updateRow(target, id, links)
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
      field.reference === undefined
        ? metadataValue(field, given.get(field.name.toLowerCase()) ?? null)
        : null,
    ]),
  ]
}

/** The ids behind the names of other records. */
async function linksOf(target: RowTarget, body: Readonly<CustomMetadata>): Promise<RowFacts> {
  const links: (readonly [string, ApiValue])[] = []
  for (const { field: name, value } of body.values ?? []) {
    const field = target.object.fieldsByName.get(name.toLowerCase())
    const type = field?.type === metadataRelationship ? field.reference?.targets[0] : undefined
    const object = target.context.wanted.object(type ?? '')
    if (field === undefined || object === undefined || typeof value !== 'string') continue
    const record = recordNameOf(targetRecord(object.name, value))
    links.push([field.name, (await findRow({ ...target, object }, record)) ?? null])
  }
  return links
}
