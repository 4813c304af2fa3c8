/** PostgreSQL stops and starts again under a running server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Ledger } from '../support/ledger.ts'
import { startLoad } from '../support/load.ts'
import { startPostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { createRandom, pause } from '../support/random.ts'
import { call, startServerProcess, tokenOf, type ServerProcess } from '../support/server-process.ts'

const minute = 60_000
const limitsPath = '/services/data/v67.0/limits'
const accounts = '/services/data/v67.0/sobjects/Account'

describe('a server whose database goes away', () => {
  const keys = mkdtempSync(join(tmpdir(), 'keys-'))
  let postgres: PostgresServer
  let server: ServerProcess
  let token = ''

  beforeAll(async () => {
    postgres = await startPostgresServer()
    const env = {
      SAMPLE_DATA: 'none',
      DATABASE_URL: postgres.url,
      ENCRYPTION_KEY_FILE: join(keys, 'encryption.key'),
    }
    server = await startServerProcess({ env })
    token = await tokenOf(server.url)
  }, 3 * minute)

  afterAll(async () => {
    await server.remove()
    await postgres.remove()
    rmSync(keys, { recursive: true })
  })

  it('O7: says in its log that the superuser is more than it needs', () => {
    expect(server.output()).toMatch(/is a superuser/)
  })

  it(
    'O2: answers 503 quickly, recovers alone, and has what it acknowledged',
    async () => {
      const random = createRandom()
      const ledger = new Ledger()
      const load = startLoad({ url: server.url, token, ledger, random })
      await pause(500)
      await postgres.stop()
      const startedAt = performance.now()
      const refused = await call<{ errorCode: string; message: string }[]>(server.url, token, {
        method: 'POST',
        path: accounts,
        body: { Name: 'Nowhere' },
      })
      expect(refused.status).toBe(503)
      expect(refused.body[0]?.errorCode).toBe('SERVER_UNAVAILABLE')
      expect(refused.body[0]?.message).not.toMatch(/127\.0\.0\.1|ECONN|postgres/i)
      expect(performance.now() - startedAt).toBeLessThan(5_000)
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
      await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(503)
      await pause(300)
      await load.stop()

      await postgres.start()
      await expect
        .poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 120_000 })
        .toBe(200)
      expect((await call(server.url, token, { path: limitsPath })).status).toBe(200)
      const after = startLoad({ url: server.url, token, ledger, random })
      await pause(500)
      await after.stop()
      expect([...after.statuses.keys()].filter((status) => status >= 300)).toEqual([])
      expect([...load.statuses.keys()].filter((status) => status >= 300)).toEqual([503])
      expect(await ledger.contradictions(server.url, token), `seed ${random.seed}`).toEqual([])
      expect(server.process.exitCode).toBeNull()
    },
    2 * minute,
  )
})
