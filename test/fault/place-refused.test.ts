/** A server refuses to serve a database that is not whole, not its own or in use, and says what to do. */
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  call,
  runServerToEnd,
  startReadyServer,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'

const env = { SAMPLE_DATA: 'none' }
const accounts = '/services/data/v67.0/sobjects/Account'

let server: ServerProcess
let kept = ''
let file = ''

beforeAll(async () => {
  server = await startReadyServer('none')
  const token = await tokenOf(server.url)
  await call(server.url, token, { method: 'POST', path: accounts, body: { Name: 'Kept' } })
  await server.stop('SIGTERM')
  kept = mkdtempSync(join(tmpdir(), 'kept-'))
  file = join(server.folder, 'fieldstone.db')
  copyFileSync(file, join(kept, 'fieldstone.db'))
})
afterAll(async () => {
  await server.remove()
  rmSync(kept, { recursive: true, force: true })
})
beforeEach(() => {
  for (const ending of ['-wal', '-shm', '.lock']) rmSync(`${file}${ending}`, { force: true })
  copyFileSync(join(kept, 'fieldstone.db'), file)
})

/** Databases and their companions by digest; locks and shared memory hold no data. */
function content(): readonly string[] {
  return readdirSync(server.folder)
    .filter((name) => name.startsWith('fieldstone.db') && !/(-shm|\.lock)$/.test(name))
    .filter((name) => statSync(join(server.folder, name)).isFile())
    .filter((name) => !name.endsWith('-wal') || statSync(join(server.folder, name)).size > 0)
    .map((name) => {
      const bytes = readFileSync(join(server.folder, name))
      return `${name} ${createHash('sha256').update(bytes).digest('hex')}`
    })
}

async function expectRefusal(...words: readonly RegExp[]): Promise<void> {
  const before = content()
  const { code, output } = await runServerToEnd({
    ...env,
    DATABASE_URL: `sqlite:${file}`,
    METADATA_DIR: server.metadataDir,
  })
  expect(code).toBe(1)
  expect(output).toMatch(/^Fieldstone cannot start\. /)
  for (const word of words) expect(output).toMatch(word)
  expect(output, 'no trace').not.toMatch(/\n {4}at /)
  expect(content()).toEqual(before)
}

function overwrite(position: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, position)
  closeSync(handle)
}

describe('a server does not start, changes nothing and says what to do', () => {
  const advice = /restore a backup/

  it('K8: when bits were flipped in the middle of the file', async () => {
    const { size } = statSync(file)
    // Page headers of a good part of the file: whatever lies there, it is found.
    for (let page = 2; page < Math.min(40, size / 4_096); page++) {
      overwrite(page * 4_096, Buffer.alloc(16, 0xa5))
    }
    await expectRefusal(/is damaged/, advice)
  })

  it('K8: when the file was cut off', async () => {
    truncateSync(file, Math.floor(statSync(file).size / 2))
    await expectRefusal(/cut off/, advice)
  })

  it('K8: when the file is empty', async () => {
    writeFileSync(file, '')
    await expectRefusal(/is empty/, /put the database back/)
  })

  it('K8: when the file belongs to another program', async () => {
    overwrite(68, Buffer.from('OTHR'))
    await expectRefusal(/another program/, advice)
  })

  it('K8: when the file is gone but its write-ahead log is there', async () => {
    renameSync(file, `${file}-wal`)
    await expectRefusal(/write-ahead log/, advice)
  })

  it('K8: when the place of the file is a folder', async () => {
    rmSync(file)
    mkdirSync(file)
    try {
      await expectRefusal(/is a folder/, /name of a file/)
    } finally {
      rmdirSync(file)
    }
  })
})

describe('two servers on one file', () => {
  it('K10: the second is refused with the reason, the first goes on', async () => {
    const first = await startServerProcess({ env, folder: server.folder })
    try {
      const { code, output } = await runServerToEnd({
        ...env,
        DATABASE_URL: `sqlite:${file}`,
        METADATA_DIR: server.metadataDir,
      })
      expect(code).toBe(1)
      expect(output).toMatch(/another server uses the database .*: stop it first/)
      const token = await tokenOf(first.url)
      const request = { method: 'POST', path: accounts, body: { Name: 'Still here' } }
      expect((await call(first.url, token, request)).status).toBe(201)
    } finally {
      await first.stop('SIGTERM')
    }
  })
})
