/** Records on legal hold outlast the model: no deploy takes their object away, and nothing of theirs is purged. */
import { message, type Message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { ModelChange } from '../model/compare-models.ts'
import { reasoned } from '../model/source-problem.ts'
import { identifier, sql, type Sql } from '../sql/sql.ts'
import type { EngineTable } from '../storage/engine-tables.ts'
import type { Transaction } from '../storage/storage.ts'
import type { ModelPair } from './field-changes.ts'
import { answer, type Figures } from './figures.ts'
import { labelOfObject } from './plan-words.ts'
import type { PlanProblem } from './plan.ts'

export const legalHoldTable: EngineTable = {
  name: 'fs_legal_hold',
  columns: [
    { name: 'id', kind: { kind: 'id' } },
    { name: 'record_id', kind: { kind: 'id' } },
    { name: 'object', kind: { kind: 'text' } },
    { name: 'reason', kind: { kind: 'text' } },
    { name: 'placed_by', kind: { kind: 'id' } },
    { name: 'placed_at', kind: { kind: 'instant' } },
  ],
  key: ['id'],
  indexes: [['record_id'], ['object']],
}

/** By the records' ids: names of objects change. */
export const onHold: Sql = sql`${identifier('Id')} in (select record_id from fs_legal_hold)`

/** Of a deleted object, in the recycle bin too. */
export function heldProblems(
  { fullName }: ModelChange,
  { models, figures }: { readonly models: ModelPair; readonly figures: Figures },
): readonly PlanProblem[] {
  const { affected, examples } = answer(figures, { kind: 'held', object: fullName })
  if (affected === 0) return []
  const told = heldMessage(affected, labelOfObject(models.now, fullName))
  return [{ component: fullName, ...reasoned(told), references: examples }]
}

/** Asked within the unit that destroys the data, as long as the table is there. */
export async function requireNoneHeld(tx: Transaction, table: Sql, name: string): Promise<void> {
  const [row] = await tx.read(sql`select count(*) as n from ${table} where ${onHold}`)
  const count = Number(row?.['n'] ?? 0)
  if (count > 0) throw refuse('DELETE_FAILED', heldMessage(count, name))
}

function heldMessage(count: number, object: ReturnType<typeof labelOfObject> | string): Message {
  return message(
    count === 1
      ? 'A legal hold keeps {count} record of {object}: it stays with all its values until the hold is lifted.'
      : 'Legal holds keep {count} records of {object}: they stay with all their values until the holds are lifted.',
    { count: { amount: count }, object },
  )
}
