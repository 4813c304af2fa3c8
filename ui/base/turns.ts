/** Whose turn it is to be shown: an answer that comes late must not take the place of a later one, nor of what is typed since. */
export class Turns {
  #last = 0

  /** Begins a turn; what it gives tells whether nothing has begun since. */
  next(): () => boolean {
    this.#last += 1
    const own = this.#last
    return () => own === this.#last
  }
}
