/** A queue that still owns records is not taken away: nobody would find them any more. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Declaration } from '../model/declaration.ts'
import type { Model } from '../model/model.ts'
import { groupObject } from '../model/people-lookup.ts'
import { identifier, sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'

/** Refuses with the number of records of the first object that the queue owns some of. */
export async function requireUnowned(
  tx: Transaction,
  model: Model,
  { fullName, id }: Pick<Declaration, 'fullName'> & { readonly id: string },
): Promise<void> {
  for (const name of model.objectNames) {
    const object = model.object(name)
    const owner = object?.fieldsByName.get('ownerid')
    const column = owner?.columns.get('')
    if (object === undefined || column === undefined) continue
    if (owner?.reference?.targets.includes(groupObject) !== true) continue
    const [row] = await tx.read(
      sql`select count(*) as n from ${object.table} where ${column.name} = ${id} and not ${identifier('IsDeleted')}`,
    )
    const count = Number(row?.['n'] ?? 0)
    if (count === 0) continue
    throw refuse(
      'DEPLOY_REFUSED',
      message(
        count === 1
          ? 'The queue {queue} owns {count} record of {object}; give it another owner first.'
          : 'The queue {queue} owns {count} records of {object}; give them another owner first.',
        {
          count: { amount: count },
          queue: fullName,
          object: { text: object.label, object: object.name },
        },
      ),
    )
  }
}
