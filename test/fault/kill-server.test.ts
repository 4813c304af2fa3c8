/** A server that is killed at random moments keeps what it acknowledged, and nothing by halves. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openSqlite } from '../../engine/storage/sqlite/open-sqlite.ts'
import { faultsOf } from '../support/check-database.ts'
import { Ledger } from '../support/ledger.ts'
import { startLoad } from '../support/load.ts'
import { createRandom, pause, rounds } from '../support/random.ts'
import {
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const env = { SAMPLE_DATA: 'none' }
const minute = 60_000

let server: ServerProcess | undefined
afterEach(() => server?.remove())

async function faultsOfFile(folder: string): Promise<readonly string[]> {
  const storage = await openSqlite({ file: join(folder, 'fieldstone.db'), readers: 1 })
  try {
    return await faultsOf(storage)
  } finally {
    await storage.close()
  }
}

/** A slow machine may not have saved anything yet; killing it then would show nothing. */
async function firstAnswers(ledger: Ledger): Promise<void> {
  const before = ledger.acknowledged
  while (ledger.acknowledged === before) await pause(5)
}

interface Killing {
  readonly times: number
  readonly onlyBatches: boolean
  readonly batchSize: number
  readonly clients: number
}

async function killAgainAndAgain({ times, ...load }: Killing): Promise<void> {
  const random = createRandom()
  const ledger = new Ledger()
  const seed = `seed ${random.seed}`
  server = await startReadyServer('none')
  const token = await tokenOf(server.url)
  for (let round = 1; round <= times; round++) {
    const running = startLoad({ url: server.url, token, ledger, random, ...load })
    await firstAnswers(ledger)
    await pause(random.below(1_500))
    await server.stop('SIGKILL')
    await running.stop()
    server = await startServerProcess({ env, folder: server.folder })
    await ledger.repeatUnanswered(server.url, token)
    expect(await ledger.contradictions(server.url, token), `${seed}, round ${round}`).toEqual([])
  }
  await server.stop('SIGKILL')
  expect(await faultsOfFile(server.folder), seed).toEqual([])
  rmSync(server.folder, { recursive: true })
}

describe('kill -9', () => {
  const manyTimes = rounds(5)
  it(
    'K1: under mixed load, at random times: all acknowledged writes are there, none is half there or there twice',
    { timeout: (manyTimes + 1) * minute },
    () => killAgainAndAgain({ times: manyTimes, onlyBatches: false, batchSize: 20, clients: 8 }),
  )

  const fewTimes = Math.ceil(rounds(5) / 3)
  it(
    'K2: in the middle of all-or-nothing saves of 200 records: each is there wholly or not at all',
    { timeout: (fewTimes + 1) * minute },
    () => killAgainAndAgain({ times: fewTimes, onlyBatches: true, batchSize: 200, clients: 6 }),
  )
})
