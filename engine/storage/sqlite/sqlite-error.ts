/** SQLite's result codes as kinds of failure. */
import { StorageError, type ConstraintPlace, type StorageErrorKind } from '../storage-error.ts'

const kindOfCode: ReadonlyMap<string, StorageErrorKind> = new Map([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_TOOBIG', 'too-large'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_PERM', 'read-only'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_INTERRUPT', 'interrupted'],
  ['SQLITE_IOERR', 'disconnected'],
  ['SQLITE_CANTOPEN', 'disconnected'],
])

const uniquePrefix = 'UNIQUE constraint failed: '

function uniquePlace(rest: string): ConstraintPlace {
  const index = /^index '(.*)'$/.exec(rest)?.[1]
  if (index !== undefined) return { index }
  const names = rest.split(', ').map((name) => name.split('.'))
  const table = names[0]?.[0]
  const columns = names.map((name) => name[1] ?? '')
  return table === undefined ? { columns } : { table, columns }
}

/**
 * The driver gives neither the extended result code nor the columns, so this is the one place that
 * reads a message: SQLite's constraint messages are fixed texts of its source, in every language
 * setting.
 */
function constraintError(message: string, cause: unknown): StorageError {
  const at = message.indexOf(uniquePrefix)
  if (at >= 0) {
    const place = uniquePlace(message.slice(at + uniquePrefix.length))
    return new StorageError('unique', message, { cause, place })
  }
  if (message.includes('FOREIGN KEY constraint')) {
    return new StorageError('foreign-key', message, { cause })
  }
  const kind = message.includes('NOT NULL constraint') ? 'not-null' : 'check'
  return new StorageError(kind, message, { cause })
}

/** Turns an error of the driver into one of ours. */
export function sqliteError(error: Error): StorageError {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'SQLITE_CONSTRAINT') return constraintError(error.message, error)
  // Sums have no code of their own either.
  if (error.message.endsWith('integer overflow')) {
    return new StorageError('overflow', error.message, { cause: error })
  }
  return new StorageError(kindOfCode.get(code) ?? 'other', error.message, { cause: error })
}
