/** Contents of files by name: one folder of a disk, or one bucket. Knows nothing of who may read what. */
import type { Readable } from 'node:stream'

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

/** The content was taken away behind the engine's back, or the store cannot be reached. */
export class MissingContent extends Error {
  constructor(name: string, reason: string, options?: ErrorOptions) {
    super(`the content ${name} cannot be read: ${reason}`, options)
    this.name = 'MissingContent'
  }
}
