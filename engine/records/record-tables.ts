/** Tables beside the records: numbers given, what lies in the recycle bin, and links that a delete took away. */
import { legalHoldTable } from '../deploy/held-records.ts'
import { sequenceTable } from '../deploy/system-tables.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { EngineTable } from '../storage/engine-tables.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }

export const recordTables: readonly EngineTable[] = [
  legalHoldTable,
  sequenceTable,
  {
    // `root_id` is the record that was deleted by hand; the others went with it.
    name: 'fs_recycle',
    columns: [
      { name: 'record_id', kind: id },
      { name: 'root_id', kind: id },
      { name: 'table_name', kind: text },
      { name: 'deleted_at', kind: instant },
      { name: 'deleted_by', kind: id },
    ],
    key: ['record_id'],
    indexes: [['root_id'], ['deleted_at']],
  },
  {
    name: 'fs_unlinked',
    columns: [
      { name: 'root_id', kind: id },
      { name: 'table_name', kind: text },
      { name: 'column_name', kind: text },
      { name: 'record_id', kind: id },
      { name: 'target_id', kind: id },
    ],
    key: ['root_id', 'table_name', 'column_name', 'record_id'],
    indexes: [],
  },
]
