/**
 * Of many relations those by which records lead to some others at all. An object has dozens of relations and a record
 * children by few: one question for all of them is what makes a delete quick, and a load of deletes above all.
 */
import { findOccupied } from '../query/compile-remove.ts'
import type { Transaction } from '../storage/storage.ts'
import { idRows } from './id-rows.ts'
import type { Relation } from './removal.ts'

/** Databases bound how many selects are joined. */
const relationsAtOnce = 100

export async function occupied(
  tx: Transaction,
  relations: readonly Relation[],
  ids: readonly string[],
): Promise<readonly Relation[]> {
  const found: Relation[] = []
  for (let start = 0; start < relations.length; start += relationsAtOnce) {
    const asked = relations.slice(start, start + relationsAtOnce)
    const rows = await tx.read(findOccupied(asked, tx.dialect), { ids: idRows(ids) })
    const places = new Set(rows.map((row) => Number(row['place'])))
    found.push(...asked.filter((_, index) => places.has(index)))
  }
  return found
}
