/** What the use cases of records are made of; `main.ts` fills it. */
import type { Clock } from '../base/clock.ts'
import type { FieldServices } from '../fields/field-type.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Model } from '../model/model.ts'
import type { Storage } from '../storage/storage.ts'
import type { ChangeLog } from './change-log.ts'
import type { HookRun, RecordHooks } from './hooks/record-hooks.ts'
import type { RecordChange, Records } from './records.ts'

export interface Models {
  /** The model in force; taken once per use case. */
  current(): Model
  /** Answers the function that ends the listening. */
  onSwap?(listener: () => void): () => void
}

/** Which columns of a table can be searched now. */
export interface SearchIndexes {
  columnsOf(table: string): ReadonlySet<string> | undefined
  /** Has what is missing made, without waiting. */
  want(): void
  /** Makes what is missing, takes in what was written before, and waits for it a little. */
  demand(storage: Storage): Promise<void>
  /** True where the index of a table changed since `columnsOf` was asked; waits for it a little. */
  isMadeAnew(table: string): Promise<boolean>
  wordsLike(word: string): Promise<readonly string[]>
  wordsFitting(pattern: string): Promise<readonly string[]>
}

export interface RecordParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly services: FieldServices
  /** Absent where nothing is ever searched. */
  readonly searchIndexes?: SearchIndexes
  /** Absent where the organisation has none. */
  readonly hooks?: RecordHooks
  /** Absent where nobody listens to changes. */
  readonly changeLog?: ChangeLog
  /** Absent where no history is kept. */
  readonly ledger?: Ledger
}

/** The parts and what the use cases share among themselves. */
export interface RecordContext extends RecordParts {
  /** The storage is an open unit of work: only the unit as a whole can be tried again. */
  readonly within?: boolean
  /** The hooks on whose behalf this is done. */
  readonly hookRun?: HookRun
  emit(changes: readonly RecordChange[]): void
  /** All use cases over another context, such as that of an open unit of work. */
  useCasesOf(context: RecordContext): Records
}

/** The model in the database is another than the one the write was planned under: plan again. */
export class ModelMoved extends Error {
  constructor() {
    super('the model changed while a record was saved')
    this.name = 'ModelMoved'
  }
}

/** The row changed between read and write: read again. */
export class RowMoved extends Error {
  constructor() {
    super('the record changed while it was saved')
    this.name = 'RowMoved'
  }
}
