/** Goes on with a deploy that a crash interrupted while it moved values. */
import type { Declaration } from '../model/declaration.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { applyWork } from './apply-plan.ts'
import type { DeployContext } from './context.ts'
import type { PresentColumns } from './ddl.ts'
import { addFills } from './default-fills.ts'
import { interruptedMove, renamesOf, type MoveNote } from './phases.ts'
import { prepareWork } from './prepare-work.ts'

export async function resumeMove(context: DeployContext): Promise<void> {
  const interrupted = await interruptedMove(context)
  if (interrupted === undefined) return
  const { note } = interrupted
  const state = context.state()
  if (note.base !== state.version)
    throw new Error('an interrupted deploy belongs to another version')
  const renames = renamesOf(note)
  const resumed = { bindings: new Map(note.bindings), present: await presentNow(context) }
  const { work, problems } = prepareWork(state, {
    wanted: wantedBy(context, note),
    renames,
    resumed,
    valueMoves: note.valueMoves,
  })
  if (work === undefined) {
    throw new Error(`an interrupted deploy does not compile: ${problems[0]?.reason ?? ''}`)
  }
  context.log.info({ summary: note.options.plan.summary }, 'goes on with an interrupted deploy')
  const complete = addFills(work, state.model, note.options.plan.changes)
  await applyWork(context, complete, { ...note.options, isResumed: true })
}

function wantedBy(context: DeployContext, note: MoveNote): readonly Declaration[] {
  const wanted = new Map(context.state().declarations)
  for (const { type, fullName } of note.removed) wanted.delete(componentKey(type, fullName))
  for (const { type, fullName, body } of note.saved) {
    // The note holds bodies that were checked when the deploy was planned.
    wanted.set(componentKey(type, fullName), { type, fullName, body } as Declaration)
  }
  return [...wanted.values()]
}

/** The columns that really stand in the database: those that were added already are not added again. */
async function presentNow(context: DeployContext): Promise<PresentColumns> {
  const shapes = await context.storage.tables()
  const tables = new Map(
    shapes.map((table) => [table.name, new Set(table.columns.map((column) => column.name))]),
  )
  return {
    hasTable: (table) => tables.has(table),
    hasColumn: (table, column) => tables.get(table)?.has(column) === true,
  }
}
