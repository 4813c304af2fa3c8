/** Puts the engine together: storage, model, records, identity, application. The tests start here too. */
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { createAuth, type Auth } from '../auth/auth.ts'
import type { FirstAdministrator } from '../auth/first-administrator.ts'
import {
  previewAccess,
  type PreviewInput,
  type PreviewParts,
} from '../auth/preview/preview-access.ts'
import { ensureOrganization } from '../auth/organization.ts'
import { systemCaller } from '../auth/system-caller.ts'
import { newestApiVersionText } from '../base/api-versions.ts'
import {
  createAutomation,
  createSaveAutomation,
  type Automation,
  type SaveAutomation,
} from '../automation/automation.ts'
import { createFileContents, type FileContents } from '../automation/files/file-contents.ts'
import { createMailer, type Mailer } from '../automation/messages/mailer.ts'
import { createTemplateComponents } from '../automation/plans/exchange/template-components.ts'
import { blockRowsOf } from '../automation/plans/plan-hooks.ts'
import { createProcesses } from '../automation/processes/processes.ts'
import type { Clock, RandomBytes } from '../base/clock.ts'
import { createIdSource } from '../base/record-id.ts'
import { createBulk } from '../bulk/bulk.ts'
import type { Deployer } from '../deploy/deployer.ts'
import { createPackages, type Packages } from '../deploy/package/packages.ts'
import { createSearchIndexes, type SearchIndexes } from '../deploy/search-index.ts'
import { cleanHtml } from '../fields/clean-html.ts'
import { createEncryption } from '../fields/encryption.ts'
import { createApp, type App } from '../http/app.ts'
import { StreamingClients } from '../http/cometd/streaming-clients.ts'
import { createEventStreams } from '../http/event-streams.ts'
import { createStaticFiles } from '../http/static-files.ts'
import { createChangeEvents, type ChangeEvents } from '../events/change-events.ts'
import { createPushTopics, type PushTopics } from '../events/push-topics.ts'
import { createWatchedObjects, type WatchedObjects } from '../events/watched-objects.ts'
import { createGuesses } from '../http/guesses.ts'
import { createMetrics } from '../http/metrics.ts'
import { createUsage } from '../http/usage.ts'
import { createHooks, type Hooks } from '../hooks/hooks.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { createSealer } from '../ledger/seal.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import { createLegalHolds } from '../records/legal-holds.ts'
import { createRecords } from '../records/create-records.ts'
import { createRecentViews } from '../records/recent-views.ts'
import { createSavedAnswers } from '../records/saved-answers.ts'
import type { Caller, Records } from '../records/records.ts'
import { databaseBytes } from '../storage/database-bytes.ts'
import { openFiles } from '../storage/files/open-files.ts'
import type { Storage } from '../storage/storage.ts'
import type { Settings } from '../settings.ts'
import { hasWebhook } from '../webhooks/webhook-models.ts'
import { createWebhooks, type Webhooks } from '../webhooks/webhooks.ts'
import { restoringTable } from './backup/restoring-mark.ts'
import { bootDeployer } from './boot-deployer.ts'
import { loadEncryptionKeys, StartError } from './encryption-key-file.ts'
import { findHome } from './find-home.ts'
import { furnish } from './furnish.ts'

export interface AssembleOptions {
  readonly settings: Settings
  readonly storage: Storage
  /** The folder that holds `dist/ui` and `templates`. */
  readonly home: string
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly log: Logger
}

export interface Engine {
  readonly app: App
  readonly storage: Storage
  readonly deployer: Deployer
  readonly records: Records
  readonly searchIndexes: SearchIndexes
  readonly auth: Auth
  readonly hooks: Hooks
  readonly changeEvents: ChangeEvents
  readonly webhooks: Webhooks
  readonly pushTopics: PushTopics
  readonly packages: Packages
  readonly automation: Automation
  readonly contents: FileContents
  /** Set when this start made the first sign-in. */
  readonly firstAdministrator: FirstAdministrator | undefined
  /** From now on requests are refused; streams end. */
  drain(): void
  close(): Promise<void>
}

