/** What the application is made of; `assemble` fills it. */
import type { Logger } from 'pino'
import type { Auth } from '../auth/auth.ts'
import type { AccessPreview, PreviewInput } from '../auth/preview/preview-access.ts'
import type { OrganizationInfo } from '../auth/organization.ts'
import type { Automation } from '../automation/automation.ts'
import type { FileContents } from '../automation/files/file-contents.ts'
import type { Processes } from '../automation/processes/processes.ts'
import type { Clock } from '../base/clock.ts'
import type { Bulk } from '../bulk/bulk.ts'
import type { Deployer } from '../deploy/deployer.ts'
import type { Packages } from '../deploy/package/packages.ts'
import type { ChangeEvents } from '../events/change-events.ts'
import type { PushTopics } from '../events/push-topics.ts'
import type { Hooks } from '../hooks/hooks.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { LegalHolds } from '../records/legal-holds.ts'
import type { RecentViews } from '../records/recent-views.ts'
import type { Records } from '../records/records.ts'
import type { SavedAnswers } from '../records/saved-answers.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import type { StreamingClients } from './cometd/streaming-clients.ts'
import type { EventStreams } from './event-streams.ts'
import type { Guesses } from './guesses.ts'
import type { Metrics } from './metrics.ts'
import type { Edge } from './route.ts'
import type { StaticFiles } from './static-files.ts'
import type { Usage } from './usage.ts'

/** Everything that routes are made of. */
export interface AppParts {
  readonly records: Records
  readonly automation: Automation
  readonly bulk: Bulk
  readonly contents: FileContents
  readonly hooks: Hooks
  readonly changeEvents: ChangeEvents
  readonly pushTopics: PushTopics
  readonly webhooks: Webhooks
  readonly ledger: Ledger
  readonly legalHolds: LegalHolds
  readonly processes: Processes
  readonly recent: RecentViews
  readonly savedAnswers: SavedAnswers
  readonly deployer: Deployer
  readonly packages: Packages
  readonly auth: Auth
  /** Who gains and loses what by a change that is not made yet. */
  readonly accessPreview: (input: PreviewInput) => Promise<AccessPreview>
  readonly organization: OrganizationInfo
  readonly files: StaticFiles
  readonly streams: EventStreams
  readonly streamingClients: StreamingClients
  readonly usage: Usage
  readonly guesses: Guesses
  readonly metrics: Metrics
  readonly databaseBytes: () => Promise<number>
  readonly clock: Clock
  readonly log: Logger
  readonly requestId: () => string
  /** The address that people type, where it is not the one of the request (behind a proxy). */
  readonly publicUrl: string | undefined
  /** False while nothing can be saved, or the server stops. */
  readonly ready: () => boolean
  /** False once the server stops: new requests are refused. */
  readonly serving: () => boolean
}

/** The application itself answers, as if the request had come from outside: for APIs that are another one in other words. */
export type AskItself = (request: Request, bindings: Edge['Bindings']) => Promise<Response>

export interface RouteParts extends AppParts {
  readonly ask: AskItself
}
