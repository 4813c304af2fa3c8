/** The file with the keys that encrypt fields at rest; it lies outside the database, readable by its owner alone. */
import { createHash } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { RandomBytes } from '../base/clock.ts'
import type { EncryptionKeys } from '../fields/encryption.ts'

export interface KeyFileOptions {
  readonly file: string
  readonly randomBytes: RandomBytes
  /** Make one when there is none: for a database that holds nothing yet. */
  readonly mayMake: boolean
}

/** A problem that people must solve before the server can start. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

const keyBytes = 32
const firstKeyId = 'k1'
const ownerOnly = 0o600

export async function loadEncryptionKeys(options: KeyFileOptions): Promise<EncryptionKeys> {
  const text = await readIfThere(options.file)
  if (text !== undefined) return parseKeys(text, options.file)
  if (!options.mayMake) {
    throw new StartError(
      `The encryption key file ${options.file} is missing. Put it back, or name its place in ENCRYPTION_KEY_FILE; without it encrypted fields cannot be read.`,
    )
  }
  const key = Buffer.from(options.randomBytes(keyBytes)).toString('base64url')
  const fresh = `${JSON.stringify({ current: firstKeyId, keys: { [firstKeyId]: key } }, null, 2)}\n`
  await writeNew(options.file, fresh)
  return parseKeys(fresh, options.file)
}

/** What tells keys apart without giving them away, by name; undefined where there is no key file. */
export async function keyMarks(
  file: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  const text = await readIfThere(file)
  if (text === undefined) return undefined
  const { keys } = parseKeys(text, file)
  return Object.fromEntries(
    [...keys].map(([name, key]) => {
      const hash = createHash('sha256').update('fieldstone key').update(key)
      return [name, hash.digest('hex').slice(0, 16)]
    }),
  )
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Whole or not at all, and never in place of another. */
async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const beside = `${file}.${process.pid}.new`
  await writeFile(beside, text, { mode: ownerOnly, flush: true })
  await chmod(beside, ownerOnly)
  try {
    await link(beside, file)
  } finally {
    await rm(beside)
  }
}

function parseKeys(text: string, file: string): EncryptionKeys {
  const wrong = new StartError(
    `The encryption key file ${file} is damaged. Put back a copy of it: encrypted fields cannot be read without it.`,
  )
  const parsed = parseObject(text)
  const keys = parseObject(JSON.stringify(parsed?.get('keys') ?? null))
  const current = parsed?.get('current')
  if (keys === undefined || typeof current !== 'string' || !keys.has(current)) throw wrong
  const entries = [...keys].map(([id, key]): [string, Uint8Array] => {
    const bytes = Buffer.from(typeof key === 'string' ? key : '', 'base64url')
    if (bytes.length !== keyBytes) throw wrong
    return [id, bytes]
  })
  return { keys: new Map(entries), currentKeyId: current }
}

function parseObject(text: string): Map<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
