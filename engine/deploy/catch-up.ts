/**
 * Tables of a database that an older version of the product made: columns and indexes that objects have by now
 * without their files having changed are added at the start, by a deploy like any other.
 */
import { message } from '../base/message.ts'
import { compileModel } from '../model/compile-model.ts'
import type { Declaration } from '../model/declaration.ts'
import { isCustomMetadataType, typeOfRecord } from '../model/metadata-type-fields.ts'
import { isObject, outlinesOf } from '../model/model-index.ts'
import type { Model } from '../model/model.ts'
import { noRenames } from '../model/renames.ts'
import { sql } from '../sql/sql.ts'
import type { TableShape, Transaction } from '../storage/storage.ts'
import { applyWork } from './apply-plan.ts'
import { chooseBindings } from './choose-bindings.ts'
import { basesAfter, keptColumns } from './column-bases.ts'
import { takenNames } from './component-store.ts'
import type { DeployContext } from './context.ts'
import type { TableChange } from './ddl.ts'
import type { DeployState } from './deploy-state.ts'
import type { DeployWork } from './deploy-work.ts'
import { systemAuthor } from './plan.ts'
import { instant } from './plan-words.ts'
import { makeRoleTree } from './role-rows.ts'
import { tableSpecs } from './table-specs.ts'

/**
 * Counts the shapes that the engine gave to tables on its own account. Whoever gives objects a new field, column or
 * index that no file declares counts up; a database with the same number is not looked through.
 */
const shapeNumber = '3'
const shapeKey = 'table_shape'

export async function catchUp(context: DeployContext): Promise<void> {
  const { storage } = context
  const [row] = await storage.read(sql`select value from fs_state where key = ${shapeKey}`)
  if (String(row?.['value'] ?? '') === shapeNumber) return
  const work = await missingWork(context)
  if (work !== undefined) {
    const count = work.tables.add.length + work.tables.index.length
    const told = message('Brought the tables up to date: {count} columns and indexes added', {
      count: { amount: count },
    })
    const step = instant(told)
    const summary = step.description
    const plan = { id: 'tables brought up to date', summary, told, changes: [], steps: [step] }
    await applyWork(context, work, { plan, by: systemAuthor, source: 'boot' })
  }
  await storage.write(async (tx) => {
    await catchUpRoles(tx, context)
    await tx.run(
      sql`insert into fs_state (key, value) values (${shapeKey}, ${shapeNumber}) on conflict (key) do update set value = excluded.value`,
    )
  })
}

async function catchUpRoles(tx: Transaction, context: DeployContext): Promise<void> {
  const { model } = context.state()
  const roles = model.object('UserRole')
  if (roles === undefined) return
  const [by, at] = [systemAuthor, context.clock.now()]
  const rows = { before: model, wanted: model, renames: noRenames, by, at, ids: context.ids }
  await makeRoleTree(tx, roles, rows)
}

/** Undefined where nothing is missing, as in a database that was just made. */
async function missingWork(context: DeployContext): Promise<DeployWork | undefined> {
  const state = context.state()
  const declarations = [...state.declarations.values()]
  if (declarations.length === 0) return undefined
  const { wanted, bindings, boundAnew } = boundNow(state, declarations)
  const shapes = new Map((await context.storage.tables()).map((shape) => [shape.name, shape]))
  const tables = missingIn(wanted, shapes)
  if (boundAnew.size + tables.add.length + tables.index.length === 0) return undefined
  const touched = new Set([...tables.add, ...tables.index].map(({ table }) => table))
  const objects = [...bindings].filter(
    ([name, one]) => boundAnew.has(name) || touched.has(one.table),
  )
  const names = new Set(objects.map(([name]) => name))
  const { outlines } = outlinesOf(declarations.filter(isObject))
  return {
    base: state.version,
    wanted,
    saved: declarations.filter((one) => isRowed(one, names)),
    removed: [],
    bindings,
    boundAnew,
    renames: noRenames,
    tables,
    bases: basesAfter({
      bases: state.bases,
      before: state.bindings,
      after: bindings,
      outlines: [...outlines.values()].filter(({ name }) => names.has(name)),
      renames: noRenames,
    }),
    backfills: [],
    summaries: new Set(),
    valueMoves: [],
  }
}

/** Objects that changed, and the records of custom metadata types whose rows have more columns now. */
function isRowed({ type, fullName }: Declaration, objects: ReadonlySet<string>): boolean {
  if (type === 'CustomObject') return objects.has(fullName)
  const of = type === 'CustomMetadata' ? typeOfRecord(fullName) : undefined
  return of !== undefined && isCustomMetadataType(of) && objects.has(of)
}

type Bound = Pick<DeployWork, 'wanted' | 'bindings' | 'boundAnew'>

/** The model as this version of the engine binds it; bindings that serve stay the very same. */
function boundNow(state: DeployState, declarations: readonly Declaration[]): Bound {
  const tables = new Set([...state.bindings.values()].map((binding) => binding.table))
  const bindings = chooseBindings({
    declarations,
    bindings: state.bindings,
    taken: takenNames(state, tables),
    kept: keptColumns(declarations, state.bases),
  })
  const { model: wanted } = compileModel({
    declarations,
    bindings,
    version: state.version + 1,
    previous: state.model,
    trusted: true,
  })
  if (wanted === undefined) throw new Error('the applied model does not compile')
  const boundAnew = new Map(
    [...bindings]
      .filter(([name, binding]) => state.bindings.get(name) !== binding)
      .map(([name, binding]) => [name, { ...binding, state: 'used' as const }]),
  )
  return { wanted, bindings, boundAnew }
}

function missingIn(wanted: Model, shapes: ReadonlyMap<string, TableShape>): TableChange {
  const add: TableChange['add'][number][] = []
  const index: TableChange['index'][number][] = []
  for (const spec of tableSpecs(wanted)) {
    const shape = shapes.get(spec.name)
    if (shape === undefined) continue
    const columns = new Set(shape.columns.map(({ name }) => name))
    const indexes = new Set(shape.indexes.map(({ name }) => name))
    for (const column of spec.columns) {
      if (!columns.has(column.name)) add.push({ table: spec.name, column })
    }
    for (const one of spec.indexes) {
      if (!indexes.has(one.name)) index.push({ table: spec.name, index: one })
    }
  }
  return { create: [], add, widen: [], index, unindex: [] }
}
