/** What a save changed in fields that keep their history, written down in the save's own transaction. */
import { limits } from '../../base/limits.ts'
import type { Ledger, LedgerEntry } from '../../ledger/ledger.ts'
import { fieldHistoryTable } from '../../model/ledger-objects.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import { historyKey, objectHistoryKey, trackedFields } from '../../model/tracked-fields.ts'
import type { ColumnValue } from '../../sql/column-kind.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { HookValues } from '../hooks/record-hooks.ts'

export interface HistoryRow {
  readonly id: string
  readonly by: string
  /** By which way the change came: "screen", "api", "bulk" … */
  readonly way?: string | undefined
  readonly before?: HookValues | undefined
  readonly after?: HookValues | undefined
}

/** The tracked fields that may change when these columns are written; all where it is not known which. */
export function watchedFields(
  object: ObjectModel,
  columns: ReadonlySet<string> | undefined,
): readonly FieldModel[] {
  const tracked = trackedFields(object)
  if (columns === undefined || tracked.length === 0) return tracked
  return tracked.filter((field) => columns.has(historyKey(field) ?? ''))
}

/** The beginning of each new record's history. */
export function keepCreated(
  ledger: Ledger,
  tx: Transaction,
  { object, rows }: { readonly object: ObjectModel; readonly rows: readonly HistoryRow[] },
): Promise<void> {
  const entries = rows.map((row) => entryOf(object, row, created))
  return ledger.append(tx, fieldHistoryTable, entries)
}

export interface ChangedHistory {
  readonly object: ObjectModel
  readonly fields: readonly FieldModel[]
  readonly rows: readonly HistoryRow[]
}

/** One entry for each field that holds another value than before. */
export function keepChanges(
  ledger: Ledger,
  tx: Transaction,
  { object, fields, rows }: ChangedHistory,
): Promise<void> {
  const entries = rows.flatMap((row) => {
    const { before, after } = row
    if (before === undefined || after === undefined) return []
    return fields.flatMap((field) => {
      const [old, now] = [storedText(before, field), storedText(after, field)]
      return old === now ? [] : [entryOf(object, row, changeOf(field, old, now))]
    })
  })
  return ledger.append(tx, fieldHistoryTable, entries)
}

interface FieldChange {
  readonly key: string
  readonly field: string
  readonly type: string
  readonly old: string | null
  readonly new: string | null
}

const created: FieldChange = { key: '', field: 'created', type: 'Text', old: null, new: null }

function changeOf(field: FieldModel, old: string | null, now: string | null): FieldChange {
  const key = historyKey(field)
  if (key === undefined) throw new Error(`${field.object}.${field.name} has no column`)
  const type = dataTypes.get(field.type.describe(field.options).type) ?? 'Text'
  // As much as can be looked through at a glance; of more it is told that it changed.
  const isLong = [old, now].some((text) => (text?.length ?? 0) > limits.historyValueCharsMax)
  const values = isLong ? { old: null, new: null } : { old, new: now }
  return { key, field: field.name, type, ...values }
}

/** JSON of the value; null where there is none. */
function storedText(values: HookValues, field: FieldModel): string | null {
  const value = values.get(field.name) ?? null
  return value === null ? null : JSON.stringify(value)
}

function entryOf(
  object: ObjectModel,
  { id, by, way }: HistoryRow,
  change: FieldChange,
): LedgerEntry {
  const values: Readonly<Record<string, ColumnValue>> = {
    object_key: objectHistoryKey(object),
    record_id: id,
    field_key: change.key,
    field: change.field,
    data_type: change.type,
    old_value: change.old,
    new_value: change.new,
    way: way ?? 'system',
  }
  return { by, values }
}

/** As the platform calls what fields hold, by the `type` of describe. */
const dataTypes: ReadonlyMap<string, string> = new Map([
  ['reference', 'EntityId'],
  ['picklist', 'DynamicEnum'],
  ['multipicklist', 'DynamicEnum'],
  ['boolean', 'Boolean'],
  ['date', 'DateOnly'],
  ['datetime', 'DateTime'],
  ['double', 'Double'],
  ['int', 'Double'],
  ['currency', 'Currency'],
  ['percent', 'Percent'],
])
