/** What a unit of work holds while it runs: statements in order, and nothing after its end. */
import type { Dialect } from '../sql/dialect.ts'
import { prepareQuery, type DriverValue } from './prepare-query.ts'
import type { Holes, Query, Row, Transaction } from './storage.ts'

/** The connection that a unit borrows. */
export interface UnitConnection {
  all(text: string, values: readonly DriverValue[]): Promise<readonly Row[]>
  run(text: string, values: readonly DriverValue[]): Promise<number>
}

/**
 * A statement that fails dooms the unit: later ones are refused with the same error and so is the
 * unit, even where its code caught the error. PostgreSQL works like that, and a half-done unit must
 * not be committed anywhere.
 */
export class UnitTransaction implements Transaction {
  readonly dialect: Dialect
  readonly actions: (() => void)[] = []
  readonly #connection: UnitConnection
  #tail: Promise<void> = Promise.resolve()
  #sent = 0
  #attempts = 0
  #ended = false
  #failure: { readonly error: unknown } | undefined

  constructor(connection: UnitConnection, dialect: Dialect) {
    this.#connection = connection
    this.dialect = dialect
  }

  read(query: Query, holes?: Holes): Promise<readonly Row[]> {
    return this.#send(() => {
      const { text, values } = prepareQuery(query, this.dialect, holes)
      return this.#connection.all(text, values)
    })
  }

  run(query: Query, holes?: Holes): Promise<number> {
    return this.#send(() => {
      const { text, values } = prepareQuery(query, this.dialect, holes)
      return this.#connection.run(text, values)
    })
  }

  afterCommit(action: () => void): void {
    if (this.#ended) throw endedError()
    this.actions.push(action)
  }

  async attempt<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#attempts += 1
    const name = `attempt_${this.#attempts}`
    const actions = this.actions.length
    await this.#command(`savepoint ${name}`)
    try {
      const result = await work()
      await this.#command(`release savepoint ${name}`)
      return result
    } catch (error) {
      await this.#tail
      const before = this.#failure
      this.#failure = undefined
      try {
        await this.#command(`rollback to savepoint ${name}`)
      } catch {
        // The database gave up the unit as a whole.
        this.#failure = before ?? { error }
      }
      this.actions.length = Math.min(this.actions.length, actions)
      throw error
    }
  }

  #command(text: string): Promise<number> {
    return this.#send(() => this.#connection.run(text, []))
  }

  /**
   * From here on every use throws. Gives the statement error that doomed the unit, once all sent
   * ones are through.
   */
  async end(): Promise<{ readonly error: unknown } | undefined> {
    this.#ended = true
    if (this.#sent > 0) await this.#tail
    return this.#failure
  }

  #send<Result>(operation: () => Promise<Result>): Promise<Result> {
    if (this.#ended) return Promise.reject(endedError())
    const outcome =
      this.#sent === 0
        ? this.#perform(operation)
        : this.#tail.then(() => {
            if (this.#ended) throw endedError()
            return this.#perform(operation)
          })
    this.#sent++
    const settle = (): void => {
      this.#sent--
    }
    this.#tail = outcome.then(settle, settle)
    return outcome
  }

  async #perform<Result>(operation: () => Promise<Result>): Promise<Result> {
    if (this.#failure !== undefined) throw this.#failure.error
    try {
      return await operation()
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }
}

function endedError(): Error {
  return new Error('a transaction was used after its unit of work had ended')
}
