/** The one interface to a database; two adapters and a failing one for tests. */
import type { Dialect } from '../sql/dialect.ts'
import type { Bound, Sql, Statement } from '../sql/sql.ts'

export type Row = Readonly<Record<string, string | number | boolean | Uint8Array | null>>
export type Holes = Readonly<Record<string, Bound>>

/** A query, or a statement that was rendered before and is kept. */
export type Query = Sql | Statement

export interface ReadOptions {
  readonly holes?: Holes
  /** After this time the read is interrupted and refused as QUERY_TIMEOUT. */
  readonly deadlineMs?: number
}

/**
 * One unit of work inside the writer. Await nothing in it but the transaction itself. A statement
 * that fails dooms the unit, even where its error is caught.
 */
export interface Transaction {
  readonly dialect: Dialect
  read(query: Query, holes?: Holes): Promise<readonly Row[]>
  /** Runs a statement; gives the number of changed rows. */
  run(query: Query, holes?: Holes): Promise<number>
  /** Called after the commit, in commit order, before the writer's caller is answered. */
  afterCommit(action: () => void): void
  /**
   * A part of the unit that may fail by itself: what it did is taken back, the unit goes on, and
   * the failure is thrown. Nothing else is sent meanwhile.
   */
  attempt<Result>(work: () => Promise<Result>): Promise<Result>
}

/**
 * Waiting units of one shape become one statement. `run` gets all waiting inputs and gives one
 * result each; when it throws, its effect is rolled back and every input is run alone, so that only
 * the bad one is refused.
 */
export interface GroupedWrite<Input, Result> {
  run(tx: Transaction, inputs: readonly Input[]): Promise<readonly Result[]>
}

export interface TableShape {
  readonly name: string
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly notNull: boolean
  }[]
  readonly indexes: readonly { readonly name: string; readonly unique: boolean }[]
}

export interface StorageHealth {
  readonly writable: boolean
  readonly waitingWrites: number
}

export interface Storage {
  readonly dialect: Dialect
  read(query: Query, options?: ReadOptions): Promise<readonly Row[]>
  /**
   * All or nothing; answered after the commit. Units that wait together share one commit. A unit
   * may be run again from its beginning when others collided with it, so it changes nothing outside
   * but through `afterCommit`.
   */
  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
  writeGrouped<Input, Result>(group: GroupedWrite<Input, Result>, input: Input): Promise<Result>
  /**
   * Statements that refuse a transaction (an online index build), outside the writer's
   * transactions.
   */
  runAlone(query: Query): Promise<void>
  /** The whole catalogue; a thousand objects have a hundred thousand columns. */
  tables(): Promise<readonly TableShape[]>
  tableNames(): Promise<ReadonlySet<string>>
  /** One holder across processes; others wait. */
  exclusive<Result>(name: string, work: () => Promise<Result>): Promise<Result>
  /**
   * Messages between the nodes on one database; on SQLite within the process. At most 7,900 bytes.
   * An empty message tells the listeners that the connection was lost for a while: some messages
   * may be missing.
   */
  notify(channel: string, payload: string): Promise<void>
  listen(channel: string, onMessage: (payload: string) => void): () => void
  health(): StorageHealth
  close(): Promise<void>
}

/** One state of a database for as long as it is open, whatever is written meanwhile. */
export interface Snapshot {
  readonly dialect: Dialect
  tables(): Promise<readonly TableShape[]>
  read(query: Query): Promise<readonly Row[]>
  close(): Promise<void>
}
