/** The stored state of one record, as a save needs it: some fields and the row version. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { ApiValue } from '../fields/field-type.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { compileCurrentRow } from '../query/compile-current-row.ts'
import { render, type Statement } from '../sql/sql.ts'
import { createKeyedReads } from '../storage/keyed-reads.ts'
import type { Transaction } from '../storage/storage.ts'
import { parseExactly } from './exact-json.ts'
import { createModelCache } from './model-cache.ts'
import { idRows } from './id-rows.ts'
import { notFound } from './targets.ts'
import type { RecordContext } from './record-parts.ts'

export interface CurrentRow {
  readonly version: number
  readonly changedBy: string
  readonly changedAt: number
  /** By field name; encrypted fields are left out. A number too long for a double is a text. */
  readonly values: ReadonlyMap<string, ApiValue>
}

export interface CurrentRowInput {
  readonly id: string
  readonly fields: readonly FieldModel[]
}

const statementsMax = 2_000

/** Reads beside the writer; with a transaction inside it, so that the row stays as it is until the commit. */
export type ReadCurrent = (
  model: Model,
  object: ObjectModel,
  input: CurrentRowInput & { readonly tx?: Transaction | undefined },
) => Promise<CurrentRow>

export function createReadCurrent(context: RecordContext): ReadCurrent {
  const reads = createKeyedReads(context.storage)
  const statements = createModelCache<Statement>({ entriesMax: statementsMax })
  return async (model, object, { id, fields, tx }) => {
    const plain = fields.filter((field) => field.type.afterRead === undefined)
    const lock = tx !== undefined
    const key = `${lock} ${object.name} ${plain.map((field) => field.name).join(' ')}`
    const { dialect } = context.storage
    const known = statements.get(model, key)
    const statement = known ?? render(compileCurrentRow(object, plain, { dialect, lock }), dialect)
    if (known === undefined) statements.set(model, key, statement)
    const row =
      tx === undefined
        ? await reads.read(statement, id)
        : (await tx.read(statement, { keys: idRows([id]) }))[0]
    if (row === undefined) throw notFound(id)
    if (row['deleted'] === true || row['deleted'] === 1) {
      throw refuse('ENTITY_IS_DELETED', message('The record is in the recycle bin.'))
    }
    const values = parseExactly(String(row['body']))
    if (!Array.isArray(values)) throw new Error('the current row is a list')
    return {
      version: Number(row['version']),
      changedBy: String(row['changed_by'] ?? ''),
      changedAt: Number(row['changed_at']),
      values: new Map(
        plain.map((field, index) => [field.name, (values[index] ?? null) as ApiValue]),
      ),
    }
  }
}
