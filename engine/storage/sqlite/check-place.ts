/**
 * Looks at the database file before SQLite does: SQLite would make an empty database of a missing
 * or empty one.
 */
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageError } from '../storage-error.ts'
import { Connection } from './connection.ts'

/** "FSTN": marks a file as one of ours. */
export const applicationId = 0x4653544e

const headerText = 'SQLite format 3\0'
const headerBytes = 100
/** A whole check of a file of this size takes some tenths of a second. */
const wholeCheckBytesMax = 48 * 1024 * 1024

export type Place = 'absent' | 'database'

function refusePlace(file: string, what: string, advice: string): StorageError {
  return new StorageError('corrupt', `${file} ${what}; ${advice}`)
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(headerBytes)
  const handle = openSync(file, 'r')
  try {
    const count = readSync(handle, header, 0, headerBytes, 0)
    return header.subarray(0, count)
  } finally {
    closeSync(handle)
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

const restoreAdvice = 'nothing was changed: put the right file back or restore a backup'

function checkHeader(file: string): void {
  const header = readHeader(file)
  if (header.length === 0) {
    const advice =
      'put the database back, or delete the file (and what lies beside it) to begin anew'
    throw refusePlace(file, 'is empty', advice)
  }
  if (header.length < headerBytes || header.toString('latin1', 0, 16) !== headerText) {
    throw refusePlace(file, 'is not a SQLite database', restoreAdvice)
  }
  if (header.readUInt32BE(68) !== applicationId) {
    throw refusePlace(file, 'belongs to another program', restoreAdvice)
  }
  checkLength(file, header)
}

function checkLength(file: string, header: Buffer): void {
  const rawPageBytes = header.readUInt16BE(16)
  const pageBytes = rawPageBytes === 1 ? 65_536 : rawPageBytes
  // With a write-ahead log the header may be ahead of the file: a checkpoint was cut short and will
  // be repeated.
  if (sizeOf(`${file}-wal`) > 0) return
  if (sizeOf(file) < pageBytes * header.readUInt32BE(28)) {
    throw refusePlace(file, 'is shorter than it says: it was cut off', restoreAdvice)
  }
}

/** Refuses a folder or a file that this process may not write to. */
export function checkWritable(file: string): void {
  for (const place of [dirname(file), file]) {
    if (!existsSync(place)) continue
    try {
      accessSync(place, constants.W_OK)
    } catch (cause) {
      const advice = "let the server's user write there, or name another place in DATABASE_URL"
      throw new StorageError('read-only', `${place} is read-only: ${advice}`, { cause })
    }
  }
}

/** Tells whether a database lies at the place; refuses anything that is not whole and ours. */
export function checkPlace(file: string): Place {
  if (existsSync(file)) {
    if (statSync(file).isDirectory()) {
      throw refusePlace(file, 'is a folder', 'give the name of a file in it')
    }
    checkHeader(file)
    return 'database'
  }
  if (sizeOf(`${file}-wal`) > 0) {
    throw refusePlace(file, 'is missing but its write-ahead log is there', restoreAdvice)
  }
  return 'absent'
}

/**
 * Reads the whole of a file that is not too big for it, through a connection that cannot change it.
 */
export async function checkContent(file: string): Promise<void> {
  const isBig = sizeOf(file) + sizeOf(`${file}-wal`) > wholeCheckBytesMax
  const check = isBig ? 'select count(*) as answer from sqlite_schema' : 'pragma quick_check(1)'
  try {
    const setup = 'pragma cell_size_check = on'
    const connection = await Connection.open({ file, mode: 'read', busyTimeoutMs: 1_000, setup })
    try {
      const rows = await connection.all(check)
      const answer = rows[0]?.['quick_check'] ?? 'ok'
      if (answer !== 'ok') throw refusePlace(file, `is damaged (${answer})`, restoreAdvice)
    } finally {
      await connection.close()
    }
  } catch (error) {
    if (!(error instanceof StorageError) || error.kind !== 'corrupt') throw error
    if (error.message.includes(restoreAdvice)) throw error
    throw refusePlace(file, `is damaged (${error.message})`, restoreAdvice)
  }
}
