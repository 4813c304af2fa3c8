/** The table of jobs: work that goes on beside requests, and is taken up again after a crash. */
import { asyncJobTable, cronJobDetailTable, cronTriggerTable } from '../model/job-objects.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { EngineTable } from '../storage/engine-tables.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }

export const jobTables: readonly EngineTable[] = [
  {
    // `spec` is what was asked for, `status` how far it is; both are the kind's own JSON.
    name: 'fs_job',
    columns: [
      { name: 'id', kind: id },
      { name: 'kind', kind: text },
      { name: 'state', kind: text },
      { name: 'created_by', kind: id },
      { name: 'created_at', kind: instant },
      { name: 'modified_at', kind: instant },
      { name: 'spec', kind: text },
      { name: 'status', kind: text },
      { name: 'claimed_by', kind: text, nullable: true },
      { name: 'claimed_until', kind: instant, nullable: true },
    ],
    key: ['id'],
    indexes: [['state', 'created_at'], ['created_by', 'created_at'], ['modified_at']],
  },
  {
    ...cronTriggerTable,
    // One row for each name, whichever node is the first to see it.
    key: ['name'],
  },
  { ...cronJobDetailTable, key: ['Id'] },
  { ...asyncJobTable, key: ['Id'] },
]
