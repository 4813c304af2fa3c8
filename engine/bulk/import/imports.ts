/** Imports as the edge calls them: a file, what its columns mean, a rehearsal, the import itself, and its undoing. */
import { message } from '../../base/message.ts'
import { limits } from '../../base/limits.ts'
import { refuse } from '../../base/refusal.ts'
import type { Job } from '../../jobs/job-store.ts'
import { inLanguage } from '../../language/in-language.ts'
import { isKeyField } from '../../query/resolve.ts'
import type { Caller } from '../../records/records.ts'
import { wrongState, type OwnJobs } from '../bulk-jobs.ts'
import { addBlock, readBlock, removeBlocks } from '../bulk-tables.ts'
import { delimiters } from '../csv-format.ts'
import { textOf } from '../ingest-job.ts'
import { objectOfJob, type BulkParts } from '../run-ingest.ts'
import { readUpload, type UploadSource } from '../upload.ts'
import { encodings, readFileText, type FileHints } from './file-text.ts'
import { importColumns } from './import-columns.ts'
import {
  importSpec,
  importStatus,
  newImport,
  readSettings,
  undoIdOf,
  type ImportSettings,
  type ImportSpec,
  type ImportStatus,
  type UndoStatus,
} from './import-job.ts'
import {
  importFile,
  importRows,
  undoRows,
  type ImportFile,
  type RowPage,
  type RowWish,
} from './import-rows.ts'
import { removeKeys } from './import-tables.ts'
import { importTargets, suggestSettings, type ImportTarget } from './suggest-mapping.ts'

type Asked = ReadonlyMap<string, unknown>

/** A file, and what its sender says of it. */
export interface HintedSource extends UploadSource {
  /** `encoding` and `delimiter`; what is not said is found out. */
  readonly hints: Asked
}

/** An import with the job that takes it back, where there is one. */
export interface ImportJob {
  readonly job: Job
  readonly undo: Job | undefined
}

export interface Imports {
  create(caller: Caller, asked: Asked): Promise<ImportJob>
  list(caller: Caller): Promise<readonly ImportJob[]>
  find(caller: Caller, id: string): Promise<ImportJob>
  remove(caller: Caller, id: string): Promise<void>
  /** Reads the file, and suggests what its columns mean. */
  upload(caller: Caller, id: string, source: HintedSource): Promise<ImportJob>
  /** The first rows of the file, and what its columns may fill. */
  sample(caller: Caller, id: string): Promise<ImportSample>
  /** What becomes of every row is found out, and nothing stays. */
  rehearse(caller: Caller, id: string, asked: Asked): Promise<ImportJob>
  run(caller: Caller, id: string, asked: Asked): Promise<ImportJob>
  /** Stops what is not done yet; what is done stays, and can be taken back. */
  stop(caller: Caller, id: string): Promise<ImportJob>
  undo(caller: Caller, id: string): Promise<ImportJob>
  rows(caller: Caller, id: string, wish: RowWish & { readonly ofUndo: boolean }): Promise<RowPage>
  file(caller: Caller, id: string, kind: ImportFile): Promise<ReadableStream<Uint8Array>>
}

export interface ImportSample {
  readonly rows: readonly (readonly string[])[]
  readonly targets: readonly ImportTarget[]
}

export interface ImportParts extends BulkParts {
  readonly wake: () => void
  readonly jobs: OwnJobs
  readonly undoJobs: OwnJobs
}

const sampleRows = 5
const waiting = ['UploadComplete', 'InProgress'] as const

export function createImports(parts: ImportParts): Imports {
  const { jobs, storage } = parts
  const find: Imports['find'] = async (caller, id) => {
    const job = await jobs.find(caller, id)
    return { job, undo: await parts.undoJobs.known(caller, undoIdOf(job.id)) }
  }
  return {
    ...starting(parts, find),
    find,
    list: async (caller) => {
      const undos = new Map((await parts.undoJobs.list(caller)).map((undo) => [undo.id, undo]))
      const own = await jobs.list(caller)
      return own.map((job) => ({ job, undo: undos.get(undoIdOf(job.id)) }))
    },
    remove: async (caller, id) => {
      const { job, undo } = await find(caller, id)
      if (undo !== undefined) await parts.undoJobs.remove(undo)
      await jobs.remove(job)
      await storage.write(async (tx) => {
        await removeBlocks(tx, undoIdOf(job.id))
        await removeKeys(tx, job.id)
      })
    },
    sample: async (caller, id) => {
      const { job } = await find(caller, id)
      const { gate, object } = objectOfJob(parts, caller, importSpec(job).object)
      const block = await readBlock(storage, job.id, 0)
      const targets = importTargets({ gate, object, caller })
      return { rows: block?.rows.slice(0, sampleRows) ?? [], targets }
    },
    rows: async (caller, id, { ofUndo, ...wish }) => {
      const { job, undo } = await find(caller, id)
      if (!ofUndo) return importRows(storage, job, wish)
      return undo === undefined ? { rows: [], next: null } : undoRows(storage, undo, wish)
    },
    file: async (caller, id, kind) => {
      const { job } = await find(caller, id)
      const model = inLanguage(parts.models.current(), caller.language)
      return importFile({ storage, model }, job, kind)
    },
  }
}

