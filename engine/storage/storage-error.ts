/** What went wrong in a database or a store of files, told apart without looking at a driver's words. */
import { message } from '../base/message.ts'
import { refuse, type ErrorCode, type Refusal } from '../base/refusal.ts'

export type StorageErrorKind =
  | 'unique'
  | 'foreign-key'
  | 'not-null'
  | 'check'
  | 'full'
  | 'too-large'
  | 'overflow'
  | 'read-only'
  | 'busy'
  | 'corrupt'
  | 'interrupted'
  | 'disconnected'
  /** A content of a file that its store does not have. */
  | 'missing'
  | 'other'

/** Those that whoever runs the server should hear of, though callers are answered. */
export function isForOperators({ kind }: StorageError): boolean {
  return operatorKinds.has(kind)
}

const operatorKinds: ReadonlySet<StorageErrorKind> = new Set([
  'full',
  'read-only',
  'disconnected',
  'missing',
])

/** What the database told about a broken constraint; which of them it knows differs. */
export interface ConstraintPlace {
  readonly table?: string
  readonly columns?: readonly string[]
  /** The constraint's or index's name. */
  readonly index?: string
}

/**
 * A failure of the database. Callers who know the model turn it into a refusal that names fields.
 */
export class StorageError extends Error {
  readonly kind: StorageErrorKind
  readonly place: ConstraintPlace

  constructor(
    kind: StorageErrorKind,
    message: string,
    options: ErrorOptions & { readonly place?: ConstraintPlace } = {},
  ) {
    super(message, options)
    this.name = 'StorageError'
    this.kind = kind
    this.place = options.place ?? {}
  }
}

const answers: Readonly<Record<StorageErrorKind, readonly [ErrorCode, string] | undefined>> = {
  unique: ['DUPLICATE_VALUE', 'another record has the same value in a unique field'],
  'foreign-key': ['INVALID_CROSS_REFERENCE_KEY', 'a record that is referred to does not exist'],
  'not-null': ['REQUIRED_FIELD_MISSING', 'a required value is missing'],
  check: ['FIELD_INTEGRITY_EXCEPTION', 'a value is not allowed in its field'],
  'too-large': [
    'LIMIT_EXCEEDED',
    'the record is larger than the database can hold: shorten its values or leave some fields empty',
  ],
  overflow: [
    'NUMBER_OUTSIDE_VALID_RANGE',
    'a sum has more digits than the database can add up: take fewer records or smaller values',
  ],
  full: ['STORAGE_LIMIT_EXCEEDED', 'the storage is full: nothing was saved'],
  'read-only': ['STORAGE_READ_ONLY', 'the storage is read-only: nothing was saved'],
  busy: ['SERVER_UNAVAILABLE', 'the storage is busy: try again'],
  interrupted: ['QUERY_TIMEOUT', 'the query took too long: narrow it down'],
  disconnected: ['SERVER_UNAVAILABLE', 'the storage cannot be reached: try again'],
  missing: ['NOT_FOUND', 'The content of the file is not there any more.'],
  corrupt: undefined,
  other: undefined,
}

/**
 * The refusal for callers that know no fields; undefined where the failure is a bug or needs an
 * operator.
 */
export function refusalOf(error: StorageError): Refusal | undefined {
  const answer = answers[error.kind]
  return answer === undefined ? undefined : refuse(answer[0], message(answer[1]))
}
