/** Contents in a bucket of an S3-compatible store; large ones in parts, so that none is ever in memory whole. */
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { limits } from '../../base/limits.ts'
import { StorageError } from '../storage-error.ts'
import type { FileStore, StagedContent } from './file-store.ts'
import {
  openBucket,
  type Bucket,
  type BucketPatience,
  type BucketSettings,
  type Told,
} from './s3-requests.ts'

/** `patience` is shorter in tests alone. */
export function openS3Files(
  settings: BucketSettings,
  patience: BucketPatience = {
    tries: limits.fileStoreTries,
    pauseMs: limits.fileStorePauseMs,
    waitMs: limits.fileStoreWaitMs,
  },
): FileStore {
  const bucket = openBucket(settings, patience)
  return {
    stagingFolder: join(tmpdir(), 'fieldstone-incoming'),
    put: (name, content) =>
      content.size <= limits.filePartBytes
        ? putWhole(bucket, name, content)
        : putInParts(bucket, name, content),
    read: async (name, start = 0) => {
      const first = await bucket.open(name, start)
      return Readable.from(bytesOf(bucket, { name, first, start }))
    },
    remove: async (name) => {
      const told = await bucket.tell({ method: 'DELETE', name })
      if (told.status !== 404) demand(told, 'DELETE')
    },
  }
}

function demand(told: Told, what: string): void {
  if (told.isOk) return
  const reason = `the file store answered ${what} with ${told.status} ${told.code}`
  // Not what was sent, but what the settings say, or whom the bucket lets in, is wrong.
  throw new StorageError(told.status === 507 ? 'full' : 'read-only', reason)
}

/** The store itself compares the hash with what it got. */
async function putWhole(bucket: Bucket, name: string, content: StagedContent): Promise<void> {
  const body = await wholeOf(content.read())
  const sha256 = content.sha256
  demand(await bucket.tell({ method: 'PUT', name, body, sha256 }), 'PUT')
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  for await (const chunk of chunks) pieces.push(chunk)
  return Buffer.concat(pieces)
}

interface Upload {
  readonly bucket: Bucket
  readonly name: string
  /** Ready to stand in an address. */
  readonly id: string
}

async function putInParts(bucket: Bucket, name: string, content: StagedContent): Promise<void> {
  const begun = await bucket.tell({ method: 'POST', name, query: 'uploads' })
  demand(begun, 'POST ?uploads')
  const id = /<UploadId>([^<]+)<\/UploadId>/.exec(begun.text)?.[1]
  if (id === undefined) throw new StorageError('other', 'the file store names no upload')
  const upload: Upload = { bucket, name, id: encodeURIComponent(id) }
  try {
    await finishUpload(upload, await putParts(upload, content), content.size)
  } catch (error) {
    // Whatever is left of it is for the bucket's own rules: what went wrong is told, not this.
    await bucket.tell({ method: 'DELETE', name, query: `uploadId=${upload.id}` }).catch(() => false)
    throw error
  }
}

async function putParts(
  { bucket, name, id }: Upload,
  content: StagedContent,
): Promise<readonly string[]> {
  const tags: string[] = []
  for await (const body of partsOf(content.read())) {
    const query = `partNumber=${tags.length + 1}&uploadId=${id}`
    const sha256 = createHash('sha256').update(body).digest('hex')
    const told = await bucket.tell({ method: 'PUT', name, query, body, sha256 })
    demand(told, 'PUT of a part')
    tags.push(told.tag)
  }
  return tags
}

async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    pieces.push(chunk)
    size += chunk.byteLength
    if (size < limits.filePartBytes) continue
    yield Buffer.concat(pieces)
    pieces = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(pieces)
}

async function finishUpload(
  { bucket, name, id }: Upload,
  tags: readonly string[],
  size: number,
): Promise<void> {
  const parts = tags
    .map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
    .join('')
  const text = `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`
  const body = Buffer.from(text)
  const told = await bucket.tell({ method: 'POST', name, query: `uploadId=${id}`, body })
  // An answer that was lost on its way: the upload is no more because the content is there.
  if (told.status === 404 && (await bucket.sizeOf(name)) === size) return
  demand(told, 'POST of all parts')
  // The store may find out at the very end, after it has begun to answer.
  if (told.code !== '') throw new StorageError('disconnected', `POST of all parts: ${told.code}`)
}

interface Reading {
  readonly name: string
  readonly first: AsyncIterable<Uint8Array>
  readonly start: number
}

/** Goes on where a connection broke: under one name lies one content for good. */
async function* bytesOf(
  bucket: Bucket,
  { name, first, start }: Reading,
): AsyncGenerator<Uint8Array, void, undefined> {
  let [chunks, at, breaks] = [first, start, 0]
  for (;;) {
    try {
      for await (const chunk of chunks) {
        at += chunk.byteLength
        breaks = 0
        yield chunk
      }
      return
    } catch (error) {
      breaks += 1
      if (breaks >= bucket.tries) {
        const reason = `the content ${name} broke off`
        throw new StorageError('disconnected', reason, { cause: error })
      }
      chunks = await bucket.open(name, at)
    }
  }
}
