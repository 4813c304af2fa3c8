/** The parts of messages that others are given: what tells people, and how it leaves the house. */
import type { Clock } from '../../base/clock.ts'
import type { RecordHooks } from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import { ensureTables } from '../../storage/engine-tables.ts'
import type { Storage } from '../../storage/storage.ts'
import type { InvocableAction } from '../actions/action.ts'
import type { DueWork } from '../due-work.ts'
import { createAssignmentHooks } from './assignment-hooks.ts'
import { emailWork, tidyWork } from './due-work.ts'
import { emailAction } from './email-action.ts'
import { createEmailStore, type EmailStore } from './email-store.ts'
import type { Mailer } from './mailer.ts'
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
  readonly hooks: RecordHooks
  /** For the runner of jobs. */
  work(mailer: Mailer | undefined): readonly DueWork[]
}

export async function createMessages(parts: MessageParts): Promise<Messages> {
  await ensureTables(parts.storage, messageTables)
  const notifications = createNotifications(parts)
  const emails = createEmailStore(parts)
  return {
    notifications,
    emails,
    actions: [notifyAction(notifications), emailAction(emails)],
    hooks: createAssignmentHooks(parts.models, notifications),
    work: (mailer) => [emailWork(emails, mailer), tidyWork(notifications, emails)],
  }
}
