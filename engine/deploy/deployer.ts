/** Brings tables, model and files together: plans, applies, takes back, follows the folder. */
import { message, type Message } from '../base/message.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import { refuse } from '../base/refusal.ts'
import type { SourceProblem } from '../model/declaration.ts'
import { memberBody } from '../model/members.ts'
import type { Model } from '../model/model.ts'
import { splitMember } from '../model/metadata-types.ts'
import { componentKey } from '../model/resolve-mention.ts'
import { sql } from '../sql/sql.ts'
import { modelChannel, type ApplyOptions } from './apply-plan.ts'
import { loadApplied, loadVersion, readBody } from './component-store.ts'
import { catchUp } from './catch-up.ts'
import type { Alongside, DeployContext, DeployerOptions } from './context.ts'
import { createDeployLock, type DeployLock } from './deploy-lock.ts'
import type { DeployWork } from './deploy-work.ts'
import { stateOf, type DeployState } from './deploy-state.ts'
import { dropFirstTables } from './first-tables.ts'
import { createFolderSync, type FolderSync, type PendingReport } from './folder-sync.ts'
import { readJournalDetail } from './journal-files.ts'
import { readJournal } from './journal.ts'
import { makePlan, type Prepared } from './make-plan.ts'
import { createModelStore, type ModelStore } from './model-store.ts'
import { buildIndexes } from './phases.ts'
import { createPlanShelf } from './plan-shelf.ts'
import { prepareWhileIdle } from './prepare-while-idle.ts'
import type {
  Author,
  ComponentChange,
  DeploySource,
  JournalDetail,
  JournalEntry,
  Plan,
} from './plan.ts'
import { legalHoldTable } from './held-records.ts'
import { keptData, purgeKept, type KeptData } from './purge.ts'
import { requestedDeclarations } from './requested-declarations.ts'
import { applyPlanned, resumeMove, withArrivals } from './resume-move.ts'
import { wishBack } from './revert.ts'
import { searchTables } from './search-tables.ts'
import { wordTables } from './search-words.ts'
import { modelVersionKey, sequenceTable, systemTables } from './system-tables.ts'
import { readUsage, type Usage } from './usage.ts'
import { findWrong, repairAll, type WrongSummary } from '../roll-ups/recompute-roll-ups.ts'
import { verifyTables } from './verify-tables.ts'

export interface BootReport {
  readonly version: number
  /** The entry of what was taken from the files at the start. */
  readonly applied: JournalEntry | undefined
  readonly problems: readonly SourceProblem[]
}

export interface ApplyRequest {
  readonly consent: boolean
  readonly by: Author
  readonly source: DeploySource
  readonly alongside?: Alongside
}

export interface Planned extends Pick<DeployWork, 'wanted' | 'saved' | 'tables'> {
  readonly now: Model
}

export type AppliedComponents = Pick<
  DeployState,
  'version' | 'installation' | 'declarations' | 'hashes'
>

export interface Deployer {
  readonly store: ModelStore
  /** Ends interrupted work, brings files and database together, begins to watch the folder. */
  boot(): Promise<BootReport>
  /** Makes the first change as fast as those that follow; in small steps beside the requests. */
  prepare(): Promise<void>
  plan(changes: readonly ComponentChange[], by: Author): Promise<Plan>
  planById(id: string): Plan
  /** What is in force and what would be after a plan; refused where the plan cannot be applied, or no longer. */
  planned(id: string): Planned
  apply(planId: string, request: ApplyRequest): Promise<JournalEntry>
  journal(before?: number): Promise<readonly JournalEntry[]>
  /** Undefined when there is none of this number. */
  journalEntry(number: number): Promise<JournalDetail | undefined>
  revert(
    number: number,
    request: ApplyRequest & { readonly dryRun: boolean },
  ): Promise<Plan | JournalEntry>
  /** What the files wait with, what is wrong in them, and what was changed on both sides. */
  pending(): Promise<PendingReport>
  problems(): readonly SourceProblem[]
  usage(object: string): Promise<Usage>
  /** All components in force, with what tells their state from others. */
  applied(): AppliedComponents
  /** A body that was in force once, by its hash; undefined when there was none. */
  formerBody(hash: string): Promise<unknown>
  /** The JSON of a component or member; undefined when there is none. */
  component(type: string, fullName: string): unknown
  /** Data of deleted fields and objects that could be purged. */
  kept(): readonly KeptData[]
  /** Destroys that data for good. */
  purge(object: string, field?: string): Promise<void>
  /** How the real tables differ from the shape of the model, in words. */
  verify(): Promise<readonly string[]>
  /** Roll-up summaries that are not what their children make them, at most so many. */
  wrongSummaries(max: number): Promise<readonly WrongSummary[]>
  /** Computes every roll-up summary anew; gives the number of records that were wrong. */
  repairSummaries(): Promise<number>
  /** Looks at the folder now, without waiting for the watcher. */
  syncFiles(): Promise<PendingReport>
  close(): Promise<void>
}

