/** The key file: made once, for its owner alone, never made anew over existing data. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadEncryptionKeys, StartError } from '../../../engine/cli/encryption-key-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const load = (mayMake: boolean) =>
  loadEncryptionKeys({
    file: join(folder, 'data', 'encryption.key'),
    randomBytes: (count) => randomBytes(count),
    mayMake,
  })

describe('loadEncryptionKeys', () => {
  it('makes a file that only its owner can read, and reads the same key again', async () => {
    const made = await load(true)
    expect(made.keys.get(made.currentKeyId)).toHaveLength(32)
    expect(statSync(join(folder, 'data', 'encryption.key')).mode & 0o777).toBe(0o600)
    expect(await load(false)).toEqual(made)
  })

  it('refuses to make a new key for a database that holds data', async () => {
    await expect(load(false)).rejects.toThrow(StartError)
  })

  it('refuses a damaged file instead of replacing it', async () => {
    await load(true)
    const file = join(folder, 'data', 'encryption.key')
    for (const text of [
      '',
      '{',
      '{"current":"k1","keys":{"k1":"short"}}',
      '{"current":"k2","keys":{}}',
    ]) {
      writeFileSync(file, text)
      await expect(load(true)).rejects.toThrow(/damaged/)
    }
  })
})
