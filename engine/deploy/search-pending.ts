/**
 * Takes written records into the table of words (SQLite). A save only notes that a record was written: taken in one by
 * one, words cost a third of a save; taken in by hundreds, next to nothing. What is searched is what was written
 * nonetheless, because a search has everything taken in that was noted before it.
 */
import { limits } from '../base/limits.ts'
import { integerLiteral, sql } from '../sql/sql.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { columnsOfShape, refreshFullText } from './search-tables.ts'

/** Takes in all that is noted now; what is noted meanwhile may wait. */
export async function takeInPending(storage: Storage, goOn: () => boolean): Promise<void> {
  if (storage.dialect.name !== 'sqlite') return
  const [row] = await storage.read(sql`select count(*) as n from fs_search_pending`)
  for (let left = Number(row?.['n'] ?? 0); left > 0 && goOn();) {
    const taken = await storage.write(takeInSome)
    if (taken === 0) return
    left -= taken
  }
}

/** Indexes that are still filled are left alone: what was written meanwhile comes to them afterwards. */
async function takeInSome(tx: Transaction): Promise<number> {
  const most = integerLiteral(limits.searchPendingBatchRows)
  const batches = await tx.read(sql`
    select p.table_name as t, max(s.columns) as c, json_group_array(p.record) as r, count(*) as n
    from (select table_name, record from fs_search_pending
      where table_name in (select table_name from fs_search where state = 'ready')
      limit ${most}) as p
    join fs_search as s on s.table_name = p.table_name
    group by p.table_name`)
  let taken = 0
  for (const { t, c, r, n } of batches) {
    const one = { table: String(t), columns: columnsOfShape(String(c)) }
    for (const statement of refreshFullText(one, String(r))) await tx.run(statement)
    taken += Number(n)
  }
  return taken
}
