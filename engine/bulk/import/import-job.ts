/** What an import is: the file, what its columns mean, and how far it is. */
import { refuse } from '../../base/refusal.ts'
import type { Job, JobState } from '../../jobs/job-store.ts'
import { textOf } from '../ingest-job.ts'
import type { BlockStatus } from '../run-blocks.ts'

export const importKind = 'import'
export const undoKind = 'import-undo'

export type ImportOperation = 'insert' | 'update' | 'upsert' | 'delete'

/** The order of the parts of a date that is written with numbers alone. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

export interface ImportSettings {
  readonly operation: ImportOperation
  /** By which records are found: Id, an external id or a unique field. */
  readonly matchField: string
  /** For each column of the file the field that it fills; null for a column that is left out. */
  readonly mapping: readonly (string | null)[]
  readonly dates: DateOrder
  readonly decimal: '.' | ','
  /** What an empty cell does to a record that is there. */
  readonly blanks: 'keep' | 'clear'
}

export interface ImportSpec {
  readonly object: string
  readonly fileName: string
  readonly apiVersion: string
  readonly language: string
}

export interface ImportStatus extends BlockStatus {
  /** The header; undefined while there is no file. */
  readonly columns: readonly string[] | undefined
  readonly rows: number
  readonly encoding: string
  readonly delimiter: string
  readonly settings: ImportSettings | undefined
  /** What the job does now or did last. */
  readonly phase: 'file' | 'rehearse' | 'run'
  readonly created: number
  /** Blocks of the journal by which it can be undone. */
  readonly undoBlocks: number
  readonly error: string
}

export const newImport: ImportStatus = {
  columns: undefined,
  rows: 0,
  encoding: '',
  delimiter: '',
  settings: undefined,
  phase: 'file',
  processed: 0,
  failed: 0,
  created: 0,
  blocksDone: 0,
  undoBlocks: 0,
  workMs: 0,
  error: '',
}

export interface UndoSpec extends ImportSpec {
  readonly importId: string
}

export interface UndoStatus extends BlockStatus {
  readonly rows: number
  readonly blocks: number
  readonly error: string
}

/** Written by this folder alone. */
export const importSpec = (job: Job): ImportSpec => JSON.parse(job.spec) as ImportSpec
export const importStatus = (job: Job): ImportStatus => JSON.parse(job.status) as ImportStatus
export const undoSpec = (job: Job): UndoSpec => JSON.parse(job.spec) as UndoSpec
export const undoStatus = (job: Job): UndoStatus => JSON.parse(job.status) as UndoStatus

/** The journal of an import and the job that takes it back share this id. */
export function undoIdOf(importId: string): string {
  return `75U${importId.slice(3)}`
}

/** How an import stands, in one word. */
export type ImportState =
  'empty' | 'mapping' | 'rehearsing' | 'rehearsed' | 'running' | 'done' | 'stopped' | 'failed'

const ended: Partial<Record<JobState, ImportState>> = {
  JobComplete: 'done',
  Aborted: 'stopped',
  Failed: 'failed',
}

export function stateOf(job: Job): ImportState {
  const { phase, columns } = importStatus(job)
  const end = ended[job.state]
  if (end !== undefined) return end
  if (job.state !== 'Open') return phase === 'run' ? 'running' : 'rehearsing'
  if (columns === undefined) return 'empty'
  return phase === 'rehearse' ? 'rehearsed' : 'mapping'
}

const choices = {
  operation: ['insert', 'update', 'upsert', 'delete'],
  dates: ['ymd', 'dmy', 'mdy'],
  decimal: ['.', ','],
  blanks: ['keep', 'clear'],
} as const

type Chosen<Name extends keyof typeof choices> = (typeof choices)[Name][number]

function choice<Name extends keyof typeof choices>(
  asked: ReadonlyMap<string, unknown>,
  name: Name,
  fallback: Chosen<Name>,
): Chosen<Name> {
  const text = textOf(asked, name, fallback)
  const found = choices[name].find((one) => one === text)
  if (found !== undefined) return found
  throw refuse('INVALID_ARGUMENT', `"${name}" must be one of: ${choices[name].join(' ')}`, {
    fields: [name],
  })
}

/** What a request says of the settings; the rest stays as it was. */
export function readSettings(
  asked: ReadonlyMap<string, unknown>,
  before: ImportSettings,
): ImportSettings {
  return {
    operation: choice(asked, 'operation', before.operation),
    matchField: textOf(asked, 'matchField', before.matchField) || 'Id',
    mapping: asked.has('mapping')
      ? readMapping(asked.get('mapping'), before.mapping.length)
      : before.mapping,
    dates: choice(asked, 'dates', before.dates),
    decimal: choice(asked, 'decimal', before.decimal),
    blanks: choice(asked, 'blanks', before.blanks),
  }
}

function readMapping(given: unknown, count: number): ImportSettings['mapping'] {
  const isList = Array.isArray(given) && given.length === count
  if (isList && given.every((one) => one === null || typeof one === 'string')) return given
  throw refuse(
    'INVALID_ARGUMENT',
    `"mapping" must be a list with the name of a field, or null, for each of the ${count} columns.`,
    { fields: ['mapping'] },
  )
}
