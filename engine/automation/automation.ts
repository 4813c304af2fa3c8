/** The parts of automation that others are given. */
import type { Clock } from '../base/clock.ts'
import type { OtherJobs } from '../bulk/bulk.ts'
import type { ScheduledJobs } from '../jobs/scheduled-jobs.ts'
import { createStreamingHooks } from '../events/streaming-hooks.ts'
import type { WatchedObjects } from '../events/watched-objects.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Model } from '../model/model.ts'
import type { RecordHooks } from '../records/hooks/record-hooks.ts'
import type { Models } from '../records/record-parts.ts'
import type { Caller, Records } from '../records/records.ts'
import { ensureTables } from '../storage/engine-tables.ts'
import type { Storage } from '../storage/storage.ts'
import type { ActionValues, InvocableAction } from './actions/action.ts'
import { createActionRegistry, type ActionRegistry } from './actions/action-registry.ts'
import { invokeAction } from './actions/invoke-action.ts'
import { standardActions } from './actions/standard-actions.ts'
import { createAutomationJobs } from './automation-jobs.ts'
import { combineHooks } from './combine-hooks.ts'
import { createContentHooks } from './files/content-hooks.ts'
import type { FileContents } from './files/file-contents.ts'
import { createApprovals, type ApprovalParts, type Approvals } from './approvals/approvals.ts'
import { approvalTables } from './approvals/approval-tables.ts'
import type { UnitServices } from './approvals/approval-unit.ts'
import { createDelegationHooks } from './delegation/delegation-hooks.ts'
import { createMilestoneHooks } from './deadlines/milestone-hooks.ts'
import { processWork } from './deadlines/process-work.ts'
import { recountWork } from './deadlines/recount-work.ts'
import { triggerWork } from './deadlines/trigger-work.ts'
import { createFlowActions } from './flows/flow-actions.ts'
import { createFlowLog, type FlowLog } from './flows/flow-log.ts'
import { createRecordFlows, runPath } from './flows/record-flows.ts'
import { flowTables } from './flows/path-store.ts'
import { pathWork, type PathBatch } from './flows/scheduled-paths.ts'
import { convertedLeadHooks } from './leads/converted-leads.ts'
import { createMessages, type Messages } from './messages/messages.ts'
import type { EmailWriters } from './messages/email-store.ts'
import type { Mailer } from './messages/mailer.ts'
import { tryFlow, type FlowTrial, type TrialOutcome } from './flows/try-flow.ts'
import { previewRetention, type RetentionView } from './retention/retention.ts'
import { createPlanHooks } from './plans/plan-hooks.ts'
import { createAssignment } from './queues/assignment.ts'
import { scheduledWork } from './scheduled-work.ts'

export interface SaveAutomationParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly contents: FileContents
  /** The organisation's own code. */
  readonly hooks: RecordHooks
  readonly watched: WatchedObjects
  readonly reportError: (error: unknown) => void
}

/** What saves start: made before there are records to work with. */
export interface SaveAutomation {
  readonly actions: ActionRegistry
  readonly messages: Messages
  readonly approvals: ApprovalParts
  readonly services: UnitServices
  /** Flows, hooks and plans, in the order in which saves ask them. */
  readonly hooks: RecordHooks
  /** Calls this when something may be due at once. */
  onDue(wake: () => void): void
  readonly log: FlowLog
  /** A path of a flow on some records, in the open unit of work. */
  runPath(batch: PathBatch): Promise<void>
}

