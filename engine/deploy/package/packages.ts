/** Deploys and retrieves of whole packages, as jobs that go on after a restart. */
import type { Logger } from 'pino'
import type { Clock } from '../../base/clock.ts'
import { limits } from '../../base/limits.ts'
import { Refusal, refuse } from '../../base/refusal.ts'
import { ensureTables } from '../../storage/engine-tables.ts'
import type { Declaration } from '../../model/declaration.ts'
import type { Storage } from '../../storage/storage.ts'
import type { Deployer } from '../deployer.ts'
import type { Author } from '../plan.ts'
import { deployPackage, type PackageOptions } from './deploy-package.ts'
import {
  createPackageJobs,
  packageTables,
  type JobResult,
  type PackageJob,
} from './package-jobs.ts'
import { isInRecords } from '../../model/metadata-types.ts'
import { readPackage } from './read-package.ts'
import type { RecordComponents } from './record-components.ts'
import { retrievePackage, type RetrievedPackage, type RetrieveRequest } from './retrieve-package.ts'

export interface Packages {
  /** What is kept as records, for whoever takes single components. */
  readonly recordComponents: RecordComponents
  /** `zip` is base64. Gives the job at once; the work follows. */
  deploy(zip: string, options: PackageOptions, by: Author): Promise<PackageJob>
  /** Deploys what a job has checked, without sending it again. */
  deployChecked(jobId: string, by: Author): Promise<PackageJob>
  job(jobId: string): Promise<PackageJob>
  /** Only what has not begun can be taken back. */
  cancel(jobId: string): Promise<PackageJob>
  retrieve(request: RetrieveRequest, by: Author): Promise<string>
  retrieved(retrieveId: string): Promise<RetrievedPackage>
  /** Takes up what a crash has left. */
  resume(): Promise<void>
  /** Waits for the job that is under way. */
  close(): Promise<void>
}

export interface PackagesOptions {
  readonly storage: Storage
  readonly deployer: Deployer
  readonly recordComponents: RecordComponents
  readonly clock: Clock
  readonly ids: (keyPrefix: string) => string
  readonly log: Pick<Logger, 'error'>
}

export async function createPackages(options: PackagesOptions): Promise<Packages> {
  const { storage, clock, ids, deployer } = options
  await ensureTables(storage, packageTables)
  const jobs = createPackageJobs(storage)
  const queue = createQueue((jobId) => runJob(options, jobs, jobId))
  const job = async (jobId: string): Promise<PackageJob> => {
    const found = await jobs.find(jobId)
    if (found === undefined) throw noJob(jobId)
    return found
  }
  const deploy: Packages['deploy'] = async (zip, asked, by) => {
    const waiting = await jobs.open()
    if (waiting.length >= limits.packageJobsWaitingMax) {
      throw refuse('LIMIT_EXCEEDED', 'Too many deploys wait already. Try again shortly.')
    }
    await jobs.forgetBefore(clock.now() - limits.packageJobsKeptMs)
    const jobId = ids('0Af')
    await jobs.add({ id: jobId, by, at: clock.now(), options: asked, zip })
    queue.add(jobId)
    return job(jobId)
  }
  return {
    recordComponents: options.recordComponents,
    deploy,
    deployChecked: async (jobId, by) => {
      const checked = await job(jobId)
      const zip = await jobs.zipOf(jobId)
      if (checked.state !== 'Succeeded' || !checked.options.checkOnly || zip === undefined) {
        throw refuse('INVALID_ARGUMENT', `${jobId} is no validation that succeeded.`)
      }
      return deploy(zip, { ...checked.options, checkOnly: false }, by)
    },
    job,
    cancel: async (jobId) => {
      await jobs.move(jobId, ['Pending'], { state: 'Canceled', at: clock.now() })
      return job(jobId)
    },
    retrieve: async (request, by) => {
      const at = clock.now()
      await jobs.forgetBefore(at - limits.packageJobsKeptMs)
      const held = await heldBy(options, request, by)
      const result = JSON.stringify(
        retrievePackage(deployer.store.current(), { ...request, held }, at),
      )
      const retrieveId = ids('09S')
      await jobs.addRetrieved({ id: retrieveId, by, at, result })
      return retrieveId
    },
    retrieved: async (retrieveId) => {
      const text = await jobs.retrieved(retrieveId)
      if (text === undefined) throw noJob(retrieveId)
      const result: RetrievedPackage = JSON.parse(text)
      return result
    },
    resume: async () => {
      for (const jobId of await jobs.open()) queue.add(jobId)
    },
    close: queue.close,
  }
}

