/** The parts of messages that others are given: what tells people, and how it leaves the house. */
import type { Clock } from '../../base/clock.ts'
import type { RecordHooks } from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { ensureTables } from '../../storage/engine-tables.ts'
import type { Storage } from '../../storage/storage.ts'
import type { InvocableAction } from '../actions/action.ts'
import type { ActionSource } from '../actions/action-registry.ts'
import type { DueWork } from '../due-work.ts'
import { createAssignmentHooks } from './assignment-hooks.ts'
import { emailWork, tidyWork, type MailParts } from './due-work.ts'
import { emailAction } from './email-action.ts'
import { createEmailAlerts } from './email-alerts.ts'
import { createEmailStore, type EmailStore } from './email-store.ts'
import { messageTables } from './message-tables.ts'
import { createNotifications, type Notifications } from './notifications.ts'
import { notifyAction } from './notify-action.ts'

export interface MessageParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly reportError: (error: unknown) => void
  /** E-mails may wait. */
  readonly wake: () => void
}

export interface Messages {
  readonly notifications: Notifications
  readonly emails: EmailStore
  readonly actions: readonly InvocableAction[]
  /** Those that metadata declares. */
  readonly alerts: ActionSource
  readonly hooks: RecordHooks
  /** For the runner of jobs. */
  work(mail: MailParts): readonly DueWork[]
}

export async function createMessages(parts: MessageParts): Promise<Messages> {
  await ensureTables(parts.storage, messageTables)
  const notifications = createNotifications(parts)
  const emails = createEmailStore(parts)
  return {
    notifications,
    emails,
    actions: [notifyAction(notifications), emailAction(emails)],
    alerts: createEmailAlerts(emails),
    hooks: createAssignmentHooks(parts.models, notifications),
    work: (mail) => [emailWork(emails, mail), tidyWork(notifications, emails)],
  }
}