export async function createSaveAutomation(parts: SaveAutomationParts): Promise<SaveAutomation> {
  // The tables must be there before anything is saved.
  await ensureTables(parts.storage, [...flowTables, ...approvalTables])
  let onDue = (): void => undefined
  const messages = await createMessages({ ...parts, wake: () => onDue() })
  const log = await createFlowLog(parts)
  const registry: { actions: ActionRegistry | undefined } = { actions: undefined }
  const flows = createFlowActions({
    ids: parts.ids,
    log,
    actions: () => {
      if (registry.actions === undefined) throw new Error('the registry is made with its sources')
      return registry.actions
    },
  })
  const services = {
    ...parts,
    notifications: messages.notifications,
    emails: messages.emails,
    flow: (model: Model, name: string) => flows.find(model, name),
    wake: () => onDue(),
  }
  const approvals = createApprovals(services)
  const milestones = createMilestoneHooks(services)
  const more = [...messages.actions, ...approvals.actions]
  const actions = createActionRegistry([...standardActions, ...more], [flows, messages.alerts])
  registry.actions = actions
  const flowParts = { ...parts, actions, log, wake: () => onDue() }
  const recordFlows = createRecordFlows(flowParts)
  const plans = createPlanHooks(parts)
  const files = createContentHooks(parts)
  // Before a record is written its flows come first, afterwards last, as the platform has it.
  const own = [messages.hooks, approvals.hooks, milestones, createAssignment(parts)]
  // Who may save at all, and what, is asked of what will be saved.
  const delegation = createDelegationHooks(parts.models)
  const guards = [convertedLeadHooks, delegation, createStreamingHooks(parts.watched)]
  const before = [recordFlows, parts.hooks, plans, files, ...own, ...guards]
  return {
    actions,
    log,
    messages,
    approvals,
    services,
    hooks: combineHooks(before, [
      approvals.hooks,
      parts.hooks,
      plans,
      files,
      recordFlows,
      milestones,
      messages.hooks,
    ]),
    onDue: (wake) => {
      onDue = wake
    },
    runPath: (batch) => runPath(flowParts, batch),
  }
}

export interface AutomationParts {
  readonly storage: Storage
  readonly records: Records
  readonly models: Models
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly saving: SaveAutomation
  readonly ledger: Ledger
  readonly callerOf: (userId: string) => Promise<Caller | undefined>
  /** Whom scheduled work is done by. */
  readonly system: () => Caller
  readonly contents: FileContents
  readonly reportError: (error: unknown) => void
  /** Absent: e-mails stay in the outbox. */
  readonly mailer: Mailer | undefined
  /** Of e-mails that are written when they are sent. */
  readonly writers: EmailWriters
}

export interface Automation {
  readonly actions: ActionRegistry
  /** What became of runs of flows. */
  readonly log: FlowLog
  readonly messages: Messages
  readonly approvals: Approvals
  /** Whether e-mails leave the outbox. */
  readonly hasMailer: boolean
  /** In a unit of work of its own. */
  invoke(caller: Caller, action: InvocableAction, inputs: ActionValues): Promise<ActionValues>
  /** What the runner of jobs does for automation. */
  readonly jobs: OtherJobs
  scheduled(): ScheduledJobs
  /** What the rules of retention would do now. */
  previewRetention(): Promise<readonly RetentionView[]>
  /** Something may be due. */
  wake(): void
  /** Nothing of it is kept. */
  tryFlow(caller: Caller, trial: FlowTrial): Promise<TrialOutcome>
}

export function createAutomation(parts: AutomationParts): Automation {
  const { records, models, clock, saving } = parts
  const { actions, log, messages } = saving
  let wake = (): void => undefined
  saving.onDue(() => wake())
  const jobs = createAutomationJobs({
    ...parts,
    work: [
      pathWork({ ...parts, run: saving.runPath }),
      ...messages.work(parts),
      triggerWork({ ...parts, services: saving.services }),
      recountWork({ ...parts, services: saving.services }),
      processWork({ ...parts, services: saving.services }),
    ],
    lookAround: () => log.refresh(),
    jobs: () => scheduledWork.flatMap((source) => source({ ...parts, actions, log })),
    onWake: (given) => {
      wake = given
    },
  })
  return {
    actions,
    log,
    messages,
    approvals: saving.approvals.serve(records),
    hasMailer: parts.mailer !== undefined,
    jobs,
    scheduled: jobs.scheduled,
    previewRetention: () => previewRetention(parts),
    wake: () => wake(),
    tryFlow: (caller, trial) =>
      tryFlow({ ...parts, actions, log, wake: () => wake() }, caller, trial),
    invoke: async (caller, action, inputs) => {
      const [outputs] = await records.together((within, tx) =>
        invokeAction(action, { caller, records: within, tx, models, clock }, [inputs]),
      )
      if (outputs === undefined) throw new Error('one input has one answer')
      return outputs
    },
  }
}
