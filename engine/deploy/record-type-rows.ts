/** The rows of RecordType: one per record type of every object, under the id that its object's binding gives. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { recordTypeObject } from '../model/component-objects.ts'
import type { Model, ObjectModel, RecordTypeModel } from '../model/model.ts'
import { recordTypeField } from '../model/system-fields.ts'
import { identifier, sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import { putRow, removeRow, type RowContext, type RowTarget } from './component-row.ts'

export async function writeRecordTypeRows(tx: Transaction, context: RowContext): Promise<void> {
  const rows = context.wanted.object(recordTypeObject)
  if (rows === undefined) return
  const isNew = context.before.object(recordTypeObject) === undefined
  const target: RowTarget = { tx, object: rows, context }
  const before = typesById(context.before)
  const after = typesById(context.wanted)
  for (const [id, found] of after) {
    if (!isNew && isSame(before.get(id), found)) continue
    await putRow(target, id, [
      ['Name', found.type.label],
      ['DeveloperName', found.type.name],
      ['SobjectType', found.object.name],
      ['IsActive', found.type.active],
      ['Description', found.type.description ?? null],
    ])
  }
  for (const [id, former] of before) {
    if (after.has(id)) continue
    await requireUnused(tx, former)
    await removeRow(target, id)
  }
}

interface FoundType {
  readonly object: ObjectModel
  readonly type: RecordTypeModel
}

function typesById(model: Model): ReadonlyMap<string, FoundType> {
  const found = new Map<string, FoundType>()
  for (const { body } of model.components('CustomObject')) {
    if ((body.recordTypes ?? []).length === 0) continue
    const object = model.object(body.fullName)
    for (const type of object?.recordTypes ?? []) {
      if (object !== undefined) found.set(type.id, { object, type })
    }
  }
  return found
}

function isSame(before: FoundType | undefined, after: FoundType): boolean {
  if (before === undefined || before.object.name !== after.object.name) return false
  const [a, b] = [before.type, after.type]
  return (
    a.name === b.name &&
    a.label === b.label &&
    a.active === b.active &&
    a.description === b.description
  )
}

/** The plan counted them; what came since is found here, where nobody else writes. */
async function requireUnused(tx: Transaction, { object, type }: FoundType): Promise<void> {
  const column = object.recordTypeField?.columns.get('')
  if (column === undefined) return
  const [row] = await tx.read(
    sql`select count(*) as n from ${object.table} where ${column.name} = ${type.id} and not ${identifier('IsDeleted')}`,
  )
  const count = Number(row?.['n'] ?? 0)
  if (count === 0) return
  throw refuse(
    'DEPLOY_REFUSED',
    message(
      count === 1
        ? '{count} record is of the record type {type} of {object}; give it another one first ({field}).'
        : '{count} records are of the record type {type} of {object}; give them another one first ({field}).',
      {
        count: { amount: count },
        type: type.label,
        object: { text: object.label, object: object.name },
        field: recordTypeField,
      },
    ),
  )
}
