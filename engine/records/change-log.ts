/** Where changes of records are written down in the transaction that makes them, for objects that somebody listens to. */
import type { ObjectModel } from '../model/model.ts'
import { trackedFields } from '../model/tracked-fields.ts'
import type { Transaction } from '../storage/storage.ts'
import { keepChanges, keepCreated, watchedFields, type HistoryRow } from './history/keep-history.ts'
import { hookFields, readStoredRows } from './hooks/hook-rows.ts'
import type { HookValues } from './hooks/record-hooks.ts'
import type { RecordContext } from './record-parts.ts'
import type { RecordChange } from './records.ts'

export interface LoggedChange extends RecordChange {
  /** What the record held; undefined for a new one, and for one that came back. */
  readonly before: HookValues | undefined
  /** What it holds now; undefined for one that went. */
  readonly after: HookValues | undefined
}

export interface ChangeLog {
  /** Asked at every save, so that objects nobody listens to cost nothing. */
  wants(object: ObjectModel): boolean
  write(tx: Transaction, changes: readonly LoggedChange[]): Promise<void>
}

export interface ChangedRows {
  readonly object: ObjectModel
  readonly change: RecordChange['change']
  readonly rows: readonly HistoryRow[]
  /** The names of the columns that are written; absent where it is not known. */
  readonly columns?: ReadonlySet<string>
}

type Logs = Pick<RecordContext, 'changeLog' | 'ledger'>
type LoggedWork<Result> = ChangedRows & { readonly work: () => Promise<Result> }

/** Does the work, and writes down what it made of the rows: for listeners, and for the history of fields. */
export async function logged<Result>(
  { changeLog, ledger }: Logs,
  tx: Transaction,
  input: LoggedWork<Result>,
): Promise<Result> {
  const { object, change, rows, columns, work } = input
  const log = changeLog?.wants(object) === true ? changeLog : undefined
  const kept = ledger !== undefined && rows.length > 0 && trackedFields(object).length > 0
  const history = kept ? ledger : undefined
  const fields = history !== undefined && change === 'update' ? watchedFields(object, columns) : []
  if (rows.length === 0 || (log === undefined && fields.length === 0)) {
    const result = await work()
    if (history !== undefined && change === 'create') await keepCreated(history, tx, input)
    return result
  }
  const ids = rows.map(({ id }) => id)
  const read = { ids, fields: log === undefined ? fields : hookFields(object) }
  const had = change === 'update' || change === 'delete'
  const before = had ? await readStoredRows(tx, object, read) : undefined
  const result = await work()
  const after = change === 'delete' ? undefined : await readStoredRows(tx, object, read)
  const changed = rows.map((row) => ({
    ...row,
    before: before?.get(row.id),
    after: after?.get(row.id),
  }))
  if (history !== undefined && change === 'create') await keepCreated(history, tx, input)
  if (history !== undefined && fields.length > 0) {
    await keepChanges(history, tx, { object, fields, rows: changed })
  }
  if (log !== undefined) {
    const told = changed.map(({ id, by, ...values }) => ({
      object: object.name,
      id,
      by,
      change,
      before: values.before,
      after: values.after,
    }))
    await log.write(tx, told)
  }
  return result
}
