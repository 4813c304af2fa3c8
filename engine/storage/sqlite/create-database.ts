/**
 * Makes a new database under another name first, so that a kill never leaves half of one at its
 * place.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { applicationId } from './check-place.ts'
import { Connection } from './connection.ts'

function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Call it under the server lock, after the place was found absent. */
export async function createDatabase(file: string): Promise<void> {
  const draft = `${file}.new`
  for (const ending of ['', '-wal', '-shm']) rmSync(draft + ending, { force: true })
  const connection = await Connection.open({
    file: draft,
    mode: 'create',
    busyTimeoutMs: 1_000,
    setup: `pragma application_id = ${applicationId}; pragma journal_mode = wal`,
  })
  await connection.close()
  syncPath(draft)
  renameSync(draft, file)
  syncPath(dirname(file))
}
