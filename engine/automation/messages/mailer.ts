/** Hands e-mails to the mail server of the settings. One that is handed over again has the same Message-ID. */
import { createTransport } from 'nodemailer'
import { limits } from '../../base/limits.ts'
import type { Email } from './email-store.ts'

export interface Mailer {
  /** What the server answered; throws where it did not take it. */
  send(email: Email): Promise<string>
  close(): void
}

export interface MailSettings {
  /** smtp://user:password@host:port, or smtps:// */
  readonly url: string
  readonly from: string
}

export function createMailer({ url, from }: MailSettings): Mailer {
  const timeouts = {
    connectionTimeout: limits.smtpAnswerMs,
    greetingTimeout: limits.smtpAnswerMs,
    socketTimeout: limits.smtpAnswerMs,
  }
  const transport = createTransport({
    url,
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ id, content }) => {
      const { to, cc, bcc, replyTo, subject, text, html } = content
      const { response, rejected } = await transport.sendMail({
        from,
        to: [...to],
        cc: [...cc],
        bcc: [...bcc],
        subject,
        text,
        messageId: `<${id}@${from.split('@').at(-1)?.replace(/[>\s]/g, '') ?? 'localhost'}>`,
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(html === undefined ? {} : { html }),
      })
      // Some were taken: sent once more, they would have it twice. The others are named to whoever looks.
      return rejected.length === 0 ? response : `${response} (not taken: ${rejected.join(', ')})`
    },
    close: () => transport.close(),
  }
}
