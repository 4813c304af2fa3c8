/** The part of the package `smtp-server` that tests use; it brings no types of its own. */
declare module 'smtp-server' {
  import type { AddressInfo } from 'node:net'
  import type { Readable } from 'node:stream'

  interface Session {
    readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] }
  }
  type Answer = (error?: Error | null) => void
  export class SMTPServer {
    constructor(options: {
      readonly disabledCommands?: readonly string[]
      readonly authOptional?: boolean
      onRcptTo?(address: { readonly address: string }, session: Session, answer: Answer): void
      onData(stream: Readable, session: Session, answer: Answer): void
    })
    listen(port: number, host: string, ready: () => void): void
    close(done: () => void): void
    readonly server: { address(): AddressInfo }
  }
}
