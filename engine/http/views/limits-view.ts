/** How much was used of what, under the names that clients look for. What has no limit of its own is as good as endless. */
import { limits } from '../../base/limits.ts'
import type { AppParts } from '../app-parts.ts'

export type LimitParts = Pick<AppParts, 'bulk' | 'clock' | 'databaseBytes' | 'usage'>

interface LimitView {
  readonly Max: number
  readonly Remaining: number
}

const dayMs = 24 * 60 * 60_000
const megabyte = 1024 * 1024

export async function limitsView(parts: LimitParts): Promise<Readonly<Record<string, LimitView>>> {
  const { bulk, clock, databaseBytes, usage } = parts
  const jobs = await bulk.begunSince(clock.now() - dayMs)
  const megabytes = Math.ceil((await databaseBytes()) / megabyte)
  const perDay = (used: number): LimitView => left(limits.requestsPerDayMax, used)
  return {
    DailyApiRequests: perDay(limits.requestsPerDayMax - usage.remaining()),
    DailyBulkApiBatches: perDay(jobs.ingest),
    DailyBulkV2QueryJobs: perDay(jobs.queries),
    DailyBulkV2QueryFileStorageMB: perDay(0),
    DailyAsyncApexExecutions: perDay(0),
    DailyStreamingApiEvents: perDay(0),
    DataStorageMB: left(limits.dataStorageMegabytesMax, megabytes),
    FileStorageMB: left(limits.dataStorageMegabytesMax, 0),
    HourlyAsyncReportRuns: perDay(0),
    SingleEmail: perDay(0),
  }
}

function left(Max: number, used: number): LimitView {
  return { Max, Remaining: Math.max(0, Max - used) }
}
