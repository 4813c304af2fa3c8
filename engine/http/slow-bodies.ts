/** Requests whose body takes its time: an upload of somebody known has minutes, everything else is cut off soon. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

const uploads = new WeakSet<IncomingMessage>()

/** Called once it is known who sends it; without a connection there is nothing to wait for. */
export function allowSlowBody(request: IncomingMessage | undefined): void {
  if (request !== undefined) uploads.add(request)
}

/** After this time a request must have come whole, unless it is an upload that is still being answered. */
export function cutSlowBodies(server: Server, timeoutMs: number): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    const timer = setTimeout(() => {
      const isUpload = uploads.has(request) && !response.writableFinished
      // The server's own limit still holds for those.
      if (!request.complete && !isUpload) cut(server, request)
    }, timeoutMs)
    timer.unref()
    request.once('close', () => clearTimeout(timer))
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** As the server itself does with those that reach its own limit. */
function cut(server: Server, request: IncomingMessage): void {
  const error = Object.assign(new Error('the request took too long to arrive'), {
    code: 'ERR_HTTP_REQUEST_TIMEOUT',
  })
  server.emit('clientError', error, request.socket)
}