export async function assemble(options: AssembleOptions): Promise<Engine> {
  const { storage, clock, randomBytes, log, settings } = options
  const reportError = (error: unknown): void => log.error({ err: error }, 'beside a request')
  const basics = await basicParts(options, await holdsNothing(storage))
  const { ledger, services, contents } = basics
  const deploying = { metadataDir: settings.metadataDir, randomBytes, log }
  const deployer = await bootDeployer({ ...deploying, ...basics })
  const models = deployer.store
  const searchIndexes = await createSearchIndexes({ storage, clock, models, log })
  const watched = createWatchedObjects({ models, clock })
  const changeEvents = await changeEventsOf({ ...basics, reportError, models, watched })
  const hooks = await createHooks({ ...hookFiles(settings), models, log })
  const automatic = await createSaveAutomation({ ...basics, models, hooks, watched, reportError })
  const saving = { models, searchIndexes, hooks: automatic.hooks, changeLog: changeEvents }
  const records = await createRecords({ ...basics, ...saving, reportError })
  records.onChange(() => searchIndexes.noteChange())
  const organization = await ensureOrganization(records, models)
  const common = { storage, records, models, clock, randomBytes, reportError }
  // Known before anything is saved, or its changes would not be written down.
  const pushTopics = await createPushTopics({ ...common, watched, system: systemOf(models) })
  const outside = { ...addressesOf(settings), organizationId: organization.id }
  const auth = await createAuth({ ...common, ...automatic.messages, ledger, services, ...outside })
  const parts = { records, deployer, auth, clock, log, contents }
  const firstAdministrator = await furnish(options, parts, organization.isNew)
  const beside = { ...basics, ...common, ...parts, changeEvents, ...outsideOf(settings) }
  const automation = automationOf(beside, automatic)
  const work = { ...(await startWork({ ...beside, automation })), hooks, changeEvents, pushTopics }
  // In this order: what works for others ends before them.
  const closing = [...ending(work, beside), automatic.log, searchIndexes, deployer, storage]
  let serving = true
  const streams = createEventStreams({ ...common, ...automatic.messages, auth })
  const app = createApp({
    ...parts,
    automation,
    ...work,
    ledger,
    ...(await keptForUsers({ ...basics, ...common, deployer, actions: automation.actions })),
    organization,
    streams,
    ...edgeParts(options, automation),
    ready: () => serving && storage.health().writable,
    serving: () => serving,
  })
  return {
    ...parts,
    ...work,
    automation,
    app,
    storage,
    searchIndexes,
    firstAdministrator,
    drain: () => {
      serving = false
      streams.close()
    },
    close: async () => {
      streams.close()
      for (const part of closing) await part.close()
    },
  }
}

type HeardParts = Omit<Parameters<typeof createChangeEvents>[0], 'alsoWants'> & {
  readonly models: { current(): Model }
  readonly watched: WatchedObjects
}

/** Of objects that say so, and of those that a webhook or a push topic looks at. */
function changeEventsOf({ models, watched, ...parts }: HeardParts): Promise<ChangeEvents> {
  const alsoWants = (object: ObjectModel): boolean =>
    watched.has(object) || hasWebhook(models.current(), object)
  return createChangeEvents({ ...parts, alsoWants })
}

/** What stands beside the records, and what is asked about users. */
async function keptForUsers(
  parts: Parameters<typeof createRecentViews>[0] &
    Parameters<typeof createLegalHolds>[0] &
    Parameters<typeof createSavedAnswers>[0] &
    Parameters<typeof createProcesses>[0] &
    PreviewParts,
) {
  return {
    legalHolds: createLegalHolds(parts),
    recent: await createRecentViews(parts),
    savedAnswers: await createSavedAnswers(parts),
    processes: await createProcesses(parts),
    accessPreview: (input: PreviewInput) => previewAccess(parts, input),
  }
}

interface Closable {
  close(): void | Promise<void>
}

/** Work first, then what it reaches the world by. */
function ending(
  work: Readonly<Record<string, Closable>>,
  { mailer }: { readonly mailer: Mailer | undefined },
): readonly Closable[] {
  return [...Object.values(work), ...(mailer === undefined ? [] : [mailer])]
}

type WorkParts = Omit<Parameters<typeof createBulk>[0], 'callerOf'> &
  Omit<Parameters<typeof createPackages>[0], 'recordComponents'> &
  Parameters<typeof createWebhooks>[0] & { readonly auth: Auth; readonly contents: FileContents }

