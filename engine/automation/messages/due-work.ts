/** Messages that wait for the clock or for the mail server, as work of the one runner of jobs. */
import type { DueWork } from '../due-work.ts'
import type { Email, EmailStore, EmailWriters } from './email-store.ts'
import type { Mailer } from './mailer.ts'
import type { Notifications } from './notifications.ts'

/** Nobody's ids: this work has no owner among the users. */
const [emailOwner, tidyOwner] = ['0NE000000000000AAA', '0ND000000000000AAA']

export interface MailParts {
  readonly mailer: Mailer | undefined
  readonly writers: EmailWriters
}

/** One e-mail at a time; without a mail server they stay where they are. */
export function emailWork(emails: EmailStore, { mailer, writers }: MailParts): DueWork {
  return {
    kind: 'emails',
    about: 'E-mails',
    owner: emailOwner,
    isDue: async () => mailer !== undefined && emails.isDue(),
    runSome: async () => {
      const email = mailer === undefined ? undefined : await emails.take()
      if (mailer === undefined || email === undefined) return false
      const outcome = await sendOne(mailer, writers, email)
      if (outcome === undefined) await emails.remove(email.id)
      else await emails.note(email, outcome)
      return true
    },
  }
}

/** Undefined: there is nobody to write to. */
async function sendOne(mailer: Mailer, writers: EmailWriters, email: Email) {
  const { content } = email
  try {
    const write = content.writer && writers.get(content.writer.name)
    const written = content.writer === undefined ? content : await write?.(content.writer.about)
    if (written === undefined) return undefined
    const answer = await mailer.send({ ...email, content: { ...content, ...written } })
    return { sent: true, answer }
  } catch (error) {
    // Whatever goes wrong on the way is tried again, and can be read in Setup.
    return { sent: false, answer: error instanceof Error ? error.message : String(error) }
  }
}

export function tidyWork(notifications: Notifications, emails: EmailStore): DueWork {
  return {
    kind: 'oldMessages',
    about: 'Old notifications and e-mails',
    owner: tidyOwner,
    isDue: () => notifications.hasOld(),
    runSome: async () => {
      await notifications.removeOld()
      await emails.removeOld()
      return false
    },
  }
}