type Find = Imports['find']
type Starting = Pick<Imports, 'create' | 'upload' | 'rehearse' | 'run' | 'stop' | 'undo'>

function starting(parts: ImportParts, find: Find): Starting {
  const { jobs, undoJobs, wake } = parts
  const uploading = new Set<string>()
  const begin = async (input: Start): Promise<ImportJob> => {
    const { job } = await find(input.caller, input.id)
    if (uploading.has(job.id)) throw wrongState(job)
    await start(parts, job, input)
    wake()
    return find(input.caller, input.id)
  }
  return {
    create: async (caller, asked) => {
      const { gate, object } = objectOfJob(parts, caller, textOf(asked, 'object'))
      requireRights(gate.access, object.name)
      const spec: ImportSpec = {
        object: object.name,
        fileName: textOf(asked, 'fileName').slice(0, fileNameCharsMax),
        apiVersion: caller.apiVersion,
        language: caller.language,
      }
      const job = await jobs.add(caller, { state: 'Open', spec, status: newImport })
      return { job, undo: undefined }
    },
    upload: async (caller, id, source) => {
      const { job } = await find(caller, id)
      if (job.state !== 'Open' || importStatus(job).phase === 'run') throw wrongState(job)
      if (uploading.has(job.id)) throw wrongState(job)
      uploading.add(job.id)
      try {
        await upload(parts, { caller, job, source })
      } finally {
        uploading.delete(job.id)
      }
      return find(caller, id)
    },
    rehearse: (caller, id, asked) => begin({ caller, id, asked, phase: 'rehearse' }),
    run: (caller, id, asked) => begin({ caller, id, asked, phase: 'run' }),
    stop: async (caller, id) => {
      const { job, undo } = await find(caller, id)
      if (undo !== undefined && isWaiting(undo)) {
        await undoJobs.move(undo, { from: waiting, state: 'Aborted' })
        return find(caller, id)
      }
      const status = importStatus(job)
      const isRehearsal = status.phase === 'rehearse'
      const back = JSON.stringify({ ...status, phase: 'file' })
      await (isRehearsal
        ? jobs.move(job, { from: waiting, state: 'Open', status: back })
        : jobs.move(job, { from: waiting, state: 'Aborted' }))
      return find(caller, id)
    },
    undo: async (caller, id) => {
      await undo(parts, caller, await find(caller, id))
      wake()
      return find(caller, id)
    },
  }
}

const fileNameCharsMax = 200

function isWaiting(job: Job): boolean {
  return job.state === 'UploadComplete' || job.state === 'InProgress'
}

function requireRights(access: Caller['access'], object: string): void {
  const rights = ['create', 'edit', 'delete'] as const
  if (rights.some((right) => access.mayObject(object, right))) return
  throw refuse(
    'INSUFFICIENT_ACCESS_OR_READONLY',
    message('You may not change records of {object}.', { object }),
  )
}

interface Upload {
  readonly caller: Caller
  readonly job: Job
  readonly source: HintedSource
}

async function upload(parts: ImportParts, { caller, job, source }: Upload): Promise<void> {
  const { storage, jobs } = parts
  const file = await readFileText(plainBody(source), readHints(source.hints))
  await jobs.whileOpen(job, (tx) => removeBlocks(tx, job.id))
  const format = { columnDelimiter: file.delimiter, lineEnding: 'LF' }
  const { columns: given, rows } = await readUpload(
    { body: file.body, isGzip: false },
    format,
    (block) => jobs.whileOpen(job, (tx) => addBlock(tx, job.id, block)),
  )
  const columns = readHeader(given)
  const { gate, object } = objectOfJob(parts, caller, importSpec(job).object)
  const first = (await readBlock(storage, job.id, 0))?.rows ?? []
  const settings = suggestSettings({ gate, object, caller }, { columns, rows: first })
  const { encoding, delimiter } = file
  const status: ImportStatus = { ...newImport, columns, rows, encoding, delimiter, settings }
  await jobs.move(job, { from: ['Open'], state: 'Open', status: JSON.stringify(status) })
}