/** What goes on beside requests. */
async function startWork(parts: WorkParts & { readonly automation: Automation }) {
  const callerOf = callersOf(parts.auth)
  const recordComponents = createTemplateComponents({ ...parts, callerOf })
  const packages = await createPackages({ ...parts, recordComponents })
  await packages.resume()
  const otherJobs = parts.automation.jobs
  return {
    packages,
    bulk: await createBulk({ ...parts, blockRowsOf, callerOf, otherJobs }),
    webhooks: await createWebhooks(parts),
  }
}

function automationOf(
  parts: WorkParts & { readonly mailer: Mailer | undefined; readonly ledger: Ledger },
  saving: SaveAutomation,
): Automation {
  const { auth, models, deployer } = parts
  const system = systemOf(models)
  const { writers } = auth.forgottenPasswords
  const callerOf = callersOf(auth)
  const automation = createAutomation({ ...parts, saving, writers, callerOf, system })
  // Another schedule, rule or flow counts from its deploy on.
  deployer.store.onSwap(() => automation.wake())
  return automation
}

/** Links in e-mails never begin with what a request says, which whoever asks for them writes. */
function addressesOf({ webhookHosts = [], mail, publicUrl }: Settings) {
  return { hosts: webhookHosts, linkBase: mail && publicUrl }
}

/** What work beside requests reaches of the world. */
function outsideOf({ webhookHosts = [], mail }: Settings) {
  return { hosts: webhookHosts, mailer: mail && createMailer(mail) }
}

function edgeParts(
  { home, clock, randomBytes, settings, storage }: AssembleOptions,
  automation: Automation,
) {
  const usage = createUsage(clock)
  const requestId = requestIds(randomBytes)
  const sizeOf = (): Promise<number> => databaseBytes(storage)
  return {
    files: createStaticFiles(join(home, 'dist', 'ui'), clock),
    usage,
    guesses: createGuesses(clock),
    databaseBytes: sizeOf,
    metrics: createMetrics({
      jobsStopped: () => automation.scheduled().stopped(),
      databaseBytes: sizeOf,
      requestsLeft: usage.remaining,
    }),
    requestId,
    streamingClients: new StreamingClients(requestId),
    publicUrl: settings.publicUrl,
  }
}

/** Code stands beside the metadata, not in it. */
function hookFiles({ metadataDir }: Settings) {
  return {
    folder: join(dirname(metadataDir), 'hooks'),
    workerFile: join(findHome(import.meta.url), 'engine', 'hooks', 'hook-worker.ts'),
  }
}

/** Refuses a database that holds a part of an organisation. */
async function holdsNothing(storage: Storage): Promise<boolean> {
  const tables = await storage.tableNames()
  if (tables.has(restoringTable.name)) {
    const advice = 'run `fieldstone restore` again; it takes away what is there'
    throw new StartError(`A restore into this database did not come to its end: ${advice}.`)
  }
  return tables.size === 0
}

function systemOf(models: { current(): Model }) {
  return (): Caller => systemCaller(models.current())
}

/** Users as callers of work that goes on without a request. */
function callersOf(auth: Auth) {
  return async (userId: string, limitedTo?: string): Promise<Caller | undefined> =>
    (await auth.userById(userId, limitedTo))?.caller('bulk', newestApiVersionText)
}

/** What all parts are made of. */
async function basicParts(
  { storage, clock, randomBytes, settings }: AssembleOptions,
  isNew: boolean,
) {
  const keys = await loadEncryptionKeys({
    file: settings.encryptionKeyFile,
    randomBytes,
    mayMake: isNew,
  })
  const ids = createIdSource(clock, randomBytes)
  const services = { ...createEncryption(keys, randomBytes), cleanHtml }
  const ledger = await createLedger({ storage, clock, ids, sealer: createSealer(keys) })
  const store = openFiles(settings.files)
  const contents = await createFileContents({ storage, store, clock, randomBytes })
  return { storage, clock, ids, services, ledger, contents }
}

const requestIdBytes = 4

/** Short, different after every start, easy to read out on the telephone. */
function requestIds(randomBytes: RandomBytes): () => string {
  const start = Buffer.from(randomBytes(requestIdBytes)).toString('hex')
  let count = 0
  return () => {
    count += 1
    return `${start}-${count}`
  }
}