const deployTables = [
  ...systemTables,
  sequenceTable,
  legalHoldTable,
  ...searchTables,
  ...wordTables,
]

export async function createDeployer(options: DeployerOptions): Promise<Deployer> {
  const { storage } = options
  await ensureTables(storage, deployTables)
  await ensureState(options)
  const context = createContext(options, stateOf(await loadApplied(storage)))
  const { store } = context
  const shelf = createPlanShelf(options.clock)
  const { hold: lock, close: unlock } = createDeployLock(storage, () => followDatabase(context))
  const folder = createFolderSync(context, { lock, keep: (prepared) => shelf.put(prepared) })
  const stopListening = listenToNodes(context, lock)
  let closed = false
  return {
    store,
    boot: () => boot(context, folder, lock),
    prepare: () => prepareWhileIdle(store, () => !closed),
    plan: async (changes) => {
      const prepared = await planChanges(context, changes)
      shelf.put(prepared)
      return prepared.plan
    },
    planById: (id) => required(shelf.get(id), id).plan,
    planned: (id) => plannedBy(context, required(shelf.get(id), id)),
    apply: (planId, request) =>
      lock(async () =>
        applyPrepared(context, folder, { prepared: required(shelf.get(planId), planId), request }),
      ),
    journal: (before) => readJournal(storage, before),
    journalEntry: (number) => readJournalDetail(storage, number),
    revert: (number, request) =>
      lock(async () => {
        const prepared = await makePlan(context, await wishBack(context, number))
        if (request.dryRun) {
          shelf.put(prepared)
          return prepared.plan
        }
        return applyPrepared(context, folder, { prepared, request, reverts: number })
      }),
    pending: () => folder.pending(),
    problems: () => folder.problems(),
    usage: (object) => readUsage(context, object),
    applied: () => context.state(),
    formerBody: (hash) => readBody(storage, hash),
    component: (type, fullName) => componentBody(context.state(), type, fullName),
    kept: () => keptData(context.state()),
    purge: (object, field) => lock(() => purgeKept(context, object, field)),
    verify: () => verifyTables(storage, context.state()),
    wrongSummaries: (max) => findWrong(storage, store.current(), max),
    repairSummaries: () => lock(() => repairAll(storage, store)),
    syncFiles: () => folder.sync(),
    close: async () => {
      closed = true
      stopListening()
      folder.close()
      await unlock()
    },
  }
}

/** What the parts share; `advance` is the one place that moves the state. */
function createContext(options: DeployerOptions, first: DeployState): DeployContext {
  let state = first
  const store = createModelStore(first.model)
  return {
    ...options,
    failpoint: options.failpoint ?? (() => undefined),
    store,
    state: () => state,
    advance: (next, objects) => {
      state = next
      store.swap(next.model, objects)
    },
  }
}

/** Takes over what other nodes deploy; answers the function that ends it. */
function listenToNodes(context: DeployContext, lock: Lock): () => void {
  let closed = false
  const stop = context.storage.listen(modelChannel, (version) => {
    // Every node hears of its own deploys too; an empty message means that some may have been missed.
    if (version === String(context.state().version)) return
    lock(async () => undefined).catch((error: unknown) => {
      if (closed) return
      context.log.error({ err: error }, 'the model of another node could not be taken over')
    })
  })
  return () => {
    closed = true
    stop()
  }
}

