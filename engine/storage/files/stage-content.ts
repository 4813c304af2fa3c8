/** Contents on their way in: counted, hashed, small ones in memory, larger ones in a file beside the store. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse } from '../../base/refusal.ts'
import { diskError, type StagedContent } from './file-store.ts'

export interface Staging {
  readonly folder: string
  /** Of the file that it may need. */
  readonly name: string
}

/** Refuses what is larger than files may be; leaves nothing where the sender breaks off. */
export async function stageContent(
  chunks: AsyncIterable<Uint8Array>,
  { folder, name }: Staging,
): Promise<StagedContent> {
  const intake = new Intake(join(folder, name))
  try {
    for await (const chunk of chunks) await intake.take(chunk)
    return await intake.finish()
  } catch (error) {
    await intake.discard()
    throw diskError(error)
  }
}

class Intake {
  readonly #path: string
  readonly #sha256 = createHash('sha256')
  readonly #md5 = createHash('md5')
  #size = 0
  #pieces: Uint8Array[] = []
  #head: Uint8Array = new Uint8Array()
  #handle: FileHandle | undefined

  constructor(path: string) {
    this.#path = path
  }

  async take(chunk: Uint8Array): Promise<void> {
    this.#size += chunk.byteLength
    if (this.#size > limits.fileBytesMax) throw tooLarge()
    this.#sha256.update(chunk)
    this.#md5.update(chunk)
    if (this.#head.length < limits.fileHeadBytes) {
      const head = Buffer.concat([this.#head, chunk])
      this.#head = head.subarray(0, limits.fileHeadBytes)
    }
    if (this.#handle !== undefined) return writeAll(this.#handle, chunk)
    this.#pieces.push(chunk)
    if (this.#size > limits.fileInMemoryBytesMax) await this.#toDisk()
  }

  async #toDisk(): Promise<void> {
    await mkdir(join(this.#path, '..'), { recursive: true, mode: 0o700 })
    this.#handle = await open(this.#path, 'wx', 0o600)
    for (const piece of this.#pieces) await writeAll(this.#handle, piece)
    this.#pieces = []
  }

  async finish(): Promise<StagedContent> {
    await this.#handle?.sync()
    await this.#handle?.close()
    const isOnDisk = this.#handle !== undefined
    const pieces = this.#pieces
    return {
      size: this.#size,
      sha256: this.#sha256.digest('hex'),
      md5: this.#md5.digest('hex'),
      head: this.#head,
      path: isOnDisk ? this.#path : undefined,
      read: () => (isOnDisk ? createReadStream(this.#path) : Readable.from(pieces)),
      discard: () => rm(this.#path, { force: true }),
    }
  }

  async discard(): Promise<void> {
    await this.#handle?.close()
    await rm(this.#path, { force: true })
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let start = 0; start < chunk.byteLength;) {
    const { bytesWritten } = await handle.write(chunk, start)
    start += bytesWritten
  }
}

function tooLarge() {
  return refuse(
    'ENTITY_TOO_LARGE',
    message('A file may have at most {max} bytes (fileBytesMax).', { max: limits.fileBytesMax }),
  )
}

/** What servers left that ended while something came in. */
export async function tidyStaging(folder: string, before: number): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && found.mtimeMs < before) await rm(path, { force: true })
  }
}
