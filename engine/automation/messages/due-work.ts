/** Messages that wait for the clock or for the mail server, as work of the one runner of jobs. */
import type { DueWork } from '../due-work.ts'
import type { EmailStore } from './email-store.ts'
import type { Mailer } from './mailer.ts'
import type { Notifications } from './notifications.ts'

/** Nobody's ids: this work has no owner among the users. */
const [emailOwner, tidyOwner] = ['0NE000000000000AAA', '0ND000000000000AAA']

/** One e-mail at a time; without a mail server they stay where they are. */
export function emailWork(emails: EmailStore, mailer: Mailer | undefined): DueWork {
  return {
    kind: 'emails',
    about: 'E-mails',
    owner: emailOwner,
    isDue: async () => mailer !== undefined && emails.isDue(),
    runSome: async () => {
      const email = mailer === undefined ? undefined : await emails.take()
      if (mailer === undefined || email === undefined) return false
      await emails.note(email, await sendOne(mailer, email))
      return true
    },
  }
}

async function sendOne(mailer: Mailer, email: Parameters<Mailer['send']>[0]) {
  try {
    return { sent: true, answer: await mailer.send(email) }
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
