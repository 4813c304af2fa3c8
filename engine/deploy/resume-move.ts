/** Deploys in several steps: begun, and gone on with, at once or after a crash. */
import type { Declaration } from '../model/declaration.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { applyWork, modelChannel, type ApplyOptions } from './apply-plan.ts'
import { stateWith } from './arriving.ts'
import type { DeployContext } from './context.ts'
import type { PresentColumns } from './ddl.ts'
import { addFills } from './default-fills.ts'
import type { DeployState } from './deploy-state.ts'
import type { DeployWork } from './deploy-work.ts'
import { createTablesFirst } from './first-tables.ts'
import { beginMove, interruptedMove, renamesOf, type MoveNote } from './phases.ts'
import { prepareWork } from './prepare-work.ts'
import { addTables, takeVersion } from './run-deploy.ts'

/** Applies prepared work; where summaries are to be computed, all writers begin to keep them first. */
export async function applyPlanned(
  context: DeployContext,
  planned: DeployWork,
  options: ApplyOptions,
): Promise<number> {
  if (planned.summaries.size === 0) return applyWork(context, planned, options)
  const work = await createTablesFirst(context, planned, options.plan.id)
  const arriving = { model: work.wanted, fields: work.summaries }
  const next = stateWith(context.state(), work.base + 1, arriving)
  await context.storage.write(async (tx) => {
    await takeVersion(tx, work)
    await addTables(tx, work.tables)
    await beginMove(tx, { ...planned, base: next.version }, options)
    tx.afterCommit(() => context.advance(next, []))
  })
  await context.storage.notify(modelChannel, String(next.version))
  context.failpoint('deploy: move begun')
  const number = await resumeMove(context)
  if (number === undefined) throw new Error('a deploy that had begun was not found again')
  return number
}

/** Gives the number of the journal entry; undefined when nothing was interrupted. */
export async function resumeMove(context: DeployContext): Promise<number | undefined> {
  const interrupted = await interruptedMove(context)
  if (interrupted === undefined) return undefined
  const { note } = interrupted
  const state = context.state()
  if (note.base !== state.version)
    throw new Error('an interrupted deploy belongs to another version')
  const work = await workOf(context, state, note)
  context.log.info({ summary: note.options.plan.summary }, 'goes on with a deploy')
  if (work.summaries.size > 0) context.advance(arrivalsOf(state, work), [])
  const complete = addFills(work, state.model, note.options.plan.changes)
  return applyWork(context, complete, { ...note.options, isResumed: true })
}

/** The state of the database as another node left it, with the summaries that are on their way there. */
export async function withArrivals(
  context: DeployContext,
  state: DeployState,
): Promise<DeployState> {
  const interrupted = await interruptedMove(context)
  if (interrupted === undefined || interrupted.note.base !== state.version) return state
  return arrivalsOf(state, await workOf(context, state, interrupted.note))
}

function arrivalsOf(state: DeployState, work: DeployWork): DeployState {
  if (work.summaries.size === 0) return state
  return stateWith(state, state.version, { model: work.wanted, fields: work.summaries })
}

async function workOf(
  context: DeployContext,
  state: DeployState,
  note: MoveNote,
): Promise<DeployWork> {
  const resumed = { bindings: new Map(note.bindings), present: await presentNow(context) }
  const { work, problems } = prepareWork(state, {
    wanted: wantedBy(state, note),
    renames: renamesOf(note),
    resumed,
    valueMoves: note.valueMoves,
  })
  if (work === undefined) {
    throw new Error(`an interrupted deploy does not compile: ${problems[0]?.reason ?? ''}`)
  }
  return work
}

function wantedBy(state: DeployState, note: MoveNote): readonly Declaration[] {
  const wanted = new Map(state.declarations)
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