/** What the request names of components that are kept as records, as far as the author may see them. */
async function heldBy(
  { recordComponents }: PackagesOptions,
  { manifest }: RetrieveRequest,
  by: Author,
): Promise<readonly Declaration[]> {
  const held: Declaration[] = []
  for (const [type, members] of manifest.types) {
    if (!isInRecords(type)) continue
    const names = members.has('*') ? undefined : [...members]
    held.push(...(await recordComponents.read(type, by, names)))
  }
  return held
}

interface JobQueue {
  add(jobId: string): void
  /** Waits for the job that is under way; the others are taken up at the next start. */
  close(): Promise<void>
}

/** One after the other, in the order in which they came. */
function createQueue(run: (jobId: string) => Promise<void>): JobQueue {
  let closed = false
  let tail = Promise.resolve()
  const next = async (before: Promise<void>, jobId: string): Promise<void> => {
    await before
    if (!closed) await run(jobId)
  }
  return {
    add: (jobId) => {
      tail = next(tail, jobId)
    },
    close: () => {
      closed = true
      return tail
    },
  }
}

function noJob(jobId: string) {
  return refuse('INVALID_CROSS_REFERENCE_KEY', `invalid cross reference id: ${jobId.slice(0, 20)}`)
}

type Jobs = ReturnType<typeof createPackageJobs>

/** Never rejects: the outcome stands in the job. What was begun before a crash is simply done again. */
async function runJob(options: PackagesOptions, jobs: Jobs, jobId: string): Promise<void> {
  const { storage, clock, log } = options
  try {
    await storage.exclusive('package job', async () => {
      const begun = { state: 'InProgress', at: clock.now() } as const
      if (!(await jobs.move(jobId, ['Pending', 'InProgress'], begun))) return
      const job = await jobs.find(jobId)
      const zip = await jobs.zipOf(jobId)
      if (job === undefined || zip === undefined) return
      const result = await outcomeOf(options, job, zip)
      await jobs.move(jobId, ['InProgress'], {
        state: stateOf(result),
        at: clock.now(),
        result,
        keepZip: job.options.checkOnly,
      })
    })
  } catch (error) {
    // The database is away: the job is taken up at the next start.
    log.error({ err: error }, `the deploy ${jobId} was interrupted`)
  }
}

async function outcomeOf(
  { deployer, recordComponents: records, log }: PackagesOptions,
  { id, by, options }: PackageJob,
  zip: string,
): Promise<JobResult> {
  try {
    const pack = readPackage(Buffer.from(zip, 'base64'))
    return await deployPackage({ deployer, records }, pack, { options, by })
  } catch (error) {
    if (error instanceof Refusal) {
      return { results: [], total: 0, error: { code: error.code, message: error.message } }
    }
    log.error({ err: error }, `the deploy ${id} failed`)
    const message = `Something went wrong on the server. Quote ${id} when you report it.`
    return { results: [], total: 0, error: { code: 'UNKNOWN_EXCEPTION', message } }
  }
}

function stateOf({ results, error }: JobResult): 'Succeeded' | 'SucceededPartial' | 'Failed' {
  if (error !== undefined) return 'Failed'
  if (results.every(({ success }) => success)) return 'Succeeded'
  return results.some(({ success, type }) => success && type !== '') ? 'SucceededPartial' : 'Failed'
}
