/** Contents of files by name: one folder of a disk, or one bucket. Knows nothing of who may read what. */
import type { Readable } from 'node:stream'
import { StorageError, type StorageErrorKind } from '../storage-error.ts'

/** A content that came in whole, on its way into the store. */
export interface StagedContent {
  readonly size: number
  /** In lower-case hexadecimal. */
  readonly sha256: string
  readonly md5: string
  /** Enough of the beginning to tell what it is. */
  readonly head: Uint8Array
  /** The path where it lies; undefined where it is small and in memory. */
  readonly path: string | undefined
  read(): Readable
  /** Takes away what lies on the disk; harmless after the store took it over. */
  discard(): Promise<void>
}

export interface FileStore {
  /** Where contents stand while they come in. */
  readonly stagingFolder: string
  /** Answered when it would survive a crash; the same name twice has the same content. */
  put(name: string, content: StagedContent): Promise<void>
  /** From byte `start` on; refuses with `MissingContent` what is not there. */
  read(name: string, start?: number): Promise<Readable>
  /** Harmless where it is gone already. */
  remove(name: string): Promise<void>
}

/** As the engine makes names; any other could lead out of the store. */
export function isContentName(name: unknown): boolean {
  return typeof name === 'string' && /^[\w-]{3,100}$/.test(name)
}

/** Names come from the database, and that may come from an archive of whoever. */
export function requireContentName(name: string): void {
  if (!isContentName(name)) throw new StorageError('corrupt', 'no content has such a name')
}

/** The content was taken away behind the engine's back. */
export class MissingContent extends StorageError {
  constructor(name: string, reason: string, options?: ErrorOptions) {
    super('missing', `the content ${name} cannot be read: ${reason}`, options)
    this.name = 'MissingContent'
  }
}

const kindsByCode: ReadonlyMap<string, StorageErrorKind> = new Map([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
])

/** What a disk refused, told as databases tell it; anything else stays what it is. */
export function diskError(error: unknown): unknown {
  const code = codeOf(error)
  const kind = kindsByCode.get(code)
  if (kind === undefined) return error
  return new StorageError(kind, `the folder of files refused (${code})`, { cause: error })
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
