/** The HTTP server around the application: limits on what comes in, and an orderly end. */
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Logger } from 'pino'
import { limits } from '../base/limits.ts'
import { refuse, type ErrorCode } from '../base/refusal.ts'
import type { App } from './app.ts'
import { refusalAnswer } from './error-answer.ts'
import { emptyHeaders } from './headers.ts'
import { cutSlowBodies } from './slow-bodies.ts'

export interface RunningServer {
  readonly port: number
  /**
   * Lets the requests that have begun finish within the grace time, while the application refuses
   * new ones; then closes, and cuts what is left.
   */
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly host: string
  readonly port: number
  readonly log: Logger
  /** What the tests set otherwise. */
  readonly timeouts?: Partial<typeof timeouts>
}

const timeouts = {
  headersMs: limits.requestHeadersTimeoutMs as number,
  requestMs: limits.requestTimeoutMs as number,
  uploadMs: limits.uploadTimeoutMs as number,
  connectionsCheckMs: 5_000,
  keepAliveMs: 65_000,
}

export async function startServer(app: App, options: ServerOptions): Promise<RunningServer> {
  const { headersMs, requestMs, uploadMs, connectionsCheckMs, keepAliveMs } = {
    ...timeouts,
    ...options.timeouts,
  }
  const server = createServer(
    {
      maxHeaderSize: limits.requestUrlBytesMax + limits.requestHeaderBytesMax,
      headersTimeout: headersMs,
      requestTimeout: uploadMs,
      connectionsCheckingInterval: connectionsCheckMs,
      keepAliveTimeout: keepAliveMs,
    },
    withFewHeaders(
      getRequestListener(app.fetch, { hostname: options.host, errorHandler: badRequest }),
    ),
  )
  // Node would drop the headers beyond a count silently; they are counted when they are there.
  server.maxHeadersCount = 0
  server.on('clientError', answerBadRequest)
  server.on('checkExpectation', refuseExpectation)
  cutSlowBodies(server, requestMs)
  const running = watchRequests(server)
  await listen(server, options)
  const address = server.address()
  return {
    port: isAddressInfo(address) ? address.port : options.port,
    stop: () => stop(server, running),
  }
}

function isAddressInfo(address: ReturnType<Server['address']>): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

function listen(server: Server, options: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      server.on('error', (error) => options.log.error({ err: error }, 'server'))
      resolve()
    })
  })
}

/** What the adapter refuses before the application sees it, such as a broken Host header. */
function badRequest(): Response {
  return refusalAnswer(refuse('INVALID_ARGUMENT', 'The request is malformed.'))
}

/** What the parser refuses never reaches the application; the answer is written by hand. */
function answerBadRequest(error: NodeJS.ErrnoException & BrokenPacket, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  const [status, code, message] = parserRefusal(error)
  const body = JSON.stringify([{ message, errorCode: code, fields: [] }])
  const headers = {
    ...emptyHeaders,
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
  )
}

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** Very short headers are many before they are too many bytes. */
function withFewHeaders(listener: Listener): Listener {
  return (request, response) => {
    // Names and values stand in turn.
    if (request.rawHeaders.length <= limits.requestHeadersMax * 2)
      return listener(request, response)
    response.writeHead(431, { ...emptyHeaders, Connection: 'close' })
    return response.end()
  }
}

interface BrokenPacket {
  readonly rawPacket?: Buffer
}

function parserRefusal(
  error: NodeJS.ErrnoException & BrokenPacket,
): readonly [status: number, code: string, message: string] {
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    // Without an end of line the address itself was too long.
    return error.rawPacket?.includes('\r\n') === false
      ? [414, 'URI_TOO_LONG' satisfies ErrorCode, 'The address is too long.']
      : [431, 'HEADERS_TOO_LARGE', 'The headers are too large.']
  }
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return [408, 'REQUEST_TIMEOUT', 'The request took too long to arrive.']
  }
  return [400, 'INVALID_ARGUMENT' satisfies ErrorCode, 'The request is malformed.']
}

function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(417, emptyHeaders)
  response.end()
}

/** The answers that are not finished yet. */
function watchRequests(server: Server): ReadonlySet<ServerResponse> {
  const running = new Set<ServerResponse>()
  server.on('request', (_request: IncomingMessage, response: ServerResponse) => {
    running.add(response)
    response.once('close', () => running.delete(response))
  })
  return running
}

async function stop(server: Server, running: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const cut = setTimeout(() => {
    server.close()
    server.closeAllConnections()
  }, limits.shutdownGraceMs)
  // Those who come meanwhile shall hear a clear word instead of finding the door closed.
  await Promise.race([Promise.all([...running].map(finished)), closed])
  server.close()
  server.closeIdleConnections()
  await closed
  clearTimeout(cut)
}

function finished(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once('close', () => resolve()))
}
