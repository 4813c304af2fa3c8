/** The engine's own tables for components, physical names and the journal, declared as data. */
import type { ColumnKind } from '../sql/column-kind.ts'
import type { EngineColumn, EngineTable } from '../storage/engine-tables.ts'
import { roleTreeTable } from './role-rows.ts'

const text: ColumnKind = { kind: 'text' }
const integer: ColumnKind = { kind: 'integer' }
const instant: ColumnKind = { kind: 'instant' }

function column(name: string, kind: ColumnKind): EngineColumn {
  return { name, kind }
}

function optional(name: string, kind: ColumnKind): EngineColumn {
  return { name, kind, nullable: true }
}

/** The row of `fs_state` that every write compares with the model it was planned against. */
export const modelVersionKey = 'model_version'

/** Whoever changes the model holds it, on whatever node. */
export const deployLock = 'deploy'

/** Numbers that were given; the first model may bring rows that have some. */
export const sequenceTable: EngineTable = {
  name: 'fs_sequence',
  columns: [column('table_name', text), column('column_name', text), column('next', integer)],
  key: ['table_name', 'column_name'],
  indexes: [],
}

export const systemTables: readonly EngineTable[] = [
  roleTreeTable,
  {
    name: 'fs_state',
    columns: [column('key', text), column('value', text)],
    key: ['key'],
    indexes: [],
  },
  {
    // The applied components: the model is made of these rows and nothing else.
    name: 'fs_component',
    columns: [
      column('type', text),
      column('full_name', text),
      column('hash', text),
      column('body', text),
    ],
    key: ['type', 'full_name'],
    indexes: [],
  },
  {
    // Every body ever applied, by hash: what three-way merges and reverts start from.
    name: 'fs_body',
    columns: [column('hash', text), column('body', text)],
    key: ['hash'],
    indexes: [],
  },
  {
    // The table of an object; `kept` ones hold the records of deleted objects.
    name: 'fs_binding',
    columns: [column('object', text), column('binding', text), column('state', text)],
    key: ['object'],
    indexes: [],
  },
  {
    // Every base of physical column names ever used in a table; `kept` ones hold data of deleted fields.
    name: 'fs_column',
    columns: [
      column('table_name', text),
      column('base', text),
      column('object', text),
      column('field', text),
      column('state', text),
      column('declaration', text),
    ],
    key: ['table_name', 'base'],
    indexes: [],
  },
  {
    name: 'fs_journal',
    columns: [
      column('number', integer),
      column('version', integer),
      column('at', instant),
      column('by_id', text),
      column('by_name', text),
      column('source', text),
      column('summary', text),
      column('entry', text),
      column('undo', text),
      optional('reverted_by', integer),
    ],
    key: ['number'],
    indexes: [],
  },
  {
    // Records whose values were carried into new columns, with the row version they had then.
    name: 'fs_moved',
    columns: [column('move', text), column('id', { kind: 'id' }), column('version', integer)],
    key: ['move', 'id'],
    indexes: [],
  },
  {
    // Values that a journal entry replaced by others, so that taking it back finds them.
    name: 'fs_replaced',
    columns: [
      column('entry', integer),
      column('object', text),
      column('field', text),
      column('id', { kind: 'id' }),
      optional('was', text),
      optional('became', text),
    ],
    key: ['entry', 'object', 'field', 'id'],
    indexes: [],
  },
  {
    // Work of a deploy that goes on beside normal traffic, and is taken up again after a crash.
    name: 'fs_phase',
    columns: [column('id', text), column('state', text), column('work', text)],
    key: ['id'],
    indexes: [],
  },
]
