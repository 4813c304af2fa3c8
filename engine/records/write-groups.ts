/** The statements of inserts and updates, one per shape, and how many waiting rows become one of them. */
import { objectSharing } from '../access/object-sharing.ts'
import { Refusal } from '../base/refusal.ts'
import type { Column, FieldModel, Model, ObjectModel } from '../model/model.ts'
import { compileLocks, rollUpsAbove, type LockOptions } from '../query/compile-locks.ts'
import {
  compileEndGrant,
  compileInsert,
  compileMissingTargets,
  compileUpdate,
  readModelVersion,
  type WriteShape,
} from '../query/compile-write.ts'
import { addToRollUps, keepRollUps, type TouchedRows } from '../roll-ups/keep-roll-ups.ts'
import { keepScores } from '../roll-ups/keep-scores.ts'
import type { ColumnValue } from '../sql/column-kind.ts'
import type { Dialect } from '../sql/dialect.ts'
import { render, type Bound, type Statement } from '../sql/sql.ts'
import type { GroupedWrite, Transaction } from '../storage/storage.ts'
import { logged } from './change-log.ts'
import { createModelCache, type ModelCache } from './model-cache.ts'
import { numberRows } from './number-rows.ts'
import { missingTarget, type ColumnValues } from './prepare-save.ts'
import { ModelMoved, RowMoved, type RecordContext } from './record-parts.ts'
import type { RecordChange, SaveResult } from './records.ts'
import { checkInWriter } from './rules/check-in-writer.ts'
import type { WriterCheck } from './rules/check-save.ts'
import { fieldNamed, saveIndex } from './save-index.ts'

export interface RowWrite {
  readonly id: string
  readonly by: string
  /** By which way it came, as history tells: "screen", "api", "bulk" … */
  readonly way?: string | undefined
  readonly values: ColumnValues
  /** What only the writer can decide; undefined where nothing is left. */
  readonly inWriter?: WriterCheck | undefined
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
  /** What ends with the owner that a row had. */
  readonly ended: readonly Statement[]
}

type WriteMode = 'insert' | 'update'

interface StatementInput {
  readonly model: Model
  readonly shape: WriteShape
  readonly dialect: Dialect
  readonly mode: WriteMode
}

function statementsOf({ model, shape, dialect, mode }: StatementInput): Statements {
  const compile = mode === 'insert' ? compileInsert : compileUpdate
  const missing = compileMissingTargets(model, shape, { dialect, mode })
  return {
    model: String(model.version),
    main: render(compile(model, shape, dialect), dialect),
    locks: compileLocks(model, shape, { dialect, mode }).map((lock) => render(lock, dialect)),
    missing: missing && render(missing, dialect),
    ended: mode === 'insert' ? [] : endedGrants(model, shape, dialect),
  }
}

function endedGrants(model: Model, shape: WriteShape, dialect: Dialect): readonly Statement[] {
  const column = shape.object.ownerField?.columns.get('')
  if (column === undefined || !shape.columns.includes(column)) return []
  const { grants } = objectSharing(model, shape.object)
  return grants
    .filter(({ endsWithOwner }) => endsWithOwner)
    .map((grant) => render(compileEndGrant(shape, grant, dialect), dialect))
}

export interface WriteGroups {
  insert(model: Model, object: ObjectModel, row: RowWrite): GroupedWrite<RowWrite, SaveResult>
  update(model: Model, object: ObjectModel, row: RowUpdate): GroupedWrite<RowUpdate, SaveResult>
}

const groupsMax = 2_000

/** One group object per model, object and set of columns, so that equal shapes meet in the writer's queue. */
export function createWriteGroups(context: RecordContext): WriteGroups {
  const inserts = createModelCache<GroupedWrite<RowWrite, SaveResult>>({ entriesMax: groupsMax })
  const updates = createModelCache<GroupedWrite<RowUpdate, SaveResult>>({ entriesMax: groupsMax })
  return {
    insert: (model, object, row) =>
      groupFor(inserts, { model, object, row, mode: 'insert' }, (shape) =>
        insertGroup(context, model, shape),
      ),
    update: (model, object, row) =>
      groupFor(updates, { model, object, row, mode: 'update' }, (shape) =>
        updateGroup(context, model, shape),
      ),
  }
}

interface ShapeInput {
  readonly model: Model
  readonly object: ObjectModel
  readonly row: RowWrite
  readonly mode: WriteMode
}

/** The order of a body decides nothing: its first sight leads to the group of all rows with these columns. */
function groupFor<Group extends object>(
  groups: ModelCache<Group>,
  input: ShapeInput,
  make: (shape: WriteShape) => Group,
): Group {
  const { model, object, row, mode } = input
  const sight = `${object.name} ${columnsAsGiven(row, mode)}`
  const known = groups.get(model, sight)
  if (known !== undefined) return known
  const shape = shapeOf(object, row, mode)
  const key = `${object.name}: ${shapeKey(shape)}`
  const group = groups.get(model, key) ?? make(shape)
  groups.set(model, key, group)
  groups.set(model, sight, group)
  return group
}

/** Names of the columns in the body's order; those whose target is known to exist are marked. */
function columnsAsGiven({ values, by }: RowWrite, mode: WriteMode): string {
  let text = ''
  for (const [column, value] of values) {
    if (value !== null) text += value === by ? `${column.name.name}! ` : `${column.name.name} `
    else if (mode === 'update') text += `${column.name.name}- `
  }
  return text
}

function shapeKey(shape: WriteShape): string {
  const columns = shape.columns.map((column) => column.name.name).join(' ')
  const lookups = shape.lookups.map((field) => field.name).join(' ')
  return `${columns} / ${lookups}`
}

