/** Requests to an S3-compatible store: signed, waited for so long and no longer, sent again where that does no harm. */
import { AwsClient } from 'aws4fetch'
import { StorageError } from '../storage-error.ts'
import { MissingContent, requireContentName } from './file-store.ts'

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

export interface BucketPatience {
  readonly tries: number
  /** Before the second of them; doubled before each further one. */
  readonly pauseMs: number
  /** For an answer, or for more of it. */
  readonly waitMs: number
}

export interface BucketRequest {
  readonly method: 'PUT' | 'POST' | 'DELETE' | 'HEAD'
  readonly name: string
  /** As it stands behind the question mark. */
  readonly query?: string
  readonly body?: Uint8Array<ArrayBuffer>
  /** Of the body, in hexadecimal: the store compares. */
  readonly sha256?: string
}

export interface Told {
  readonly isOk: boolean
  readonly status: number
  /** What the store calls an error; empty where it tells none. */
  readonly code: string
  readonly text: string
  readonly tag: string
}

export interface Bucket {
  readonly tries: number
  /** What can be sent again is, until the store answers other than that it is in trouble. */
  tell(request: BucketRequest): Promise<Told>
  /** The bytes from `start` on; refuses with `MissingContent` what is not there. */
  open(name: string, start: number): Promise<AsyncIterable<Uint8Array>>
  /** Undefined where it is not there. */
  sizeOf(name: string): Promise<number | undefined>
}

export function openBucket(settings: BucketSettings, patience: BucketPatience): Bucket {
  const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = settings
  // It would send again without an end in sight, and not after broken connections.
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })
  const place: Place = {
    client,
    patience,
    addressOf: (name, query) => {
      requireContentName(name)
      const address = `${endpoint}/${bucket}/${prefix}${name}`
      return query === undefined ? address : `${address}?${query}`
    },
  }
  return {
    tries: patience.tries,
    tell: (request) => tell(place, request),
    open: (name, start) => open(place, name, start),
    sizeOf: (name) => {
      const use = ({ ok, headers }: Response): number | undefined =>
        ok ? Number(headers.get('content-length')) : undefined
      return ask(place, { address: place.addressOf(name), init: { method: 'HEAD' }, use })
    },
  }
}

interface Place {
  readonly client: AwsClient
  readonly patience: BucketPatience
  addressOf(name: string, query?: string): string
}

function tell(place: Place, request: BucketRequest): Promise<Told> {
  const { method, name, query, body, sha256 } = request
  const init = {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/octet-stream' }),
      ...(sha256 === undefined ? {} : { 'x-amz-content-sha256': sha256 }),
    },
  }
  const use = async (answer: Response): Promise<Told> => {
    const text = await answer.text()
    const code = /<Error>[^]*?<Code>([\w.]+)<\/Code>/.exec(text)?.[1] ?? ''
    const { ok: isOk, status, headers } = answer
    return { isOk, status, code, text, tag: headers.get('etag') ?? '' }
  }
  return ask(place, { address: place.addressOf(name, query), init, use })
}

function open(place: Place, name: string, start: number): Promise<AsyncIterable<Uint8Array>> {
  const headers: Record<string, string> = start === 0 ? {} : { range: `bytes=${start}-` }
  const use: Sent<AsyncIterable<Uint8Array>>['use'] = async (answer, ending) => {
    const { status, body } = answer
    if (answer.ok && body !== null && (start === 0 || status === 206)) {
      return chunksOf(body, place.patience.waitMs, ending)
    }
    await body?.cancel()
    if (status === 404) throw new MissingContent(name, 'the file store answered with 404')
    throw new StorageError('disconnected', `the file store answered GET with ${status}`)
  }
  return ask(place, { address: place.addressOf(name), init: { headers }, use })
}

/** Stores ask for less, or for another time, with these; everything else they mean. */
function isTrouble({ status }: Response): boolean {
  return status === 429 || (status >= 500 && status !== 501 && status !== 507)
}

interface Sent<Result> {
  readonly address: string
  readonly init: RequestInit
  /** Takes in time what is needed of the answer; a failure in it is one of the connection. */
  use(answer: Response, ending: AbortController): Promise<Result> | Result
}

async function ask<Result>(place: Place, sent: Sent<Result>): Promise<Result> {
  const { tries, pauseMs } = place.patience
  for (let attempt = 1; ; attempt += 1) {
    const answer = await once(place, sent)
    if (!(answer instanceof StorageError)) return answer.result
    if (attempt >= tries) throw answer
    await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (attempt - 1)))
  }
}

async function once<Result>(
  { client, patience: { waitMs } }: Place,
  { address, init, use }: Sent<Result>,
): Promise<{ readonly result: Result } | StorageError> {
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), waitMs)
  try {
    const answer = await client.fetch(address, { ...init, signal: ending.signal })
    if (!isTrouble(answer)) return { result: await use(answer, ending) }
    await answer.body?.cancel()
    return new StorageError('busy', `the file store answered with ${answer.status}`)
  } catch (cause) {
    // What the store means is meant; all else is the way to it.
    if (cause instanceof StorageError) throw cause
    return new StorageError('disconnected', 'the file store cannot be reached', { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** A store that has stopped in the middle of a content is left alone; one whose reader is slow is not. */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  waitMs: number,
  ending: AbortController,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader()
  try {
    for (;;) {
      const next = await inTime(reader.read(), waitMs)
      if (next.done) return
      yield next.value
    }
  } finally {
    // Otherwise the connection would be given to the next request with the rest of this answer in it.
    ending.abort()
  }
}

async function inTime<Result>(work: Promise<Result>, waitMs: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('nothing more came')), waitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
