/** Where changes of records are written down in the transaction that makes them, for objects that somebody listens to. */
import type { Ledger } from '../ledger/ledger.ts'
import type { FieldModel, ObjectModel } from '../model/model.ts'
import { trackedFields } from '../model/tracked-fields.ts'
import type { Transaction } from '../storage/storage.ts'
import { auditRecords, isAudited } from './history/audit-records.ts'
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

type Logs = Pick<RecordContext, 'changeLog' | 'ledger' | 'models'>
type LoggedWork<Result> = ChangedRows & { readonly work: () => Promise<Result> }

/** Does the work, and writes down what it made of the rows: for listeners, for the history of fields, for the audit trail. */
export async function logged<Result>(
  logs: Logs,
  tx: Transaction,
  { work, ...changed }: LoggedWork<Result>,
): Promise<Result> {
  const { object, change, rows } = changed
  if (rows.length === 0) return work()
  const wanted = wantedOf(logs, changed)
  const { fields, history } = wanted
  if (fields.length === 0) {
    const result = await work()
    if (history !== undefined && change === 'create') await keepCreated(history, tx, changed)
    return result
  }
  const read = { ids: rows.map(({ id }) => id), fields }
  const had = change === 'update' || change === 'delete'
  const before = had ? await readStoredRows(tx, object, read) : undefined
  const result = await work()
  const after = change === 'delete' ? undefined : await readStoredRows(tx, object, read)
  const valued = rows.map((row) => ({
    ...row,
    before: before?.get(row.id),
    after: after?.get(row.id),
  }))
  await writeDown({ logs, wanted }, tx, { ...changed, rows: valued })
  return result
}

interface Wanted {
  readonly log: ChangeLog | undefined
  readonly history: Ledger | undefined
  readonly audit: Ledger | undefined
  /** The tracked fields that may change. */
  readonly watched: readonly FieldModel[]
  /** What must be read for all of that. */
  readonly fields: readonly FieldModel[]
}

const none: readonly FieldModel[] = []

function wantedOf({ changeLog, ledger }: Logs, { object, change, columns }: ChangedRows): Wanted {
  const log = changeLog?.wants(object) === true ? changeLog : undefined
  const audit = isAudited(object) ? ledger : undefined
  const history = trackedFields(object).length > 0 ? ledger : undefined
  const isWatched = history !== undefined && change === 'update'
  const watched = isWatched ? watchedFields(object, columns) : none
  const fields = log === undefined && audit === undefined ? watched : hookFields(object)
  return { log, history, audit, watched, fields }
}

async function writeDown(
  { logs, wanted }: { readonly logs: Logs; readonly wanted: Wanted },
  tx: Transaction,
  changed: ChangedRows,
): Promise<void> {
  const { object, change, rows } = changed
  const { log, history, audit, watched } = wanted
  if (history !== undefined && change === 'create') await keepCreated(history, tx, changed)
  if (history !== undefined && watched.length > 0) {
    await keepChanges(history, tx, { object, fields: watched, rows })
  }
  if (audit !== undefined) {
    await auditRecords(audit, tx, { model: logs.models.current(), object, change, rows })
  }
  if (log === undefined) return
  const told = rows.map(({ id, by, before, after }) => ({
    object: object.name,
    id,
    by,
    change,
    before,
    after,
  }))
  await log.write(tx, told)
}
