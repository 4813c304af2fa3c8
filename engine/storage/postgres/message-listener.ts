/**
 * Messages between nodes by LISTEN and NOTIFY, over one connection that is made again when it is
 * lost.
 */
import { LocalChannels } from '../local-channels.ts'
import {
  connectAlone,
  quotedName,
  type OwnConnection,
  type ServerOptions,
} from './postgres-driver.ts'

const reconnectMs = 500

export class MessageListener {
  readonly #server: ServerOptions
  readonly #onError: (error: unknown) => void
  readonly #channels: LocalChannels
  #own: OwnConnection | undefined
  /** The last step on the connection; each waits for the one before. */
  #steps: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(server: ServerOptions, onError: (error: unknown) => void) {
    this.#server = server
    this.#onError = onError
    this.#channels = new LocalChannels(onError)
  }

  listen(channel: string, onMessage: (payload: string) => void): () => void {
    const isFirst = !this.#channels.names.includes(channel)
    const stop = this.#channels.listen(channel, onMessage)
    if (isFirst) this.#step(() => this.#subscribe(channel))
    return () => {
      stop()
      if (!this.#channels.names.includes(channel)) this.#step(() => this.#unsubscribe(channel))
    }
  }

  /** Resolves when everything asked for so far is listened to, or the server is away. */
  settled(): Promise<void> {
    return this.#steps
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#steps
    await this.#own?.close()
  }

  #step(action: () => Promise<void>): void {
    this.#steps = this.#steps.then(action).catch((error: unknown) => {
      this.#onError(error)
      this.#reconnectLater()
    })
  }

  async #subscribe(channel: string): Promise<void> {
    if (this.#closed) return
    this.#own ??= await this.#connect()
    await this.#own.connection.exec(`listen ${quotedName(channel)}`)
  }

  async #unsubscribe(channel: string): Promise<void> {
    if (this.#closed || this.#channels.names.includes(channel)) return
    await this.#own?.connection.exec(`unlisten ${quotedName(channel)}`)
  }

  #connect(): Promise<OwnConnection> {
    return connectAlone({
      ...this.#server,
      onMessage: (channel, payload) => this.#channels.deliver(channel, payload),
      onLost: () => {
        this.#own = undefined
        this.#reconnectLater()
      },
    })
  }

  #reconnectLater(): void {
    if (this.#closed || this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#step(() => this.#resume())
    }, reconnectMs).unref()
  }

  /** An empty message tells each listener that some may have been missed. */
  async #resume(): Promise<void> {
    for (const channel of this.#channels.names) {
      await this.#subscribe(channel)
      this.#channels.deliver(channel, '')
    }
  }
}
