/** Keeps what scoring rules work out right in the transaction that changes the records. */
import type { Model, ObjectModel } from '../model/model.ts'
import { momentHoles } from '../formula/sql/zone-sql.ts'
import { utc } from '../formula/zone.ts'
import { keptStatements } from '../query/scores.ts'
import type { Transaction } from '../storage/storage.ts'

/** Records that were written and stay locked until the end of the transaction. */
export interface WrittenRows {
  readonly model: Model
  readonly object: ObjectModel
  readonly ids: readonly string[]
  /** Physical names of the columns that may have changed; all when absent. */
  readonly columns?: ReadonlySet<string>
  readonly now: number
}

/** The records of whom something changed. Days begin by UTC, whoever saves: a score is the same for everybody. */
export async function keepScores(
  tx: Transaction,
  { model, object, ids, columns, now }: WrittenRows,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>()
  const statements = keptStatements(model, object, tx.dialect)
  if (statements.length === 0 || ids.length === 0) return changed
  const moved = columns && new Set(columns)
  const rows = JSON.stringify(ids.map((id) => [id]))
  const holes = { ...momentHoles({ now, zone: utc }, tx.dialect), ids: rows }
  for (const { statement, reads, column } of statements) {
    if (moved !== undefined && ![...reads].some((name) => moved.has(name))) continue
    const found = await tx.read(statement, holes)
    for (const row of found) changed.add(String(row['id']))
    if (found.length > 0) moved?.add(column)
  }
  return changed
}
