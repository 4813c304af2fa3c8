/** Applies prepared work: phases before, one transaction that switches, phases after, then the files. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Declaration } from '../model/declaration.ts'
import { memberTypeNames } from '../model/metadata-types.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { recomputeAbove } from '../roll-ups/recompute-roll-ups.ts'
import { StorageError } from '../storage/storage-error.ts'
import type { Transaction } from '../storage/storage.ts'
import { auditPlan } from './audit-plan.ts'
import { finishBackfill, runBackfill, type BackfillRun } from './backfill.ts'
import { writeComponentRows } from './component-rows.ts'
import { hashOf, loadVersion, withBases } from './component-store.ts'
import { computeSummaries, forgetProgress } from './compute-summaries.ts'
import type { DeployContext } from './context.ts'
import type { DeployState } from './deploy-state.ts'
import type { DeployWork } from './deploy-work.ts'
import { createTablesFirst, dropFirstTables, noteOf } from './first-tables.ts'
import { writeJournal, type JournalUndo } from './journal.ts'
import { beginMove, beginIndexes, buildIndexes, endMove, abandonMove } from './phases.ts'
import type { Author, DeploySource, Plan } from './plan.ts'
import { addTables, changeRows, settleTables, takeVersion } from './run-deploy.ts'
import { movedIds, runValueMove, type MoveContext, type ValueMove } from './value-moves.ts'

export interface ApplyOptions {
  readonly plan: Pick<Plan, 'id' | 'summary' | 'told' | 'changes' | 'steps'>
  readonly by: Author
  readonly source: DeploySource
  /** The journal entry that this deploy takes back. */
  readonly reverts?: number | undefined
  /** The columns are there already: a deploy goes on that was cut short. */
  readonly isResumed?: boolean
}

/** Gives the number of the journal entry. The caller holds the deploy lock. */
export async function applyWork(
  context: DeployContext,
  work: DeployWork,
  options: ApplyOptions,
): Promise<number> {
  const number = await toTheSwitch(context, work, options)
  context.failpoint('deploy: committed')
  await context.storage.notify(modelChannel, String(work.base + 1))
  await buildIndexes(context)
  return number
}

async function toTheSwitch(
  context: DeployContext,
  planned: DeployWork,
  options: ApplyOptions,
): Promise<number> {
  const run: BackfillRun = { context, now: context.state().model, wanted: planned.wanted }
  let number = 0
  try {
    const work = await createTablesFirst(context, planned, options.plan.id)
    if (work.backfills.length + work.summaries.size > 0) await moveValues(run, work, options)
    await context.storage.write(async (tx) => {
      number = await switchModel(tx, run, { work, options })
    })
  } catch (error) {
    await abandonMove(context, options.plan.id)
    await dropFirstTables(context)
    throw asRefusal(error)
  }
  return number
}

export const modelChannel = 'fs_model'

/** New columns are added and filled while the old model serves; the last rows follow in the switch. */
async function moveValues(
  run: BackfillRun,
  work: DeployWork,
  options: ApplyOptions,
): Promise<void> {
  const { context } = run
  if (options.isResumed !== true) {
    await context.storage.write(async (tx) => {
      await requireVersion(tx, work)
      await addTables(tx, work.tables)
      await beginMove(tx, work, options)
    })
  }
  context.failpoint('deploy: move begun')
  for (const backfill of work.backfills) await runBackfill(run, backfill)
  await computeSummaries(context, work)
  context.failpoint('deploy: values moved')
}

async function requireVersion(tx: Transaction, work: DeployWork): Promise<void> {
  if ((await loadVersion(tx)) === work.base) return
  throw refuse(
    'MODEL_CHANGED',
    message('the model has changed since this plan was made; plan again'),
  )
}

async function switchModel(
  tx: Transaction,
  run: BackfillRun,
  { work, options }: { readonly work: DeployWork; readonly options: ApplyOptions },
): Promise<number> {
  const { context } = run
  const state = context.state()
  await takeVersion(tx, work)
  context.failpoint('deploy: version taken')
  if (work.backfills.length === 0) await addTables(tx, work.tables)
  for (const backfill of work.backfills) await finishBackfill(tx, run, backfill)
  await settleTables(tx, work.tables)
  context.failpoint('deploy: tables settled')
  await changeRows(tx, work)
  const at = context.clock.now()
  const { by, source, plan, reverts } = options
  const rows = {
    before: state.model,
    wanted: work.wanted,
    renames: work.renames,
    by,
    at,
    ids: context.ids,
  }
  await writeComponentRows(tx, work.saved, rows)
  context.failpoint('deploy: rows written')
  const undo = undoOf(state, work)
  const version = work.base + 1
  const number = await writeJournal(tx, { version, at, by, source, plan, undo, reverts })
  await auditPlan(context.ledger, tx, { plan, by, source, number })
  const moving = { wanted: work.wanted, entry: number, at }
  for (const move of work.valueMoves) {
    await runValueMove(tx, move, moving)
    context.failpoint('deploy: value replaced')
    await recomputeMoved(tx, move, moving)
  }
  await forgetProgress(tx)
  await endMove(tx, plan.id)
  await endMove(tx, noteOf(plan.id))
  await beginIndexes(tx, work)
  await context.alongside?.(tx, work.wanted)
  context.failpoint('deploy: before commit')
  tx.afterCommit(() => context.advance(nextState(state, work), touchedObjects(work)))
  return number
}