/** The first start of a database: version 0, and a mark that tells it from any other. */
async function ensureState({ storage, randomBytes }: DeployerOptions): Promise<void> {
  const installation = Buffer.from(randomBytes(12)).toString('base64url')
  await storage.write(async (tx) => {
    await tx.run(
      sql`insert into fs_state (key, value) values (${modelVersionKey}, '0') on conflict (key) do nothing`,
    )
    await tx.run(
      sql`insert into fs_state (key, value) values ('installation', ${installation}) on conflict (key) do nothing`,
    )
  })
}

/** Another node may have deployed meanwhile: its model is taken from the database. */
async function followDatabase(context: DeployContext): Promise<void> {
  const state = context.state()
  if ((await loadVersion(context.storage)) === state.version) return
  const loaded = stateOf(await loadApplied(context.storage), state)
  const next = await withArrivals(context, loaded)
  const names = new Set([...next.model.objectNames, ...state.model.objectNames])
  const objects = [...names].filter((name) => {
    const key = componentKey('CustomObject', name)
    return next.hashes.get(key) !== state.hashes.get(key)
  })
  context.advance(next, objects)
}

type Lock = DeployLock['hold']

async function boot(context: DeployContext, folder: FolderSync, lock: Lock): Promise<BootReport> {
  await lock(async () => {
    await resumeMove(context)
    await dropFirstTables(context)
    await buildIndexes(context)
    await catchUp(context)
  })
  const before = context.state().version
  await folder.start()
  const [newest] = context.state().version === before ? [] : await readJournal(context.storage)
  return { version: context.state().version, applied: newest, problems: folder.problems() }
}

async function planChanges(
  context: DeployContext,
  changes: readonly ComponentChange[],
): Promise<Prepared> {
  const requested = requestedDeclarations(context.state().declarations, changes)
  return makePlan(context, {
    declarations: requested.declarations,
    problems: requested.problems,
    written: requested.written,
    renamedFields: requested.renamedFields,
    renamedOthers: requested.renamedOthers,
    consentForAccess: false,
    valueMoves: requested.valueMoves,
  })
}

function required(prepared: Prepared | undefined, id: string): Prepared {
  if (prepared !== undefined) return prepared
  throw refuse(
    'NOT_FOUND',
    message('there is no plan {id}; plans are kept for half an hour', { id }),
  )
}

function whyNot({ problems }: Plan): Message {
  const [first, ...rest] = problems.map(({ told, reason }) => told ?? reason)
  if (first === undefined) return message('the plan cannot be applied')
  return rest.reduce<Message>(
    (told, more) => message('{told} {more}', { told, more }),
    message('{first}', { first }),
  )
}

interface Application {
  readonly prepared: Prepared
  readonly request: ApplyRequest
  readonly reverts?: number
}

async function applyPrepared(
  context: DeployContext,
  folder: FolderSync,
  { prepared, request, reverts }: Application,
): Promise<JournalEntry> {
  const { plan } = prepared
  const work = workOf(context, prepared)
  if (plan.needsConsent && !request.consent) {
    throw refuse(
      'CONSENT_REQUIRED',
      message('the plan loses data or opens it to more people; apply it with consent'),
      { details: { plan } },
    )
  }
  const options: ApplyOptions = { plan, by: request.by, source: request.source, reverts }
  const { alongside } = request
  const number = await applyPlanned({ ...context, alongside }, work, options)
  await folder.write(work)
  const [entry] = await readJournal(context.storage, number + 1)
  if (entry === undefined) throw new Error(`journal entry ${number} is missing`)
  return entry
}

/** Refuses what cannot be applied, or no longer. */
function workOf(context: DeployContext, { plan, work }: Prepared): DeployWork {
  if (work === undefined) {
    throw refuse('DEPLOY_REFUSED', whyNot(plan), { details: { plan } })
  }
  if (plan.baseVersion !== context.state().version) {
    throw refuse(
      'MODEL_CHANGED',
      message('the model has changed since this plan was made; plan again'),
    )
  }
  return work
}

function plannedBy(context: DeployContext, prepared: Prepared): Planned {
  const { wanted, saved, tables } = workOf(context, prepared)
  return { now: context.state().model, wanted, saved, tables }
}

function componentBody(state: DeployState, type: string, fullName: string): unknown {
  const place = splitMember(type, fullName)
  const key = componentKey(place?.type ?? type, place?.fullName ?? fullName)
  const declaration = state.declarations.get(key)
  if (declaration === undefined || place === undefined) return declaration?.body
  return memberBody(declaration, type, place.member)
}
