/**
 * Figures of this server as Prometheus reads them. Nothing is measured before somebody has asked for the first time: whoever
 * never does pays nothing, neither at the start nor with a request.
 */
import type { Histogram, Registry } from 'prom-client'
import { statusOf } from './error-answer.ts'
import type { Route } from './route.ts'

export interface MetricsText {
  readonly text: string
  readonly contentType: string
}

export interface Metrics {
  /** What was measured since the first question. */
  read(): Promise<MetricsText>
  /** Does the request, and takes its time where times are taken. */
  timed(route: Pick<Route, 'method' | 'path'>, answer: () => Answer): Answer
}

type Answer = Response | Promise<Response>

/** Numbers that are known when somebody asks. */
export interface MetricSources {
  readonly jobsStopped: () => number
  readonly databaseBytes: () => Promise<number>
  readonly requestsLeft: () => number
}

interface Measuring {
  readonly registry: Registry
  readonly requests: Histogram<'method' | 'route' | 'status'>
}

/** Seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

export function createMetrics(sources: MetricSources): Metrics {
  let begun: Promise<Measuring> | undefined
  let measuring: Measuring | undefined
  return {
    read: async () => {
      begun ??= begin(sources)
      measuring = await begun
      const { registry } = measuring
      return { text: await registry.metrics(), contentType: registry.contentType }
    },
    timed: (route, answer) => {
      if (measuring === undefined) return answer()
      const taken = measuring.requests.startTimer({ method: route.method, route: route.path })
      return told(answer, (status) => void taken({ status: String(status) }))
    },
  }
}

/** Tells the status when it is known, and passes on what was answered or thrown. */
function told(answer: () => Answer, tell: (status: number) => void): Answer {
  const thrown = (error: unknown): never => {
    tell(statusOf(error))
    throw error
  }
  const done = (response: Response): Response => {
    tell(response.status)
    return response
  }
  try {
    const answered = answer()
    return answered instanceof Promise ? answered.then(done, thrown) : done(answered)
  } catch (error) {
    return thrown(error)
  }
}

async function begin(sources: MetricSources): Promise<Measuring> {
  const { default: prometheus } = await import('prom-client')
  const registry = new prometheus.Registry()
  const registers = [registry]
  prometheus.collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
    // It registers itself.
    void new prometheus.Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })
  }
  gauge('fieldstone_jobs_stopped', 'Jobs that stand still.', sources.jobsStopped)
  gauge('fieldstone_database_bytes', 'Room that the database takes.', sources.databaseBytes)
  gauge('fieldstone_requests_left', 'Requests left of the day.', sources.requestsLeft)
  const requests = new prometheus.Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long answers took, from the request to the head of the answer.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  })
  return { registry, requests }
}
