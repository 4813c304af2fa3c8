/**
 * Runs once around all tests. The first suite that asks for PostgreSQL gets one server started for
 * the whole run; a run that never asks starts none.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { madeOnceFolder } from './made-once.ts'
import { startPostgresServer, type PostgresServer } from './postgres-server.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'tests-'))
  let server: Promise<PostgresServer> | undefined
  const answer = (socket: Socket): void => {
    // A suite that went away needs no answer.
    socket.on('error', () => undefined)
    server ??= startPostgresServer()
    server.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: unknown) => socket.end(JSON.stringify({ problem: String(error) })),
    )
  }
  const desk = createServer(answer)
  const path = join(folder, 'postgres.sock')
  await new Promise<void>((resolve) => desk.listen(path, resolve))
  process.env['TEST_POSTGRES_DESK'] = path
  process.env[madeOnceFolder] = mkdtempSync(join(folder, 'made-once-'))
  return async () => {
    desk.close()
    const started = await server?.catch(() => undefined)
    await started?.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
