/** PostgreSQL's SQLSTATE codes as kinds of failure. */
import { StorageError, type ConstraintPlace, type StorageErrorKind } from '../storage-error.ts'

/** What the driver tells of an error that the server reported. */
export interface ServerFailure {
  readonly code: string
  readonly message: string
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined
}

const kindOfCode: ReadonlyMap<string, StorageErrorKind> = new Map([
  ['23505', 'unique'],
  ['23503', 'foreign-key'],
  ['23502', 'not-null'],
  ['23514', 'check'],
  ['22001', 'check'],
  ['22003', 'check'],
  ['22007', 'check'],
  ['22008', 'check'],
  ['22P02', 'check'],
  // A row of more than a page, after long values were moved out of it.
  ['54000', 'too-large'],
  ['53100', 'full'],
  ['25006', 'read-only'],
  ['53300', 'busy'],
  ['55P03', 'busy'],
  ['40001', 'busy'],
  ['40P01', 'busy'],
  ['57014', 'interrupted'],
  ['57P01', 'disconnected'],
  ['57P02', 'disconnected'],
  ['57P03', 'disconnected'],
  ['XX001', 'corrupt'],
  ['XX002', 'corrupt'],
])

function placeOf(failure: ServerFailure): ConstraintPlace {
  return {
    ...(failure.table === undefined ? {} : { table: failure.table }),
    ...(failure.column === undefined ? {} : { columns: [failure.column] }),
    ...(failure.constraint === undefined ? {} : { index: failure.constraint }),
  }
}

/** A failure that may be gone when the same is tried again. */
export class PassingError extends StorageError {
  readonly reason: 'collision' | 'lock' | 'stale-plan'
  constructor(reason: PassingError['reason'], message: string, options: ErrorOptions) {
    super('busy', message, options)
    this.reason = reason
  }
}

const passing: ReadonlyMap<string, PassingError['reason']> = new Map([
  ['40001', 'collision'],
  ['40P01', 'collision'],
  ['55P03', 'lock'],
  // "cached plan must not change result type": the table was changed since the statement was
  // prepared.
  ['0A000', 'stale-plan'],
])

/** An error that the server reported. */
export function serverError(failure: ServerFailure, cause: Error): StorageError {
  const { code, message } = failure
  const reason = passing.get(code)
  if (reason !== undefined) return new PassingError(reason, message, { cause })
  const byClass = code.startsWith('08') ? 'disconnected' : 'other'
  const kind = kindOfCode.get(code) ?? byClass
  return new StorageError(kind, message, { cause, place: placeOf(failure) })
}

/** An error of the connection itself: the server is away, or went away in the middle. */
export function connectionError(cause: Error): StorageError {
  return new StorageError('disconnected', `the database cannot be reached: ${cause.message}`, {
    cause,
  })
}
