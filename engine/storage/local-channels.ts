/** Messages within one process. */
export class LocalChannels {
  readonly #listeners = new Map<string, Set<(payload: string) => void>>()
  readonly #onError: (error: unknown) => void

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  get names(): readonly string[] {
    return [...this.#listeners.keys()]
  }

  /** Gives the function that ends the listening. */
  listen(channel: string, onMessage: (payload: string) => void): () => void {
    const listeners = this.#listeners.get(channel) ?? new Set()
    this.#listeners.set(channel, listeners)
    // A wrapper of its own, so that one function may listen twice.
    const listener = (payload: string): void => onMessage(payload)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(channel)
    }
  }

  /** A listener that throws does not keep the message from the others. */
  deliver(channel: string, payload: string): void {
    for (const listener of Array.from(this.#listeners.get(channel) ?? [])) {
      try {
        listener(payload)
      } catch (error) {
        this.#onError(error)
      }
    }
  }
}
