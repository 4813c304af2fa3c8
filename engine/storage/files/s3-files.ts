/** Contents in a bucket of an S3-compatible store; large ones in parts, so that none is ever in memory whole. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import { limits } from '../../base/limits.ts'
import { MissingContent, type FileStore, type StagedContent } from './file-store.ts'

export interface BucketSettings {
  /** `https://host` or `http://host:port`; the bucket is a part of the path. */
  readonly endpoint: string
  readonly bucket: string
  /** Ends in a slash where it is not empty. */
  readonly prefix: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

interface Bucket {
  readonly client: AwsClient
  addressOf(name: string): string
}

export function openS3Files(settings: BucketSettings): FileStore {
  const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = settings
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' })
  const place: Bucket = {
    client,
    addressOf: (name) => `${endpoint}/${bucket}/${prefix}${name}`,
  }
  return {
    stagingFolder: join(tmpdir(), 'fieldstone-incoming'),
    put: (name, content) =>
      content.size <= limits.filePartBytes
        ? putWhole(place, name, content)
        : putInParts(place, name, content),
    read: (name, start = 0) => read(place, name, start),
    remove: async (name) => {
      const answer = await client.fetch(place.addressOf(name), { method: 'DELETE' })
      await answer.arrayBuffer()
      if (!answer.ok && answer.status !== 404) throw refused('DELETE', answer.status)
    },
  }
}

function refused(what: string, status: number): Error {
  return new Error(`the file store answered ${what} with ${status}`)
}

/** The store itself compares the hash with what it got. */
async function putWhole(
  { client, addressOf }: Bucket,
  name: string,
  content: StagedContent,
): Promise<void> {
  const body = await wholeOf(content.read())
  const answer = await client.fetch(addressOf(name), {
    method: 'PUT',
    body,
    headers: { 'x-amz-content-sha256': content.sha256, 'content-type': 'application/octet-stream' },
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw refused('PUT', answer.status)
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  for await (const chunk of chunks) pieces.push(chunk)
  return Buffer.concat(pieces)
}

async function putInParts(bucket: Bucket, name: string, content: StagedContent): Promise<void> {
  const address = bucket.addressOf(name)
  const begun = await bucket.client.fetch(`${address}?uploads`, { method: 'POST' })
  const upload = /<UploadId>([^<]+)<\/UploadId>/.exec(await begun.text())?.[1]
  if (!begun.ok || upload === undefined) throw refused('POST ?uploads', begun.status)
  const place = { bucket, address, upload: encodeURIComponent(upload) }
  try {
    await finishUpload(place, await putParts(place, content))
  } catch (error) {
    const given = await bucket.client.fetch(`${address}?uploadId=${place.upload}`, {
      method: 'DELETE',
    })
    await given.arrayBuffer()
    throw error
  }
}

interface Upload {
  readonly bucket: Bucket
  readonly address: string
  readonly upload: string
}

async function putParts(
  { bucket, address, upload }: Upload,
  content: StagedContent,
): Promise<readonly string[]> {
  const tags: string[] = []
  for await (const part of partsOf(content.read())) {
    const place = `${address}?partNumber=${tags.length + 1}&uploadId=${upload}`
    const answer = await bucket.client.fetch(place, { method: 'PUT', body: part })
    await answer.arrayBuffer()
    const tag = answer.headers.get('etag')
    if (!answer.ok || tag === null) throw refused('PUT of a part', answer.status)
    tags.push(tag)
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
  { bucket, address, upload }: Upload,
  tags: readonly string[],
): Promise<void> {
  const parts = tags
    .map((tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`)
    .join('')
  const answer = await bucket.client.fetch(`${address}?uploadId=${upload}`, {
    method: 'POST',
    body: `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`,
    headers: { 'content-type': 'application/xml' },
  })
  // The store may find out at the very end, after it has begun to answer.
  const text = await answer.text()
  if (!answer.ok || text.includes('<Error>')) throw refused('POST of all parts', answer.status)
}

async function read({ client, addressOf }: Bucket, name: string, start: number): Promise<Readable> {
  const headers = start === 0 ? undefined : { range: `bytes=${start}-` }
  const answer = await client.fetch(addressOf(name), headers === undefined ? {} : { headers })
  if (!answer.ok || answer.body === null) {
    await answer.arrayBuffer()
    throw new MissingContent(name, `the file store answered with ${answer.status}`)
  }
  return Readable.fromWeb(answer.body as ReadableStream)
}
