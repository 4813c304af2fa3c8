/** Programs that follow channels of the streaming API: who they are, what they subscribed to, how far they are. */
import type { SignedInUser } from '../../auth/auth.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { Followed } from './channels.ts'

export interface StreamingClient {
  readonly id: string
  readonly userId: string
  /** By channel; how far each is. */
  readonly places: Map<string, ChannelPlace>
  seenAt: number
  /** Ends the request that waits for events, if there is one. */
  release: (() => void) | undefined
}

export interface ChannelPlace {
  readonly followed: Followed
  after: number
}

export class StreamingClients {
  readonly #clients = new Map<string, StreamingClient>()
  readonly #newId: () => string

  constructor(newId: () => string) {
    this.#newId = newId
  }

  open({ id: userId }: SignedInUser, now: number): StreamingClient {
    this.#forgetSilent(now)
    let own = 0
    for (const one of this.#clients.values()) if (one.userId === userId) own += 1
    if (this.#clients.size >= limits.eventStreamsMax || own >= limits.eventStreamsPerUserMax) {
      throw refuse('TOO_MANY_REQUESTS', 'Too many event streams are open.')
    }
    const places = new Map<string, ChannelPlace>()
    const client = { id: this.#newId(), userId, places, seenAt: now, release: undefined }
    this.#clients.set(client.id, client)
    return client
  }

  /** Nobody finds another one's client. */
  find(id: string, user: SignedInUser, now: number): StreamingClient | undefined {
    this.#forgetSilent(now)
    const client = this.#clients.get(id)
    if (client?.userId !== user.id) return undefined
    client.seenAt = now
    return client
  }

  /** Who listens to a streaming channel, on this server. */
  listening(channelId: string): ReadonlySet<string> {
    const found = new Set<string>()
    for (const { userId, places } of this.#clients.values()) {
      const isListening = [...places.values()].some(
        ({ followed }) => followed.kind === 'messages' && followed.id === channelId,
      )
      if (isListening) found.add(userId)
    }
    return found
  }

  close(client: StreamingClient): void {
    client.release?.()
    this.#clients.delete(client.id)
  }

  /** Who has not come again within the time of several waits has gone. */
  #forgetSilent(now: number): void {
    for (const client of this.#clients.values()) {
      if (now - client.seenAt > limits.cometdSilenceMs) this.close(client)
    }
  }
}
