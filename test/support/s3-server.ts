/**
 * A small S3-compatible store that believes nobody: it works each signature out itself (AWS Signature Version 4), compares
 * the hash of what was sent, and can be made to fail in the ways that networks and stores do.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BucketSettings } from '../../engine/storage/files/s3-requests.ts'

export interface S3Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** What befalls a request: an answer of its own, a broken connection, or silence. */
export type S3Trouble =
  | { readonly status: number; readonly code?: string }
  | 'reset'
  | 'silence'
  /** It does what it is asked, and its answer is lost. */
  | 'lost answer'
  /** So many bytes of the content, then the connection breaks, or stands still. */
  | { readonly breakAfter: number }
  | { readonly stopAfter: number }

export interface S3Server {
  readonly settings: BucketSettings
  readonly objects: Map<string, Buffer>
  /** Parts of uploads that were neither finished nor given up. */
  readonly uploads: ReadonlyMap<string, ReadonlyMap<number, Buffer>>
  /** Method and path of all that was asked, in order. */
  readonly asked: string[]
  /** One for each of the next requests. */
  readonly troubles: (S3Trouble | undefined)[]
  close(): Promise<void>
}

const region = 'eu-central-1'
const accessKeyId = 'AKIDTEST'
const secretAccessKey = 'secret/with+signs=and blanks'

export async function startS3Server(): Promise<S3Server> {
  const store: Store = {
    objects: new Map(),
    uploads: new Map(),
    asked: [],
    troubles: [],
  }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://store')
      const { method = '', headers } = request
      const body = Buffer.concat(pieces)
      answer(
        store,
        { method, path: url.pathname, query: url.searchParams, headers, body },
        response,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...store,
    settings: {
      ...{ endpoint, bucket: 'contents', prefix: 'live/org one/' },
      ...{ region, accessKeyId, secretAccessKey },
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
}

interface Store {
  readonly objects: Map<string, Buffer>
  readonly uploads: Map<string, Map<number, Buffer>>
  readonly asked: string[]
  readonly troubles: (S3Trouble | undefined)[]
}

function answer(store: Store, request: S3Request, response: ServerResponse): void {
  store.asked.push(`${request.method} ${request.path}`)
  const trouble = store.troubles.shift()
  if (trouble === 'silence') return
  if (trouble === 'reset') return void response.destroy()
  if (trouble !== undefined && typeof trouble === 'object' && 'status' in trouble) {
    return fail(response, trouble.status, trouble.code ?? 'InternalError')
  }
  const wrong = signatureProblem(request)
  if (wrong !== undefined) return fail(response, 403, wrong)
  const done = serve(store, request)
  if (trouble === 'lost answer') return void response.destroy()
  if (done.status >= 400) return fail(response, done.status, done.code ?? 'NoSuchKey')
  response.writeHead(done.status, {
    'content-length': done.length ?? done.body.length,
    ...(done.tag === undefined ? {} : { etag: done.tag }),
  })
  if (trouble === undefined) return void response.end(done.body)
  response.flushHeaders()
  const isBreak = 'breakAfter' in trouble
  const bytes = isBreak ? trouble.breakAfter : trouble.stopAfter
  response.write(done.body.subarray(0, bytes), () => {
    if (isBreak) response.destroy()
  })
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)
}

interface Done {
  readonly status: number
  readonly body: Buffer
  readonly code?: string
  readonly tag?: string
  /** Of what HEAD speaks of. */
  readonly length?: number
}

const nothing = Buffer.alloc(0)
const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex')

function serve(store: Store, request: S3Request): Done {
  const { method, path, query } = request
  const upload = query.get('uploadId')
  if (query.has('uploads')) {
    const id = `upload/${store.uploads.size + 1}+${path.length}=`
    store.uploads.set(id, new Map())
    return told(`<R><UploadId>${id}</UploadId></R>`)
  }
  if (upload !== null) return serveUpload(store, request, upload)
  const held = store.objects.get(path)
  if (method === 'PUT') {
    store.objects.set(path, request.body)
    return { status: 200, body: nothing, tag: `"${md5(request.body)}"` }
  }
  if (held === undefined) return { status: 404, body: nothing, code: 'NoSuchKey' }
  if (method === 'HEAD') return { status: 200, body: nothing, length: held.length }
  if (method === 'GET') {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    return { status: start === 0 ? 200 : 206, body: held.subarray(start) }
  }
  store.objects.delete(path)
  return { status: 204, body: nothing }
}

function told(text: string): Done {
  return { status: 200, body: Buffer.from(text) }
}

function serveUpload(store: Store, { method, path, query, body }: S3Request, id: string): Done {
  const parts = store.uploads.get(id)
  if (parts === undefined) return { status: 404, body: nothing, code: 'NoSuchUpload' }
  if (method === 'PUT') {
    parts.set(Number(query.get('partNumber')), body)
    return { status: 200, body: nothing, tag: `"${md5(body)}"` }
  }
  store.uploads.delete(id)
  if (method === 'DELETE') return { status: 204, body: nothing }
  const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>"(\w+)"/g)]
  const pieces = named.map(([, number, tag]) => {
    const piece = parts.get(Number(number)) ?? nothing
    return md5(piece) === tag ? piece : undefined
  })
  // As the real ones do: it begins to answer well, and finds out then.
  if (pieces.includes(undefined)) return told('<Error><Code>InvalidPart</Code></Error>')
  store.objects.set(path, Buffer.concat(pieces.filter((piece) => piece !== undefined)))
  return told('<R/>')
}

const sha256 = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex')
const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()
/** As the documents of the signature want it: all but letters, digits and four signs. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => {
    return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
  })

/** What is wrong with it; undefined where it is signed as it should be. */
function signatureProblem({ method, path, query, headers, body }: S3Request): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
  const [, key, day = '', place = '', names = '', given = ''] =
    form.exec(headers.authorization ?? '') ?? []
  if (key !== accessKeyId || place !== region) return 'InvalidAccessKeyId'
  const time = String(headers['x-amz-date'])
  if (!time.startsWith(day)) return 'AuthorizationHeaderMalformed'
  const hash = String(headers['x-amz-content-sha256'])
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const parameters = [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
  const segments = path.split('/').map((part) => encoded(decodeURIComponent(part)))
  const canonical = [method, segments.join('/'), parameters, lines.join(''), names, hash].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')
  const dated = hmac(`AWS4${secretAccessKey}`, day)
  const signing = hmac(hmac(hmac(dated, region), 's3'), 'aws4_request')
  const right = hmac(signing, text)
  return timingSafeEqual(right, Buffer.from(given, 'hex')) ? undefined : 'SignatureDoesNotMatch'
}
