/** Terminate and freeze: running work is finished, new work refused, nothing is spoilt. */
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqlite } from '../../engine/storage/sqlite/open-sqlite.ts'
import { faultsOf } from '../support/check-database.ts'
import { Ledger } from '../support/ledger.ts'
import { startLoad } from '../support/load.ts'
import { converse } from '../support/raw-http.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import {
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const env = { SAMPLE_DATA: 'none' }
let server: ServerProcess
let token = ''

beforeEach(async () => {
  server = await startReadyServer('none')
  token = await tokenOf(server.url)
})
afterEach(() => server.remove())

async function faults(): Promise<readonly string[]> {
  const storage = await openSqlite({ file: join(server.folder, 'fieldstone.db'), readers: 1 })
  try {
    return await faultsOf(storage)
  } finally {
    await storage.close()
  }
}

function head(lengthBytes: number): string {
  return (
    'POST /services/data/v67.0/sobjects/Account HTTP/1.1\r\nHost: x\r\n' +
    `Content-Type: application/json\r\nAuthorization: Bearer ${token}\r\n` +
    `Content-Length: ${lengthBytes}\r\n\r\n`
  )
}

describe('SIGTERM', () => {
  it('K13: a request that has begun is finished, one that comes later is answered 503', async () => {
    const body = '{"Name":"Begun before the end"}'
    const begun = await converse(server.url, head(body.length) + body.slice(0, 5))
    await pause(300)
    server.process.kill('SIGTERM')
    await pause(300)
    const late = await fetch(`${server.url}/services/data/v67.0/limits`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(late.status).toBe(503)
    expect(await late.text()).toContain('SERVER_UNAVAILABLE')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    begun.socket.write(body.slice(5))
    expect(await begun.answer).toMatch(/^HTTP\/1\.1 201 [^]*"success":true/)
    await expect.poll(() => server.process.exitCode).toBe(0)
  })

  it('K13: under load nothing acknowledged is lost, nobody gets anything but 503', async () => {
    const random = createRandom()
    const ledger = new Ledger()
    for (let round = 0; round < rounds(2); round++) {
      const load = startLoad({ url: server.url, token, ledger, random })
      await pause(500 + random.below(500))
      await server.stop('SIGTERM')
      await load.stop()
      expect(server.process.exitCode).toBe(0)
      expect(await faults()).toEqual([])
      server = await startServerProcess({ env, folder: server.folder })
      const seed = `seed ${random.seed}`
      expect(await ledger.contradictions(server.url, token), seed).toEqual([])
    }
  })
})

describe('SIGSTOP and SIGCONT', () => {
  it('K13: a server that was frozen goes on as if nothing had been', async () => {
    const random = createRandom()
    const ledger = new Ledger()
    const load = startLoad({ url: server.url, token, ledger, random })
    for (let round = 0; round < rounds(2); round++) {
      await pause(300 + random.below(300))
      server.process.kill('SIGSTOP')
      await pause(2_000)
      server.process.kill('SIGCONT')
    }
    await pause(300)
    await load.stop()
    expect([...load.statuses.keys()].filter((status) => status >= 300 || status === 0)).toEqual([])
    expect(await ledger.contradictions(server.url, token), `seed ${random.seed}`).toEqual([])
    await server.stop('SIGKILL')
    expect(await faults()).toEqual([])
  })
})
