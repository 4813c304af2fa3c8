/** A real mail server for suites: keeps what it is given, refuses whom it is told to refuse. */
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly text: string
}

export interface MailServer {
  readonly url: string
  readonly received: ReceivedMail[]
  /** Addresses that are not taken. */
  readonly refused: Set<string>
  close(): Promise<void>
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const refused = new Set<string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, answer) =>
      answer(refused.has(address) ? new Error('no such mailbox') : null),
    onData: (stream, session, answer) => {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (piece: string) => (text += piece))
      stream.on('end', () => {
        received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
        answer()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    received,
    refused,
    close: () => new Promise((done) => server.close(done)),
  }
}
