/**
 * Of many relations those by which records lead to some others at all. An object has dozens of relations and a record
 * children by few: one question for all of them is what makes a delete quick, and a load of deletes above all.
 */
import { findOccupied, readParentsOf } from '../query/compile-remove.ts'
import type { Dialect } from '../sql/dialect.ts'
import { render, type Statement } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import { idRows } from './id-rows.ts'
import type { Relation } from './owned-by.ts'

/** Databases bound how many selects are joined. */
const relationsAtOnce = 100

interface Question {
  readonly asked: readonly Relation[]
  readonly statement: Statement
}

/** Their text is longer than their work: kept with the relations, which are those of a model. */
const questionsOf = new WeakMap<readonly Relation[], Map<string, readonly Question[]>>()

function questions(
  relations: readonly Relation[],
  dialect: Dialect,
  ofOne: boolean,
): readonly Question[] {
  const known = questionsOf.get(relations) ?? new Map<string, readonly Question[]>()
  questionsOf.set(relations, known)
  const key = `${dialect.name} ${ofOne}`
  const found = known.get(key)
  if (found !== undefined) return found
  const made: Question[] = []
  for (let start = 0; start < relations.length; start += relationsAtOnce) {
    const asked = relations.slice(start, start + relationsAtOnce)
    made.push({ asked, statement: render(findOccupied(asked, { dialect, ofOne }), dialect) })
  }
  known.set(key, made)
  return made
}

export async function occupied(
  tx: Transaction,
  relations: readonly Relation[],
  ids: readonly string[],
): Promise<readonly Relation[]> {
  const found: Relation[] = []
  const [first = ''] = ids
  const ofOne = ids.length === 1
  const holes = ofOne ? { id: first } : { ids: idRows(ids) }
  for (const { asked, statement } of questions(relations, tx.dialect, ofOne)) {
    const rows = await tx.read(statement, holes)
    const places = new Set(rows.map((row) => Number(row['place'])))
    found.push(...asked.filter((_, index) => places.has(index)))
  }
  return found
}

/** Those of the records to which any of the relations leads. */
export async function parentsAmong(
  tx: Transaction,
  relations: readonly Relation[],
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const parents = new Set<string>()
  for (const { child, field } of await occupied(tx, relations, ids)) {
    const rows = await tx.read(readParentsOf(child, field, tx.dialect), { ids: idRows(ids) })
    for (const row of rows) parents.add(String(row['id']))
  }
  return parents
}
