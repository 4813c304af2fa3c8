/** One server per SQLite file: a lock that the operating system releases even after a kill. */
import { StorageError } from '../storage-error.ts'
import { Connection } from './connection.ts'

export interface ServerLock {
  release(): Promise<void>
}

const waitMs = 1_000

/** Holds an exclusive transaction on the file's companion `<file>.lock` until released. */
export async function takeServerLock(file: string): Promise<ServerLock> {
  try {
    const connection = await Connection.open({
      file: `${file}.lock`,
      mode: 'create',
      busyTimeoutMs: waitMs,
      setup: 'pragma locking_mode = exclusive; begin exclusive',
    })
    return { release: () => connection.close() }
  } catch (error) {
    if (!(error instanceof StorageError) || error.kind !== 'busy') throw error
    const advice = 'stop it first, or give this server a database of its own'
    throw new StorageError('busy', `another server uses the database ${file}: ${advice}`, {
      cause: error,
    })
  }
}
