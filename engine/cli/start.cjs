/**
 * Runs the built server with room for its databases: SQLite, password hashes and files share one pool of threads,
 * whose size is read when the pool is first used. CommonJS, because loading a module would use it.
 */
process.env.UV_THREADPOOL_SIZE ??= '16'
import('../../dist/engine/main.js')
