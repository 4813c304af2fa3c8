/** Computes the summaries of a deploy batch by batch, beside normal traffic; writers keep what is computed already. */
import { sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import type { RollUpRelation } from '../query/roll-ups.ts'
import { inOrder, recomputeBatch } from '../roll-ups/recompute-roll-ups.ts'
import type { DeployContext } from './context.ts'
import type { DeployWork } from './deploy-work.ts'

const prefix = 'summaries '

export async function computeSummaries(context: DeployContext, work: DeployWork): Promise<void> {
  const { storage } = context
  const relations = inOrder(work.wanted, work.summaries, storage.dialect)
  for (const [index, relation] of relations.entries()) {
    const move = `${prefix}${index} ${nameOf(relation)}`
    // A deploy that was cut short goes on behind the last batch that was written.
    let after: string | undefined = await lastOf(context, move)
    while (after !== undefined) {
      const from: string = after
      after = await storage.write(async (tx) => {
        const batch = await recomputeBatch(tx, relation, { after: from })
        if (batch !== undefined) await noteLast(tx, move, batch.last)
        return batch?.last
      })
      context.failpoint('deploy: batch written')
    }
  }
}

export async function forgetProgress(tx: Transaction): Promise<void> {
  await tx.run(sql`delete from fs_moved where substr(move, 1, 10) = ${prefix}`)
}

function nameOf({ parent, foreignKey, rollUps }: RollUpRelation): string {
  const columns = rollUps.map(({ column }) => column.name.name)
  return [parent.table.name, foreignKey.name.name, ...columns].join(' ')
}

async function lastOf({ storage }: DeployContext, move: string): Promise<string> {
  const [row] = await storage.read(sql`select id from fs_moved where move = ${move}`)
  return row === undefined ? '' : String(row['id'])
}

async function noteLast(tx: Transaction, move: string, last: string): Promise<void> {
  await tx.run(sql`delete from fs_moved where move = ${move}`)
  await tx.run(sql`insert into fs_moved (move, id, version) values (${move}, ${last}, 0)`)
}