/** Summaries whose conditions name the field, over the records whose values moved. */
async function recomputeMoved(
  tx: Transaction,
  move: ValueMove,
  { wanted, entry }: MoveContext,
): Promise<void> {
  const object = wanted.object(move.object)
  const field = object?.fieldsByName.get(move.field.toLowerCase())
  if (object === undefined || field === undefined) return
  const columns = new Set([...field.columns.values()].map((column) => column.name.name))
  const ids = movedIds(move, entry)
  await recomputeAbove(tx, wanted, { table: object.table.name, columns, ids })
}

/** A unique value that occurs twice is found by the index at the latest. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof StorageError) || error.kind !== 'unique') return error
  const told = message(
    'a field cannot become unique: a value occurs more than once; plan again to see where',
  )
  return refuse('DEPLOY_REFUSED', told)
}

function undoOf(state: DeployState, work: DeployWork): JournalUndo {
  const hash = (declaration: Declaration | undefined): string | null =>
    declaration === undefined ? null : hashOf(declaration.body)
  const oldObjects = new Map([...work.renames.objects].map(([from, to]) => [to, from]))
  const oldOthers = new Map([...work.renames.others].map(([from, to]) => [to, from]))
  const saved = work.saved.map((declaration) => {
    const { type, fullName } = declaration
    const key = componentKey(type, fullName)
    const oldKey =
      type === 'CustomObject'
        ? componentKey(type, oldObjects.get(fullName) ?? fullName)
        : (oldOthers.get(key) ?? key)
    const before = hash(state.declarations.get(oldKey))
    const from = oldKey === key ? {} : { from: oldKey.slice(type.length + 1) }
    return { type, fullName, ...from, before, after: hash(declaration) }
  })
  const renamedAway = new Set(
    [...oldObjects.values()].map((name) => componentKey('CustomObject', name)),
  )
  for (const key of oldOthers.values()) renamedAway.add(key)
  const removed = work.removed
    .filter(({ type, fullName }) => !renamedAway.has(componentKey(type, fullName)))
    .map(({ type, fullName }) => {
      const before = hash(state.declarations.get(componentKey(type, fullName)))
      return { type, fullName, before, after: null }
    })
  const renamedFields = [...work.renames.fields].flatMap(([object, names]) => {
    const wantedObject = work.renames.objects.get(object) ?? object
    return [...names].map(([from, to]) => [`${object}.${from}`, `${wantedObject}.${to}`] as const)
  })
  return {
    components: [...saved, ...removed],
    renamedObjects: [...work.renames.objects],
    renamedFields,
    renamedMembers: [...work.renames.others].filter(([key]) => isMember(key)),
    replaced: replacedFields(work),
  }
}

/** Each field once whose values the entry replaced. */
function replacedFields(work: DeployWork): readonly (readonly [string, string])[] {
  const fields = work.valueMoves.map((move) => [move.object, move.field] as const)
  return [...new Map(fields.map((pair) => [pair.join('.'), pair])).values()]
}

function isMember(key: string): boolean {
  return memberTypeNames.includes(key.slice(0, key.indexOf(' ')))
}

function nextState(state: DeployState, work: DeployWork): DeployState {
  const declarations = new Map(state.declarations)
  const hashes = new Map(state.hashes)
  for (const { type, fullName } of work.removed) {
    declarations.delete(componentKey(type, fullName))
    hashes.delete(componentKey(type, fullName))
  }
  for (const declaration of work.saved) {
    const key = componentKey(declaration.type, declaration.fullName)
    declarations.set(key, declaration)
    hashes.set(key, hashOf(declaration.body))
  }
  const keptBindings = new Map(state.keptBindings)
  for (const [name, binding] of work.boundAnew) {
    if (binding.state === 'kept') keptBindings.set(name, binding)
    else keptBindings.delete(name)
  }
  return {
    ...state,
    version: work.base + 1,
    model: work.wanted,
    declarations,
    hashes,
    bindings: work.bindings,
    keptBindings,
    bases: withBases(state.bases, work.bases),
  }
}

/** Objects whose screens must be drawn anew. */
function touchedObjects(work: DeployWork): readonly string[] {
  const names = new Set<string>()
  for (const { type, fullName } of [...work.saved, ...work.removed]) {
    if (type === 'CustomObject') names.add(fullName)
    else if (type === 'Layout') names.add(fullName.split('-', 1)[0] ?? fullName)
  }
  return [...names].sort()
}
