/** Gives the next numbers of auto-number fields, inside the transaction of the insert. */
import type { Column, FieldModel, ObjectModel } from '../model/model.ts'
import { dayOf } from './day-of.ts'
import { takeNumbers } from '../query/take-numbers.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Transaction } from '../storage/storage.ts'
import type { ColumnValues } from './prepare-save.ts'
import type { RecordParts } from './record-parts.ts'
import { saveIndex } from './save-index.ts'

async function numberField(
  tx: Transaction,
  parts: Pick<RecordParts, 'clock' | 'services'>,
  input: {
    readonly object: ObjectModel
    readonly field: FieldModel
    readonly rows: readonly Map<Column, ColumnValue>[]
  },
): Promise<void> {
  const { object, field, rows } = input
  const column = field.columns.get('')
  if (column === undefined || field.type.generate === undefined) return
  const start = field.options.startingNumber ?? 1
  const [row] = await tx.read(takeNumbers(object, column, { start, count: rows.length }))
  const first = Number(row?.['first'])
  const today = dayOf(parts.clock.now())
  rows.forEach((values, index) => {
    const text = field.type.generate?.(field.options, first + index, today) ?? null
    const made = field.type.toColumns(text, field.options, parts.services)
    for (const [part, column] of field.columns) values.set(column, made[part] ?? null)
  })
}

/** Copies of rows that are about to be inserted, their numbered fields filled. */
export async function numberRows(
  tx: Transaction,
  parts: Pick<RecordParts, 'clock' | 'services'>,
  input: { readonly object: ObjectModel; readonly rows: readonly ColumnValues[] },
): Promise<readonly ColumnValues[]> {
  const { object } = input
  const rows = input.rows.map((row) => new Map(row))
  for (const field of saveIndex(object).numbered) {
    await numberField(tx, parts, { object, field, rows })
  }
  return rows
}
