/**
 * Runs the built server with room for its databases: SQLite, password hashes and files share one pool of threads,
 * whose size must be known before Node starts.
 */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const threads = process.env.UV_THREADPOOL_SIZE ?? '16'

// What a request makes is gone with it: little room for young objects is enough, and keeps an idle server small.
const room = '--max-semi-space-size=4'

const server = spawn(process.execPath, [room, join(home, 'dist', 'engine', 'main.js')], {
  // The fourth channel tells the server when this process is gone, even by force.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: { ...process.env, UV_THREADPOOL_SIZE: threads },
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => server.kill(signal))
}
server.on('error', (error) => {
  process.stderr.write(`The server could not be started: ${error.message}\n`)
  process.exit(1)
})
server.on('exit', (code, signal) => {
  process.exit(code ?? (signal === null ? 0 : 1))
})
