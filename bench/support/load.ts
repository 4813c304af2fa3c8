/** Load on one address by autocannon: requests a second, latency, and whether any went wrong. */
import autocannon from 'autocannon'

export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: unknown
}

export interface Load {
  readonly url: string
  readonly token: string
  readonly connections: number
  readonly seconds: number
  /** Shared out among the connections; each sends its own in turn. */
  readonly requests: readonly LoadRequest[]
}

export interface LoadResult {
  readonly perSecond: number
  readonly count: number
  readonly p99Ms: number
}

export async function runLoad(load: Load): Promise<LoadResult> {
  const requests = load.requests.map((one) => ({
    method: one.method,
    path: one.path,
    headers: {
      Authorization: `Bearer ${load.token}`,
      ...(one.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(one.body === undefined ? {} : { body: JSON.stringify(one.body) }),
  }))
  const stride = Math.max(1, Math.floor(requests.length / load.connections))
  let clients = 0
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    requests,
    // Each connection has requests of its own: those that change the same record at the same time would measure how
    // they collide, and handing all of them to each would keep the load generator busy for longer than a request may take.
    setupClient: (client) => {
      const start = (stride * clients++) % requests.length
      client.setRequests(requests.slice(start, start + stride))
    },
  })
  // A timeout is among the errors.
  const failed = result.errors + result.non2xx
  if (failed > 0) {
    const example = load.requests[0]
    throw new Error(
      `${failed} requests failed (${result.errors} of them for the connection): ${example?.method} ${example?.path}`,
    )
  }
  const count = result.requests.total
  return { perSecond: count / result.duration, count, p99Ms: result.latency.p99 }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  if (!Number.isInteger(middle)) return upper
  return (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
