/** One holder per name within the process; others wait in the order in which they came. */
export class NamedLocks {
  readonly #tails = new Map<string, Promise<unknown>>()

  async hold<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(name)
    const outcome = before === undefined ? work() : before.then(work)
    // The next one only waits for the end, however it came.
    const tail = outcome.then(
      () => undefined,
      () => undefined,
    )
    this.#tails.set(name, tail)
    try {
      return await outcome
    } finally {
      if (this.#tails.get(name) === tail) this.#tails.delete(name)
    }
  }
}
