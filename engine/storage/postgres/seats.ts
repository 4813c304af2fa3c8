/** A number of seats; who finds none waits, but not for ever. */
import { refuse } from '../../base/refusal.ts'
import { StorageError } from '../storage-error.ts'

interface Waiting {
  readonly sit: () => void
  timer: NodeJS.Timeout | undefined
}

export class Seats {
  #free: number
  readonly #waitingMax: number
  readonly #waiting: Waiting[] = []

  constructor(seats: number, waitingMax: number) {
    this.#free = seats
    this.#waitingMax = waitingMax
  }

  /**
   * Gives the function that leaves the seat; throws `interrupted` when the time is over before one
   * was free.
   */
  async take(remainingMs: () => number): Promise<() => void> {
    if (this.#free > 0) this.#free--
    else await this.#wait(remainingMs())
    return () => this.#leave()
  }

  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next.sit()
  }

  #wait(remainingMs: number): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax) {
      const message = 'too many queries are waiting: try again in a moment'
      return Promise.reject(refuse('SERVER_UNAVAILABLE', message))
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        sit: () => {
          clearTimeout(entry.timer)
          resolve()
        },
        timer: undefined,
      }
      entry.timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        reject(new StorageError('interrupted', 'no connection was free in time'))
      }, remainingMs)
      this.#waiting.push(entry)
    })
  }
}
