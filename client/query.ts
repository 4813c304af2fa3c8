/** The records of a query, page by page as they are used. */
import type { Values } from './schema.ts'
import type { Transport } from './transport.ts'

export interface QueryOptions {
  /** Values of `:names` in the query: nothing has to be quoted. */
  readonly variables?: Values
  /** Records of the recycle bin too. */
  readonly all?: boolean
  /** Records in a page; the server's own number by default. */
  readonly pageSize?: number
}

interface Page<Row> {
  readonly totalSize: number
  readonly nextRecordsUrl?: string
  readonly records: readonly Row[]
}

/** Asked anew each time that it is walked through; a walk fetches the next page when it is needed. */
export class Query<Row> implements AsyncIterable<Row> {
  readonly #transport: Transport
  readonly #soql: string
  readonly #options: QueryOptions

  constructor(transport: Transport, soql: string, options: QueryOptions) {
    this.#transport = transport
    this.#soql = soql
    this.#options = options
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const records of this.pages()) yield* records
  }

  async *pages(): AsyncGenerator<readonly Row[], void, undefined> {
    let page = await this.#first()
    for (;;) {
      yield page.records
      if (page.nextRecordsUrl === undefined) return
      page = await this.#ask('GET', page.nextRecordsUrl)
    }
  }

  async toArray(): Promise<Row[]> {
    const rows: Row[] = []
    for await (const records of this.pages()) rows.push(...records)
    return rows
  }

  /** The first record, if there is one. */
  async first(): Promise<Row | undefined> {
    return (await this.#first()).records[0]
  }

  /** How many records the whole query finds. */
  async totalSize(): Promise<number> {
    return (await this.#first()).totalSize
  }

  #first(): Promise<Page<Row>> {
    const { variables, all } = this.#options
    const body = { query: this.#soql, variables: variables ?? {}, all: all === true }
    return this.#ask('POST', '/services/fieldstone/v1/query', body)
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Page<Row>> {
    const { pageSize } = this.#options
    const headers: Record<string, string> =
      pageSize === undefined ? {} : { 'Sforce-Query-Options': `batchSize=${pageSize}` }
    const received = await this.#transport.send(method, path, { body, headers })
    // The shape of our own server's answers; rows hold what the query asks for.
    return received.body as Page<Row>
  }
}