function plainBody({ body, isGzip }: UploadSource): ReadableStream<Uint8Array> {
  if (isGzip) throw refuse('UNSUPPORTED_MEDIA_TYPE', 'Send the file as it is, not in gzip.')
  return body ?? new ReadableStream<Uint8Array>({ start: (one) => one.close() })
}

function readHints(hints: Asked): FileHints {
  const encoding = textOf(hints, 'encoding').toLowerCase()
  const delimiter = textOf(hints, 'delimiter')
  const known: readonly [string, string, readonly string[]][] = [
    ['encoding', encoding, encodings],
    ['delimiter', delimiter, [...delimiters.keys()]],
  ]
  for (const [name, value, allowed] of known) {
    if (value === '' || allowed.includes(value)) continue
    const text = `"${name}" must be one of: ${allowed.join(', ')}.`
    throw refuse('INVALID_ARGUMENT', text, { fields: [name] })
  }
  return { encoding, delimiter }
}

/** Names of the columns; two of one name would be guesswork. */
function readHeader(given: readonly string[]): readonly string[] {
  if (given.every((name) => name.trim() === '')) {
    throw refuse(
      'INVALID_ARGUMENT',
      message('The file is empty: its first line must name the columns.'),
    )
  }
  const seen = new Set<string>()
  return given.map((raw) => {
    const name = raw.trim()
    const key = name.toLowerCase()
    if (name !== '' && seen.has(key)) {
      throw refuse(
        'INVALID_ARGUMENT',
        message('Two columns are called {name}: give each a name of its own.', {
          name: name.slice(0, 80),
        }),
      )
    }
    seen.add(key)
    return name
  })
}

interface Start {
  readonly caller: Caller
  readonly id: string
  readonly asked: Asked
  readonly phase: 'rehearse' | 'run'
}

/** What is wrong with the settings is said at once; a run begins with the first row. */
async function start(parts: ImportParts, job: Job, { caller, asked, phase }: Start): Promise<void> {
  const before = importStatus(job)
  const isOpen = job.state === 'Open' || (job.state === 'Failed' && before.phase === 'rehearse')
  if (!isOpen || before.settings === undefined) throw wrongState(job)
  const settings = settingsOf(parts, { caller, job, asked, before: before.settings })
  const counts = { processed: 0, failed: 0, created: 0, blocksDone: 0, workMs: 0, error: '' }
  const status: ImportStatus = { ...before, ...counts, settings, phase }
  await parts.jobs.move(job, {
    from: ['Open', 'Failed'],
    state: 'UploadComplete',
    status: JSON.stringify(status),
  })
}

interface Settling {
  readonly caller: Caller
  readonly job: Job
  readonly asked: Asked
  readonly before: ImportSettings
}

function settingsOf(parts: ImportParts, { caller, job, asked, before }: Settling): ImportSettings {
  const given = readSettings(asked, before)
  const { gate, object } = objectOfJob(parts, caller, importSpec(job).object)
  const match = object.fieldsByName.get(given.matchField.toLowerCase())
  const isKnown = match !== undefined && isKeyField(match)
  const settings = isKnown ? { ...given, matchField: match.name } : given
  importColumns({ gate, object, caller, settings })
  return settings
}

/** What was stopped goes on; what was done is done once. */
async function undo(
  { undoJobs }: ImportParts,
  caller: Caller,
  { job, undo: before }: ImportJob,
): Promise<void> {
  const status = importStatus(job)
  const isOver = ['JobComplete', 'Aborted', 'Failed'].includes(job.state)
  if (status.phase !== 'run' || !isOver || status.undoBlocks === 0) throw wrongState(job)
  if (before !== undefined) {
    await undoJobs.move(before, { from: ['Aborted', 'Failed'], state: 'UploadComplete' })
    return
  }
  const rows = status.processed - status.failed
  const state: UndoStatus = {
    processed: 0,
    failed: 0,
    blocksDone: 0,
    workMs: 0,
    error: '',
    rows,
    blocks: status.undoBlocks,
  }
  const spec = { ...importSpec(job), importId: job.id }
  await undoJobs.add(caller, { id: undoIdOf(job.id), state: 'UploadComplete', spec, status: state })
}

/** Until when an import can be taken back. */
export function keptUntil({ modifiedAt }: Job): number {
  return modifiedAt + limits.jobKeptMs
}
