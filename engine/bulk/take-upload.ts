/** An upload on its way into the blocks of a job, as long as the job is open. */
import { message } from '../base/message.ts'
import { refuse } from '../base/refusal.ts'
import type { Job } from '../jobs/job-store.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Caller } from '../records/records.ts'
import type { OwnJobs } from './bulk-jobs.ts'
import { addBlock, removeBlocks } from './bulk-tables.ts'
import { resolveColumns } from './ingest-columns.ts'
import { ingestSpec, ingestStatus } from './ingest-job.ts'
import type { BulkParts } from './run-ingest.ts'
import { readUpload, type UploadSource } from './upload.ts'

interface Upload {
  readonly caller: Caller
  readonly job: Job
  readonly source: UploadSource
}

/** Rows of an upload that a crash broke off are taken away by the next one. */
export async function takeUpload(
  { models, blockRowsOf }: Pick<BulkParts, 'models' | 'blockRowsOf'>,
  jobs: OwnJobs,
  { caller, job, source: given }: Upload,
): Promise<void> {
  const spec = ingestSpec(job)
  const source = { ...given, blockRows: blockRowsOf?.(spec.object) }
  await jobs.whileOpen(job, (tx) => removeBlocks(tx, job.id))
  const { columns, rows } = await readUpload(source, spec, (block) =>
    jobs.whileOpen(job, (tx) => addBlock(tx, job.id, block)),
  )
  const model = models.current()
  const object = readableObject(model, caller, spec.object)
  const { operation } = spec
  resolveColumns({ model, access: caller.access }, object, { header: columns, operation })
  const status = JSON.stringify({ ...ingestStatus(job), columns, rows })
  await jobs.move(job, { from: ['Open'], state: 'Open', status })
}

export function readableObject(model: Model, caller: Caller, name: string): ObjectModel {
  const object = model.object(name)
  if (object !== undefined && caller.access.mayObject(object.name, 'read')) return object
  throw refuse('INVALID_TYPE', message('There is no object {name}.', { name: name.slice(0, 80) }), {
    fields: ['object'],
  })
}

export function requireHardDelete({ access }: Caller, { name }: ObjectModel): void {
  if (access.has('BulkApiHardDelete') || access.mayObject(name, 'modifyAll')) return
  throw refuse(
    'INSUFFICIENT_ACCESS',
    message('This needs the permission {permission}.', { permission: 'BulkApiHardDelete' }),
  )
}
