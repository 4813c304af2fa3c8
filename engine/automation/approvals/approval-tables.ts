/** The tables of approvals: what queries see of them, who takes part, which records are locked; and deadlines that are due. */
import { approvalObjectTables, approvalPartyTable } from '../../model/approval-objects.ts'
import type { ColumnKind } from '../../sql/column-kind.ts'
import type { EngineTable } from '../../storage/engine-tables.ts'
import { processesTable, recountTable } from '../deadlines/recount-store.ts'

const text: ColumnKind = { kind: 'text' }
const id: ColumnKind = { kind: 'id' }
const instant: ColumnKind = { kind: 'instant' }

export const approvalTables: readonly EngineTable[] = [
  ...approvalObjectTables.map(({ name, columns, indexes }): EngineTable => ({
    name,
    columns,
    key: ['Id'],
    indexes,
  })),
  {
    name: approvalPartyTable,
    columns: [
      { name: 'instance_id', kind: id },
      { name: 'who_id', kind: id },
    ],
    key: ['instance_id', 'who_id'],
    indexes: [['who_id']],
  },
  {
    name: 'fs_record_lock',
    columns: [
      { name: 'record_id', kind: id },
      { name: 'instance_id', kind: id },
      { name: 'locked_at', kind: instant },
    ],
    key: ['record_id'],
    indexes: [],
  },
  {
    // What is to be done before and after a deadline passes.
    name: 'fs_milestone_trigger',
    columns: [
      { name: 'id', kind: id },
      { name: 'milestone_id', kind: id },
      { name: 'record_id', kind: id },
      { name: 'process', kind: text },
      { name: 'milestone', kind: text },
      { name: 'trigger_index', kind: { kind: 'integer' } },
      { name: 'run_at', kind: instant },
      { name: 'created_by', kind: id },
      { name: 'attempts', kind: { kind: 'integer' } },
      { name: 'reason', kind: text },
    ],
    key: ['id'],
    indexes: [['run_at'], ['milestone_id'], ['record_id']],
  },
  recountTable,
  processesTable,
]
