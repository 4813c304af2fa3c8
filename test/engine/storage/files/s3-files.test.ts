/** Contents in a bucket: what is put comes back, signed and compared; a store in trouble is asked again, and told from one that refuses. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { limits } from '../../../../engine/base/limits.ts'
import { MissingContent, type StagedContent } from '../../../../engine/storage/files/file-store.ts'
import { openLocalFiles } from '../../../../engine/storage/files/local-files.ts'
import { openS3Files } from '../../../../engine/storage/files/s3-files.ts'
import { stageContent } from '../../../../engine/storage/files/stage-content.ts'
import { StorageError } from '../../../../engine/storage/storage-error.ts'
import { startS3Server, type S3Server, type S3Trouble } from '../../../support/s3-server.ts'

/** Times that a machine under load keeps: only what never answers is waited for to their end. */
const patience = { tries: 4, pauseMs: 1, waitMs: 60_000 }
const impatience = { tries: 2, pauseMs: 1, waitMs: 200 }
const folder = mkdtempSync(join(tmpdir(), 's3-'))

let server: S3Server
beforeAll(async () => {
  server = await startS3Server()
})
afterEach(() => void server.troubles.splice(0))
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const small = Buffer.from('Terms and conditions')
const large = Buffer.alloc(2 * limits.filePartBytes + 12_345, 'A row of a long ledger.\n')

function staged(content: Buffer): Promise<StagedContent> {
  return stageContent(Readable.from([content]), { folder, name: `in-${content.length}` })
}

async function put(name: string, content: Buffer, how = patience): Promise<void> {
  const incoming = await staged(content)
  try {
    await openS3Files(server.settings, how).put(name, incoming)
  } finally {
    await incoming.discard()
  }
}

async function read(name: string, { start = 0, how = patience } = {}): Promise<Buffer> {
  const stream = await openS3Files(server.settings, how).read(name, start)
  return Buffer.concat(await stream.toArray())
}

function asked(): readonly string[] {
  return server.asked.splice(0).map((line) => line.split(' ')[0] ?? '')
}

const kindOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof StorageError ? error.kind : error),
  )

describe('contents in a bucket', () => {
  it('come back as they were put, from any byte on, under signatures that the store works out itself', async () => {
    await put('aa-1', small)
    await put('bb-2', large)
    expect([...server.objects.keys()]).toEqual([
      '/contents/live/org%20one/aa-1',
      '/contents/live/org%20one/bb-2',
    ])
    expect(await read('aa-1')).toEqual(small)
    expect(await read('aa-1', { start: 6 })).toEqual(small.subarray(6))
    expect((await read('bb-2')).equals(large)).toBe(true)
    const files = openS3Files(server.settings, patience)
    await files.remove('aa-1')
    await files.remove('aa-1')
    await expect(read('aa-1')).rejects.toThrow(MissingContent)
    expect(server.uploads.size).toBe(0)
  })

  it('are refused, and not asked for again, where the keys are wrong', async () => {
    const settings = { ...server.settings, secretAccessKey: 'another' }
    const files = openS3Files(settings, patience)
    await put('cc-3', small)
    asked()
    expect(await kindOf(files.put('dd-4', await staged(small)))).toBe('read-only')
    expect(await kindOf(files.read('cc-3'))).toBe('disconnected')
    expect(await kindOf(files.remove('cc-3'))).toBe('read-only')
    expect(asked()).toEqual(['PUT', 'GET', 'DELETE'])
    expect(server.objects.has('/contents/live/org%20one/dd-4')).toBe(false)
  })

  const passing: readonly (readonly [string, readonly (S3Trouble | undefined)[]])[] = [
    ['is busy', [{ status: 503, code: 'SlowDown' }, { status: 429 }]],
    ['fails once', [{ status: 500 }]],
    ['breaks the connection', ['reset', 'reset']],
    ['does the work and loses the answer', ['lost answer']],
  ]
  it.each(passing)('arrive once although the store %s', async (_how, troubles) => {
    server.troubles.push(...troubles)
    await put('ee-5', small)
    server.troubles.push(...troubles)
    expect(await read('ee-5')).toEqual(small)
    server.troubles.push(...troubles)
    await openS3Files(server.settings, patience).remove('ee-5')
    expect(server.objects.has('/contents/live/org%20one/ee-5')).toBe(false)
  })

  it('arrive in parts although each request of them fails once, the last of them after its work', async () => {
    server.troubles.push('reset', undefined, { status: 500 }, undefined)
    server.troubles.push('lost answer', undefined, 'reset', undefined, 'lost answer')
    asked()
    await put('ff-6', large)
    expect((await read('ff-6')).equals(large)).toBe(true)
    // The second POST at the end finds no upload any more, and looks whether the content is there.
    expect(asked().slice(-4)).toEqual(['POST', 'POST', 'HEAD', 'GET'])
    expect(server.uploads.size).toBe(0)
  })

  it('leave no parts behind where they cannot be finished', async () => {
    server.troubles.push(undefined, undefined, { status: 403, code: 'AccessDenied' })
    expect(await kindOf(put('gg-7', large))).toBe('read-only')
    expect(server.uploads.size).toBe(0)
    expect(server.objects.has('/contents/live/org%20one/gg-7')).toBe(false)
  })

  it('are read on where the connection broke, byte for byte', async () => {
    await put('hh-8', large)
    server.troubles.push({ breakAfter: 1_000_003 }, { breakAfter: 77 }, 'reset', { breakAfter: 5 })
    expect((await read('hh-8')).equals(large)).toBe(true)
    server.troubles.push({ breakAfter: 0 }, { breakAfter: 0 }, { breakAfter: 0 }, { breakAfter: 0 })
    expect(await kindOf(read('hh-8'))).toBe('disconnected')
  })

  it('are given up where the store falls silent, before its answer or within it', async () => {
    await put('ii-9', small)
    server.troubles.push('silence', 'silence')
    expect(await kindOf(put('jj-0', small, impatience))).toBe('disconnected')
    server.troubles.push(...Array.from({ length: 10 }, () => ({ stopAfter: 0 })))
    expect(await kindOf(read('ii-9', { how: impatience }))).toBe('disconnected')
    // A connection that stands still is nobody's next one.
    server.troubles.splice(0)
    asked()
    expect(await read('ii-9')).toEqual(small)
    expect(asked()).toEqual(['GET'])
  })

  it('are not there, or not reached, as two different things', async () => {
    const settings = { ...server.settings, endpoint: 'http://127.0.0.1:9' }
    expect(await kindOf(openS3Files(settings, impatience).read('aa-1'))).toBe('disconnected')
    expect(await kindOf(read('never-put'))).toBe('missing')
  })
})

it('no store looks for a name that leads out of it, nor for one of another bucket', async () => {
  asked()
  for (const store of [openLocalFiles(join(folder, 'store')), openS3Files(server.settings)]) {
    for (const name of ['../../other/secret', 'aa/../../secret', '..', '', 'aa?versions', 'aa\0']) {
      expect(await kindOf(store.read(name))).toBe('corrupt')
      expect(await kindOf(store.remove(name))).toBe('corrupt')
      expect(await kindOf(store.put(name, await staged(small)))).toBe('corrupt')
    }
  }
  expect(asked()).toEqual([])
})
