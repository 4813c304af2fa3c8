/** Where changes of records are written down in the transaction that makes them, for objects that somebody listens to. */
import type { ObjectModel } from '../model/model.ts'
import type { Transaction } from '../storage/storage.ts'
import { readHookRows } from './hooks/hook-rows.ts'
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
  readonly rows: readonly { readonly id: string; readonly by: string }[]
}

/** Does the work, and writes down what it made of the rows. */
export async function logged<Result>(
  { changeLog }: Pick<RecordContext, 'changeLog'>,
  tx: Transaction,
  { object, change, rows, work }: ChangedRows & { readonly work: () => Promise<Result> },
): Promise<Result> {
  if (changeLog === undefined || rows.length === 0 || !changeLog.wants(object)) return work()
  const ids = rows.map(({ id }) => id)
  const had = change === 'update' || change === 'delete'
  const before = had ? await readHookRows(tx, object, ids) : undefined
  const result = await work()
  const after = change === 'delete' ? undefined : await readHookRows(tx, object, ids)
  const changes = rows.map(({ id, by }) => ({
    object: object.name,
    id,
    by,
    change,
    before: before?.get(id),
    after: after?.get(id),
  }))
  await changeLog.write(tx, changes)
  return result
}
