/** The statements of inserts and updates, one per shape, and how many waiting rows become one of them. */
import { LRUCache } from 'lru-cache'
import { Refusal } from '../base/refusal.ts'
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import {
  compileInsert,
  compileLocks,
  compileMissingTargets,
  compileUpdate,
  readModelVersion,
  type WriteShape,
} from '../query/compile-write.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { render, type Bound, type Statement } from '../sql/sql.ts'
import type { GroupedWrite, Transaction } from '../storage/storage.ts'
import { numberRows } from './number-rows.ts'
import { missingTarget, type ColumnValues } from './prepare-save.ts'
import { ModelMoved, RowMoved, type RecordContext } from './record-parts.ts'
import type { RecordChange, SaveResult } from './records.ts'
import { fieldNamed, saveIndex } from './save-index.ts'

export interface RowWrite {
  readonly id: string
  readonly by: string
  readonly values: ColumnValues
}

export interface RowUpdate extends RowWrite {
  /** The version that the update was planned on. */
  readonly version: number
}

interface Statements {
  readonly model: string
  readonly main: Statement
  readonly locks: readonly Statement[]
  readonly missing: Statement | undefined
}

interface StatementInput {
  readonly model: Model
  readonly shape: WriteShape
  readonly dialect: Dialect
  readonly mode: 'insert' | 'update'
}

function statementsOf({ model, shape, dialect, mode }: StatementInput): Statements {
  const compile = mode === 'insert' ? compileInsert : compileUpdate
  const missing = compileMissingTargets(model, shape, { dialect, mode })
  return {
    model: String(model.version),
    main: render(compile(model, shape, dialect), dialect),
    locks: compileLocks(model, shape, { dialect, mode }).map((lock) => render(lock, dialect)),
    missing: missing && render(missing, dialect),
  }
}

export interface WriteGroups {
  insert(model: Model, object: ObjectModel, row: RowWrite): GroupedWrite<RowWrite, SaveResult>
  update(model: Model, object: ObjectModel, row: RowWrite): GroupedWrite<RowUpdate, SaveResult>
}

const groupsMax = 2_000

/** One group object per model, object and set of columns, so that equal shapes meet in the writer's queue. */
export function createWriteGroups(context: RecordContext): WriteGroups {
  const inserts = new LRUCache<string, GroupedWrite<RowWrite, SaveResult>>({ max: groupsMax })
  const updates = new LRUCache<string, GroupedWrite<RowUpdate, SaveResult>>({ max: groupsMax })
  return {
    insert: (model, object, row) => {
      const shape = insertShape(object, row)
      const key = shapeKey(model, shape)
      const known = inserts.get(key)
      if (known !== undefined) return known
      const made = insertGroup(context, model, shape)
      inserts.set(key, made)
      return made
    },
    update: (model, object, row) => {
      const columns = [...row.values.keys()]
      const shape = { object, columns, lookups: lookupsOf(object, row) }
      const key = shapeKey(model, shape)
      const known = updates.get(key)
      if (known !== undefined) return known
      const made = updateGroup(context, model, shape)
      updates.set(key, made)
      return made
    },
  }
}

function shapeKey(model: Model, shape: WriteShape): string {
  const columns = shape.columns.map((column) => column.name.name).join(' ')
  const lookups = shape.lookups.map((field) => field.name).join(' ')
  return `${model.version} ${shape.object.name} ${columns} / ${lookups}`
}

/** The references that the row sets; those that hold the caller are known to exist. */
function lookupsOf(object: ObjectModel, { values, by }: RowWrite): readonly FieldModel[] {
  return object.fields.filter((field) => {
    const column = field.columns.get('')
    const value = column === undefined ? null : (values.get(column) ?? null)
    return field.reference !== undefined && value !== null && value !== by
  })
}

/** Columns in the object's order, empty ones left out, numbered ones in. */
function insertShape(object: ObjectModel, row: RowWrite): WriteShape {
  const numbered = saveIndex(object).numbered.flatMap((field) => [...field.columns.values()])
  const filled = [...row.values].filter(([, value]) => value !== null).map(([column]) => column)
  const columns = [...new Set([...filled, ...numbered])]
  columns.sort((left, right) => (left.name.name < right.name.name ? -1 : 1))
  return { object, columns, lookups: lookupsOf(object, row) }
}

function encodeRow(
  dialect: Dialect,
  columns: readonly Column[],
  values: ReadonlyMap<Column, ColumnValue>,
): Bound[] {
  return columns.map((column) => dialect.encode(column.kind, values.get(column) ?? null))
}

function insertGroup(
  context: RecordContext,
  model: Model,
  shape: WriteShape,
): GroupedWrite<RowWrite, SaveResult> {
  const { dialect } = context.storage
  const statements = statementsOf({ model, shape, dialect, mode: 'insert' })
  const hasNumbers = saveIndex(shape.object).numbered.length > 0
  return {
    run: async (tx, inputs) => {
      const rows = inputs.map((input) => new Map(input.values))
      if (hasNumbers) await numberRows(tx, context, { object: shape.object, rows })
      const json = JSON.stringify(rows.map((row) => encodeRow(dialect, shape.columns, row)))
      await runRows(tx, { statements, json, count: inputs.length, shape })
      announce(context, tx, { inputs, object: shape.object.name, change: 'create' })
      return inputs.map(({ id }) => ({ id, created: true, version: 1 }))
    },
  }
}

function updateGroup(
  context: RecordContext,
  model: Model,
  shape: WriteShape,
): GroupedWrite<RowUpdate, SaveResult> {
  const { dialect } = context.storage
  const statements = statementsOf({ model, shape, dialect, mode: 'update' })
  return {
    run: async (tx, inputs) => {
      const json = JSON.stringify(
        inputs.map((input) => [
          input.id,
          input.version,
          ...encodeRow(dialect, shape.columns, input.values),
        ]),
      )
      await runRows(tx, { statements, json, count: inputs.length, shape })
      announce(context, tx, { inputs, object: shape.object.name, change: 'update' })
      return inputs.map(({ id, version }) => ({ id, created: false, version: version + 1 }))
    },
  }
}

interface RunInput {
  readonly statements: Statements
  readonly json: string
  readonly count: number
  readonly shape: WriteShape
}

/** Writes all rows or throws: the group is then taken back and its rows are tried alone. */
async function runRows(tx: Transaction, input: RunInput): Promise<void> {
  const holes = { rows: input.json, model: input.statements.model }
  for (const lock of input.statements.locks) await tx.read(lock, holes)
  const written = await tx.run(input.statements.main, holes)
  if (written === input.count) return
  if (input.statements.missing !== undefined) {
    const missing = await tx.read(input.statements.missing, { rows: input.json })
    const names = new Set(missing.map((row) => String(row['field'])))
    if (names.size > 0) throw missingTargets(input.shape.object, names)
  }
  const [state] = await tx.read(readModelVersion)
  throw String(state?.['value']) === input.statements.model ? new RowMoved() : new ModelMoved()
}

function missingTargets(object: ObjectModel, names: ReadonlySet<string>): Refusal {
  return new Refusal([...names].map((name) => missingTarget(fieldNamed(object, name))))
}

interface Announcement {
  readonly inputs: readonly RowWrite[]
  readonly object: string
  readonly change: RecordChange['change']
}

function announce(
  context: RecordContext,
  tx: Transaction,
  { inputs, object, change }: Announcement,
): void {
  tx.afterCommit(() => context.emit(inputs.map(({ id, by }) => ({ object, id, change, by }))))
}