/** Columns in one order, whatever the body's; an insert leaves empty ones out and numbers its own. */
function shapeOf(object: ObjectModel, row: RowWrite, mode: WriteMode): WriteShape {
  const isInsert = mode === 'insert'
  const { numbered } = saveIndex(object)
  const given = [...row.values].filter(([, value]) => !isInsert || value !== null)
  const own = isInsert ? numbered.flatMap((field) => [...field.columns.values()]) : []
  const columns = [...new Set([...given.map(([column]) => column), ...own])]
  columns.sort((left, right) => (left.name.name < right.name.name ? -1 : 1))
  return { object, columns, lookups: lookupsOf(object, row) }
}

/** The references that the row sets; those that hold the caller are known to exist. */
function lookupsOf(object: ObjectModel, { values, by }: RowWrite): readonly FieldModel[] {
  return [...saveIndex(object).references]
    .filter(([column]) => {
      const value = values.get(column) ?? null
      return value !== null && value !== by
    })
    .map(([, field]) => field)
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
  const { object, columns } = shape
  const statements = statementsOf({ model, shape, dialect, mode: 'insert' })
  const hasNumbers = saveIndex(object).numbered.length > 0
  const summed = summedColumns(model, shape, { dialect, mode: 'insert' })
  return {
    run: async (tx, inputs) => {
      await checkInWriter(tx, model, inputs)
      const rows = hasNumbers
        ? await numberRows(tx, context, { object, rows: inputs.map((input) => input.values) })
        : inputs.map((input) => input.values)
      const json = JSON.stringify(rows.map((row) => encodeRow(dialect, columns, row)))
      const now = context.clock.now()
      const work = async (): Promise<void> => {
        await runRows(tx, { statements, json, count: inputs.length, shape })
        await keepScores(tx, { model, object, ids: idsOf(inputs), now })
      }
      await logged(context, tx, { object, change: 'create', rows: inputs, work })
      announce(context, tx, { inputs, object: object.name, change: 'create' })
      if (summed !== undefined) {
        await addToRollUps(tx, touchedBy(context, tx, { model, object, inputs, columns: summed }))
      }
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
  const { object, columns } = shape
  const statements = statementsOf({ model, shape, dialect, mode: 'update' })
  const summed = summedColumns(model, shape, { dialect, mode: 'update' })
  const written = new Set(columns.map((column) => column.name.name))
  return {
    run: async (tx, inputs) => {
      await checkInWriter(tx, model, inputs)
      const rows = inputs.map(({ id, version, values }) => [
        id,
        version,
        ...encodeRow(dialect, columns, values),
      ])
      const input = { statements, json: JSON.stringify(rows), count: inputs.length, shape }
      announce(context, tx, { inputs, object: object.name, change: 'update' })
      const now = context.clock.now()
      const write = async (): Promise<void> => {
        if (summed === undefined) return runRows(tx, input)
        await lockRows(tx, input)
        const touched = touchedBy(context, tx, { model, object, inputs, columns: summed })
        await keepRollUps(tx, touched, () => writeRows(tx, input))
      }
      const work = async (): Promise<void> => {
        await write()
        await keepScores(tx, { model, object, ids: idsOf(inputs), columns: written, now })
      }
      await logged(context, tx, { object, change: 'update', rows: inputs, columns: written, work })
      return inputs.map(({ id, version }) => ({ id, created: false, version: version + 1 }))
    },
  }
}

/** The written columns, if a roll-up summary is made of them. */
function summedColumns(
  model: Model,
  shape: WriteShape,
  options: LockOptions,
): ReadonlySet<string> | undefined {
  const relations = rollUpsAbove(model, shape, options)
  if (relations.length === 0) return undefined
  // A new row gives everything at once, to all that it points at.
  if (options.mode === 'insert') return new Set(relations.map((one) => one.foreignKey.name.name))
  return new Set(shape.columns.map((column) => column.name.name))
}

interface TouchedInput {
  readonly model: Model
  readonly object: ObjectModel
  readonly inputs: readonly RowWrite[]
  readonly columns: ReadonlySet<string>
}

/** Listeners hear of changed summaries too: whoever looks at the parent sees it. */
function touchedBy(
  context: RecordContext,
  tx: Transaction,
  { inputs, ...rest }: TouchedInput,
): TouchedRows {
  const by = inputs[0]?.by ?? ''
  return {
    ...rest,
    ids: idsOf(inputs),
    now: context.clock.now(),
    isLocked: true,
    onChange: (object, ids) =>
      tx.afterCommit(() =>
        context.emit(ids.map((id) => ({ object, id, change: 'update' as const, by }))),
      ),
  }
}

function idsOf(inputs: readonly RowWrite[]): readonly string[] {
  return inputs.map(({ id }) => id)
}

interface RunInput {
  readonly statements: Statements
  readonly json: string
  readonly count: number
  readonly shape: WriteShape
}

/** Writes all rows or throws: the group is then taken back and its rows are tried alone. */
async function runRows(tx: Transaction, input: RunInput): Promise<void> {
  await lockRows(tx, input)
  await writeRows(tx, input)
}

async function lockRows(tx: Transaction, { json, statements }: RunInput): Promise<void> {
  const holes = { rows: json, model: statements.model }
  for (const lock of statements.locks) await tx.read(lock, holes)
}

async function writeRows(tx: Transaction, input: RunInput): Promise<void> {
  const holes = { rows: input.json, model: input.statements.model }
  for (const one of input.statements.ended) await tx.run(one, { rows: input.json })
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
