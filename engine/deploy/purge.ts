/** Data of deleted fields and objects: listed, and destroyed only by an explicit word. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import { columnsOfBase } from './column-bases.ts'
import { saveBases, saveBindings, withBases, type ColumnBase } from './component-store.ts'
import type { DeployContext } from './context.ts'
import { dropColumn, dropTable } from './ddl.ts'
import type { DeployState } from './deploy-state.ts'
import { requireNoneHeld } from './held-records.ts'
import { forgetSearchIndex } from './search-tables.ts'
import { identifier, sql } from '../sql/sql.ts'

export interface KeptData {
  readonly object: string
  /** Absent when the whole object was deleted. */
  readonly field?: string
  /** False for what a change of type left behind; that cannot come back. */
  readonly canReturn: boolean
}

export function keptData(state: DeployState): readonly KeptData[] {
  const objects = [...state.keptBindings.keys()].map((object) => ({ object, canReturn: true }))
  const tables = new Set([...state.keptBindings.values()].map((binding) => binding.table))
  const fields = keptBases(state)
    .filter((base) => !tables.has(base.table))
    .map(({ object, field, state: kind }) => ({ object, field, canReturn: kind === 'kept' }))
  return [...objects, ...fields]
}

function keptBases(state: DeployState): readonly ColumnBase[] {
  const all = [...state.bases.values()].flat()
  return all.filter((base) => base.state === 'kept' || base.state === 'replaced')
}

/** Destroys what was kept of a deleted field, or of a whole object. The caller holds the deploy lock. */
export async function purgeKept(
  context: DeployContext,
  object: string,
  field?: string,
): Promise<void> {
  const state = context.state()
  if (field === undefined) return purgeObject(context, object)
  const bases = keptBases(state).filter((base) => base.object === object && base.field === field)
  if (bases.length === 0)
    throw refuse('NOT_FOUND', message('nothing is kept of {name}', { name: `${object}.${field}` }))
  const purged = bases.map((base): ColumnBase => ({ ...base, state: 'purged' }))
  await context.storage.write(async (tx) => {
    for (const base of bases) {
      await forgetSearchIndex(tx, base.table)
      for (const column of columnsOfBase(base)) await tx.run(dropColumn(base.table, column))
      // Asked when the columns have gone: no hold is placed in between.
      await requireNoneHeld(tx, sql`${identifier(base.table)}`, object)
    }
    await saveBases(tx, purged)
    tx.afterCommit(() => context.advance({ ...state, bases: withBases(state.bases, purged) }, []))
  })
}

async function purgeObject(context: DeployContext, object: string): Promise<void> {
  const state = context.state()
  const binding = state.keptBindings.get(object)
  if (binding === undefined)
    throw refuse('NOT_FOUND', message('nothing is kept of {name}', { name: object }))
  const purged = (state.bases.get(binding.table) ?? []).map((base): ColumnBase => ({
    ...base,
    state: 'purged',
  }))
  await context.storage.write(async (tx) => {
    await forgetSearchIndex(tx, binding.table)
    await requireNoneHeld(tx, sql`${identifier(binding.table)}`, object)
    await tx.run(dropTable(binding.table))
    await saveBindings(tx, new Map([[object, { ...binding, state: 'purged' }]]))
    await saveBases(tx, purged)
    tx.afterCommit(() => {
      const keptBindings = new Map(state.keptBindings)
      keptBindings.delete(object)
      context.advance({ ...state, bases: withBases(state.bases, purged), keptBindings }, [])
    })
  })
}
