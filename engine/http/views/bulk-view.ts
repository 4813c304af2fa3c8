/** Jobs in the words of the public Bulk API. */
import { ingestSpec, ingestStatus } from '../../bulk/ingest-job.ts'
import { querySpec, queryStatus } from '../../bulk/query-job.ts'
import type { Job } from '../../jobs/job-store.ts'

export function ingestView(job: Job): unknown {
  const { externalIdFieldName, ...spec } = ingestSpec(job)
  const { processed, failed, error, workMs } = ingestStatus(job)
  return {
    ...common(job, spec),
    ...(externalIdFieldName === undefined ? {} : { externalIdFieldName }),
    jobType: 'V2Ingest',
    contentUrl: `services/data/v${spec.apiVersion}/jobs/ingest/${job.id}/batches`,
    numberRecordsProcessed: processed,
    numberRecordsFailed: failed,
    ...times(workMs),
    ...(error === '' ? {} : { errorMessage: error }),
  }
}

export function queryView(job: Job): unknown {
  const spec = querySpec(job)
  const { rows, error, workMs } = queryStatus(job)
  return {
    ...common(job, spec),
    jobType: 'V2Query',
    numberRecordsProcessed: rows,
    ...times(workMs),
    ...(error === '' ? {} : { errorMessage: error }),
  }
}

interface CommonSpec {
  readonly operation: string
  readonly object: string
  readonly apiVersion: string
  readonly lineEnding: string
  readonly columnDelimiter: string
}

/** What every job says of itself first, whatever API shows it. */
export function jobHead(job: Job, { operation, object }: Pick<CommonSpec, 'operation' | 'object'>) {
  return {
    id: job.id,
    operation,
    object,
    createdById: job.createdBy,
    createdDate: instantText(job.createdAt),
    systemModstamp: instantText(job.modifiedAt),
  }
}

function common(job: Job, spec: CommonSpec): object {
  return {
    ...jobHead(job, spec),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(spec.apiVersion),
    lineEnding: spec.lineEnding,
    columnDelimiter: spec.columnDelimiter,
  }
}

function times(workMs: number): object {
  return {
    retries: 0,
    totalProcessingTime: workMs,
    apiActiveProcessingTime: workMs,
    apexProcessingTime: 0,
  }
}

function instantText(time: number): string {
  return new Date(time).toISOString().replace('Z', '+0000')
}
