/** Records as hooks see them: every stored value but encrypted ones. */
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { compileCurrentRow } from '../../query/compile-current-row.ts'
import { rowKey } from '../../query/compile-write.ts'
import { render, type Statement } from '../../sql/sql.ts'
import type { Transaction } from '../../storage/storage.ts'
import { parseExactly } from '../exact-json.ts'
import { idRows } from '../id-rows.ts'
import type { HookValues } from './record-hooks.ts'

const fieldsByObject = new WeakMap<ObjectModel, readonly FieldModel[]>()

export function hookFields(object: ObjectModel): readonly FieldModel[] {
  const known = fieldsByObject.get(object)
  if (known !== undefined) return known
  const made = object.fields.filter(
    ({ columns, type }) => columns.size > 0 && type.afterRead === undefined,
  )
  fieldsByObject.set(object, made)
  return made
}

const statements = new WeakMap<ObjectModel, Map<string, Statement>>()

function statementOf(
  object: ObjectModel,
  fields: readonly FieldModel[],
  { dialect }: Transaction,
): Statement {
  const ofObject = statements.get(object) ?? new Map<string, Statement>()
  statements.set(object, ofObject)
  const isWhole = fields === fieldsByObject.get(object)
  const key = `${dialect.name} ${isWhole ? '*' : fields.map((field) => field.name).join(' ')}`
  const known = ofObject.get(key)
  if (known !== undefined) return known
  const query = compileCurrentRow(object, fields, { dialect, lock: false })
  const made = render(query, dialect)
  ofObject.set(key, made)
  return made
}

/** The stored values in the unit of work, deleted records too; by id. */
export function readHookRows(
  tx: Transaction,
  object: ObjectModel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, HookValues>> {
  return readStoredRows(tx, object, { ids, fields: hookFields(object) })
}

export interface StoredRows {
  readonly ids: readonly string[]
  readonly fields: readonly FieldModel[]
}

/** The same of some fields alone. */
export async function readStoredRows(
  tx: Transaction,
  object: ObjectModel,
  { ids, fields }: StoredRows,
): Promise<ReadonlyMap<string, HookValues>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.read(statementOf(object, fields, tx), { keys: idRows(ids) })
  return new Map(
    rows.map((row) => {
      const values: unknown = parseExactly(String(row['body']))
      if (!Array.isArray(values)) throw new Error('the stored row is a list')
      return [
        String(row[rowKey.name]),
        new Map(fields.map((field, index) => [field.name, values[index] ?? null])),
      ] as const
    }),
  )
}
