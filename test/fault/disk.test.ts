/** A disk that is full or read-only: writes are refused by name, reads go on, all recovers by itself. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openSqlite } from '../../engine/storage/sqlite/open-sqlite.ts'
import { faultsOf } from '../support/check-database.ts'
import { Ledger } from '../support/ledger.ts'
import {
  call,
  runServerToEnd,
  startServerProcess,
  tokenOf,
  type ServerProcess,
} from '../support/server-process.ts'
import { mountSmallDisk } from '../support/small-disk.ts'

const env = { SAMPLE_DATA: 'none' }
const accounts = '/services/data/v67.0/sobjects/Account'
const diskMegabytes = 24

interface Refusal {
  readonly message: string
  readonly errorCode: string
}

interface Client {
  readonly server: ServerProcess
  readonly token: string
  readonly ledger: Ledger
  count: number
}

async function clientOf(server: ServerProcess): Promise<Client> {
  return { server, token: await tokenOf(server.url), ledger: new Ledger(), count: 0 }
}

/** A record of some kilobytes; gives the status and the refusal. */
async function save(client: Client): Promise<{ status: number; refusal: Refusal | undefined }> {
  const Name = `load ${client.count++}`
  const body = {
    Name,
    Phone: 'new',
    SourceSystemIdentifier: `${Name} alone`,
    Description: 'x'.repeat(30_000),
  }
  const { server, token, ledger } = client
  const answer = await call<{ id: string } & readonly Refusal[]>(server.url, token, {
    method: 'POST',
    path: accounts,
    body,
  })
  if (answer.status === 201) ledger.created(answer.body.id, 'new')
  return { status: answer.status, refusal: answer.body[0] }
}

async function saveUntilRefused(
  client: Client,
): Promise<{ status: number; refusal: Refusal | undefined }> {
  for (let index = 0; index < 2_000; index++) {
    const saved = await save(client)
    if (saved.status !== 201) return saved
  }
  throw new Error('nothing was refused')
}

async function expectWhole(client: Client): Promise<void> {
  const { server, token, ledger } = client
  expect(await ledger.contradictions(server.url, token)).toEqual([])
  await server.stop('SIGKILL')
  const file = join(server.folder, 'fieldstone.db')
  const storage = await openSqlite({ file, readers: 1 })
  expect(await faultsOf(storage)).toEqual([])
  await storage.close()
}

describe('a disk that fills up while the server runs', () => {
  const disk = mountSmallDisk(diskMegabytes)
  const reason = disk === undefined ? ' (needs the right to mount a small disk)' : ''
  disk?.remove()

  it.skipIf(disk === undefined)(
    `K4: saves are refused with 507, reads go on, and space makes all well again${reason}`,
    async () => {
      const small = mountSmallDisk(diskMegabytes)
      if (small === undefined) throw new Error('there was a disk a moment ago')
      onTestFinished(() => small.remove())
      cpSync('metadata', join(small.folder, 'metadata'), { recursive: true })
      const server = await startServerProcess({ env, folder: small.folder })
      onTestFinished(() => server.stop('SIGKILL'))
      const client = await clientOf(server)
      expect((await save(client)).status).toBe(201)
      const free = small.fill(1_000_000)
      const { status, refusal } = await saveUntilRefused(client)
      expect({ status, code: refusal?.errorCode }).toEqual({
        status: 507,
        code: 'STORAGE_LIMIT_EXCEEDED',
      })
      expect(refusal?.message).not.toContain(small.folder)
      const { url } = server
      expect((await fetch(`${url}/readyz`)).status).toBe(503)
      expect((await call(url, client.token, { path: '/services/data/v67.0/limits' })).status).toBe(
        200,
      )
      expect(await client.ledger.contradictions(url, client.token)).toEqual([])
      free()
      await expect.poll(async () => (await save(client)).status).toBe(201)
      await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(200)
      await expectWhole(client)
    },
  )
})

/** Even root may not write to what is marked so. */
function mark(flag: '+i' | '-i', files: readonly string[]): boolean {
  try {
    execFileSync('chattr', [flag, ...files], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Memory takes writes to files that were open before they were marked: this needs a disk. */
const place = process.env['DISK_TMPDIR'] ?? tmpdir()

function canMark(): boolean {
  const folder = mkdtempSync(join(place, 'mark-'))
  const done = mark('+i', [folder]) && mark('-i', [folder])
  rmSync(folder, { recursive: true })
  return done
}

describe.skipIf(!canMark())('a place that becomes read-only (needs chattr)', () => {
  /** Not the shared memory: the system ends whoever writes to mapped pages of a marked file. */
  const databaseFiles = (server: ServerProcess): readonly string[] =>
    readdirSync(server.folder)
      .filter((name) => /^fieldstone\.db(-wal)?$/.test(name))
      .map((name) => join(server.folder, name))

  it('K5: while the server runs: writes are refused with 503, reads go on, it recovers by itself', async () => {
    const server = await startServerProcess({ env, place })
    onTestFinished(() => server.remove())
    const client = await clientOf(server)
    expect((await save(client)).status).toBe(201)
    const files = databaseFiles(server)
    expect(mark('+i', files)).toBe(true)
    onTestFinished(() => void mark('-i', files))
    const { status, refusal } = await saveUntilRefused(client)
    expect(status).toBe(503)
    expect(refusal?.message).not.toContain(server.folder)
    expect(await client.ledger.contradictions(server.url, client.token)).toEqual([])
    mark('-i', files)
    await expect.poll(async () => (await save(client)).status).toBe(201)
    await expectWhole(client)
  })

  it('K5: at the start: the server says that it cannot write there', async () => {
    const server = await startServerProcess({ env, place })
    onTestFinished(() => server.remove())
    await server.stop('SIGTERM')
    const marked = [server.folder, ...databaseFiles(server)]
    expect(mark('+i', marked)).toBe(true)
    onTestFinished(() => void mark('-i', marked))
    const { code, output } = await runServerToEnd({
      ...env,
      DATABASE_URL: `sqlite:${join(server.folder, 'fieldstone.db')}`,
      METADATA_DIR: server.metadataDir,
    })
    mark('-i', marked)
    expect(code).toBe(1)
    expect(output).toMatch(/^Fieldstone cannot start\. .* is read-only: .*DATABASE_URL/)
    expect(output, 'no trace').not.toMatch(/\n {4}at /)
  })
})
