/** The phases of a deploy that last longer than a transaction: noted first, so that a crash only interrupts them. */
import { deepFreeze } from '../base/deep-freeze.ts'
import type { Declaration } from '../model/declaration.ts'
import type { ObjectBinding } from '../model/model.ts'
import type { Renames } from '../model/renames.ts'
import { sql } from '../sql/sql.ts'
import type { Transaction } from '../storage/storage.ts'
import type { ApplyOptions } from './apply-plan.ts'
import { stateWith } from './arriving.ts'
import { advanceVersion } from './component-store.ts'
import type { DeployContext } from './context.ts'
import { createIndex, dropColumn, dropIndex, dropTableIfThere } from './ddl.ts'
import type { DeployWork } from './deploy-work.ts'
import type { IndexSpec } from './table-specs.ts'
import type { ValueMove } from './value-moves.ts'

type Pairs = readonly (readonly [string, string])[]

/** Everything needed to go on with a deploy whose values were being moved. */
export interface MoveNote {
  readonly base: number
  readonly saved: readonly Pick<Declaration, 'type' | 'fullName' | 'body'>[]
  readonly removed: readonly Pick<Declaration, 'type' | 'fullName'>[]
  readonly bindings: readonly (readonly [string, ObjectBinding])[]
  readonly renamedObjects: Pairs
  readonly renamedFields: readonly (readonly [string, Pairs])[]
  readonly renamedOthers: Pairs
  /** Those that were asked for; absent in notes from before there were any. */
  readonly valueMoves?: readonly ValueMove[]
  /** What was added for it, so that it can be taken away again; absent in older notes. */
  readonly added?: readonly { readonly table: string; readonly column: string }[]
  readonly created?: readonly string[]
  readonly options: Omit<ApplyOptions, 'isResumed'>
}

const moving = 'moving values'
const indexing = 'building an index'

export async function beginMove(
  tx: Transaction,
  work: DeployWork,
  options: ApplyOptions,
): Promise<void> {
  const { plan, by, source, reverts } = options
  const note: MoveNote = {
    base: work.base,
    saved: work.saved.map(({ type, fullName, body }) => ({ type, fullName, body })),
    removed: work.removed.map(({ type, fullName }) => ({ type, fullName })),
    bindings: [...work.bindings],
    renamedObjects: [...work.renames.objects],
    renamedFields: [...work.renames.fields].map(([object, names]) => [object, [...names]]),
    renamedOthers: [...work.renames.others],
    valueMoves: work.valueMoves.filter((move) => move.kind !== 'reorder'),
    added: work.tables.add.map(({ table, column }) => ({ table, column: column.name })),
    created: work.tables.create.map((table) => table.name),
    options: { plan, by, source, reverts },
  }
  await tx.run(
    sql`insert into fs_phase (id, state, work) values (${plan.id}, ${moving}, ${JSON.stringify(note)})`,
  )
}

export async function endMove(tx: Transaction, planId: string): Promise<void> {
  await tx.run(sql`delete from fs_phase where id = ${planId}`)
}

/** The deploy that a crash interrupted while it moved values, if there is one. */
export async function interruptedMove(
  context: DeployContext,
): Promise<{ readonly id: string; readonly note: MoveNote } | undefined> {
  const [row] = await context.storage.read(
    sql`select id, work from fs_phase where state = ${moving} order by id`,
  )
  if (row === undefined) return undefined
  // Only `beginMove` writes rows of this state.
  return { id: String(row['id']), note: deepFreeze(JSON.parse(String(row['work']))) as MoveNote }
}

export function renamesOf(note: MoveNote): Renames {
  return {
    objects: new Map(note.renamedObjects),
    fields: new Map(note.renamedFields.map(([object, names]) => [object, new Map(names)])),
    others: new Map(note.renamedOthers),
  }
}

/** Takes away what was added for a deploy that cannot be finished; what the old model says was never touched. */
export async function abandonMove(context: DeployContext, planId: string): Promise<void> {
  const interrupted = await interruptedMove(context)
  if (interrupted === undefined || interrupted.id !== planId) return
  const { added = [], created = [] } = interrupted.note
  const state = context.state()
  // Writers keep the arriving summaries; they must have let go of them before the columns go.
  const after = state.model.arriving === undefined ? state : stateWith(state, state.version + 1)
  await context.storage.write(async (tx) => {
    if (after !== state && !(await advanceVersion(tx, state.version))) {
      throw new Error('another node has deployed while a deploy was taken back')
    }
    for (const { table, column } of added) await tx.run(dropColumn(table, column))
    for (const table of created) await tx.run(dropTableIfThere(table))
    await tx.run(sql`delete from fs_moved`)
    await endMove(tx, planId)
    tx.afterCommit(() => context.advance(after, []))
  })
}

export async function beginIndexes(tx: Transaction, work: DeployWork): Promise<void> {
  for (const { table, index } of work.tables.index) {
    if (index.unique) continue
    await tx.run(sql`insert into fs_phase (id, state, work)
      values (${index.name}, ${indexing}, ${JSON.stringify({ table, index })})
      on conflict (id) do update set work = excluded.work`)
  }
  for (const index of work.tables.unindex) {
    await tx.run(sql`delete from fs_phase where id = ${index.name} and state = ${indexing}`)
  }
}

/** Builds the indexes that are noted, also those that a crash left unbuilt. */
export async function buildIndexes(context: DeployContext): Promise<void> {
  const { storage } = context
  const rows = await storage.read(
    sql`select id, work from fs_phase where state = ${indexing} order by id`,
  )
  for (const row of rows) {
    // Only `beginIndexes` writes rows of this state.
    const { table, index } = JSON.parse(String(row['work'])) as { table: string; index: IndexSpec }
    if (storage.dialect.onlineIndexBuild) {
      // An online build that was cut short leaves an unusable index of the same name behind.
      await storage.runAlone(dropIndex(index))
      await storage.runAlone(
        createIndex(table, index, { mode: 'online', dialect: storage.dialect }),
      )
    } else
      await storage.write(
        async (tx) =>
          void (await tx.run(createIndex(table, index, { mode: 'plain', dialect: tx.dialect }))),
      )
    await storage.write(
      async (tx) => void (await tx.run(sql`delete from fs_phase where id = ${String(row['id'])}`)),
    )
    context.failpoint('deploy: index built')
  }
}
