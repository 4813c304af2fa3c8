/** What belongs to records that end in another one: it moves there, also what whoever asks does not see. */
import { fullAccess } from '../../access/full-access.ts'
import { objectSharing } from '../../access/object-sharing.ts'
import { message } from '../../base/message.ts'
import { refuse, Refusal } from '../../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { deletedColumn, idColumn, lookupColumn } from '../../query/compile-write.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Caller, Records } from '../../records/records.ts'
import { integerLiteral, joinSql, sql } from '../../sql/sql.ts'
import type { Transaction } from '../../storage/storage.ts'

export interface MovingUnit {
  readonly caller: Caller
  readonly records: Records
  readonly tx: Transaction
  readonly models: Models
}

export interface Relation {
  readonly child: ObjectModel
  readonly lookup: FieldModel
}

/** Shares end with the record that they opened; everything else that leads to it moves. */
export function relationsOf(model: Model, object: ObjectModel): readonly Relation[] {
  const shares = objectSharing(model, object).grants.filter(({ endsWithOwner }) => endsWithOwner)
  const isShare = new Set(shares.map(({ holder }) => holder.name))
  return object.children.flatMap(({ childObject, field, onDelete }) => {
    const child = model.object(childObject)
    const lookup = child?.fieldsByName.get(field.toLowerCase())
    if (child === undefined || lookup?.columns.has('') !== true) return []
    return onDelete === 'Keep' || isShare.has(childObject) ? [] : [{ child, lookup }]
  })
}

const rowsAtOnce = 200

export async function moveRelated(
  unit: MovingUnit,
  { child, lookup }: Relation,
  { to, from }: { readonly to: string; readonly from: readonly string[] },
): Promise<readonly string[]> {
  const { caller, records, tx, models } = unit
  // Also what the caller does not see: it would lie in the bin otherwise, or keep the others from going there.
  const everything: Caller = { ...caller, access: fullAccess(models.current()) }
  const column = lookupColumn(lookup)
  const list = joinSql(from.map((id) => sql`${id}`))
  const moved: string[] = []
  let last = ''
  for (;;) {
    const rows = await tx.read(
      sql`select ${idColumn} as id from ${child.table} where ${column} in (${list}) and ${idColumn} > ${last} and not ${deletedColumn} order by ${idColumn} limit ${integerLiteral(rowsAtOnce)}`,
    )
    const ids = rows.map((row) => String(row['id']))
    const going = ids.filter((id) => !from.includes(id))
    if (going.length > 0 && !lookup.updateable) throw cannotMove(child, lookup)
    const changes = going.map((id) => ({
      id,
      // A record is not its own parent.
      body: new Map([[lookup.name, id === to ? null : to]]),
    }))
    const results = await records.updateMany(everything, child.name, changes, { allOrNone: false })
    results.forEach((result, index) => {
      if (!(result instanceof Refusal)) moved.push(going[index] ?? '')
      else if (!isDouble(result)) throw result
    })
    if (ids.length < rowsAtOnce) return moved
    last = ids.at(-1) ?? last
  }
}

/** The record that stays has such a one already: the other's goes where the other goes. */
function isDouble({ problems }: Refusal): boolean {
  return problems.every(({ errorCode }) => errorCode === 'DUPLICATE_VALUE')
}

function cannotMove(child: ObjectModel, lookup: FieldModel): Refusal {
  return refuse(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    message(
      '{object} cannot be given another {field}: allow it (reparentableMasterDetail) first.',
      {
        object: child.name,
        field: lookup.name,
      },
    ),
    { fields: [lookup.name] },
  )
}
