/** What the saving of records asks of hooks: the organisation's own code around inserts, updates, deletes and undeletes. */
import type { Message } from '../../base/message.ts'
import type { ErrorCode } from '../../base/refusal.ts'
import type { FieldModel, Model } from '../../model/model.ts'
import type { Caller, Records } from '../records.ts'

export const hookEvents = [
  'beforeInsert',
  'afterInsert',
  'beforeUpdate',
  'afterUpdate',
  'beforeDelete',
  'afterDelete',
  'beforeUndelete',
  'afterUndelete',
] as const

export type HookEvent = (typeof hookEvents)[number]

/** By field name, as the API has them. */
export type HookValues = ReadonlyMap<string, unknown>

export interface HookRow {
  /** Undefined before an insert. */
  readonly id: string | undefined
  /** What the record will hold, or holds now; of a deleted one what it held. */
  readonly values: HookValues
  /** What it held before; undefined where it is new or nothing was changed. */
  readonly old?: HookValues
}

/** What a hook made of one record. */
export interface HookOutcome {
  /** Values that it set; of use before inserts and updates alone. */
  readonly changes: HookValues
  readonly errors: readonly HookError[]
}

export interface HookError {
  readonly field?: string
  /** Where it is not the record that is at fault. */
  readonly errorCode?: ErrorCode
  /** The engine's own can be read in other languages. */
  readonly message: string | Message
}

/** What all hooks of one save share, however deep they call each other. */
export interface HookRun {
  readonly depth: number
  /** Ends when the time of the save is over. */
  readonly time: AbortSignal
  readonly spent: { queries: number; written: number }
}

export interface HookCall {
  readonly object: string
  readonly event: HookEvent
  /** At most `hookRecordsMax`. */
  readonly rows: readonly HookRow[]
  readonly caller: Caller
  /** Under which the records are saved. */
  readonly model: Model
  readonly run: HookRun
  /** Within the unit of work of the save; outside of one it is for reading alone. */
  readonly records: Records
  readonly mayWrite: boolean
}

export interface AtOnce {
  /** Fields of the stored record that are looked at. */
  readonly reads: readonly FieldModel[]
  run(row: HookRow, caller: Caller): HookOutcome
}

export interface RecordHooks {
  /** Asked at every save, so that those without hooks pay nothing. */
  has(object: string, event: HookEvent): boolean
  /** What is to be done to each record before it is written and waits for nothing; it comes before all others. */
  atOnce?(object: string, event: 'beforeInsert' | 'beforeUpdate'): AtOnce | undefined
  /** One outcome per row, in order; throws a refusal of the whole, or what spoilt the unit of work. */
  call(call: HookCall): Promise<readonly HookOutcome[]>
}

/** A hook wants to write before the writer was entered: all is planned once more inside it. */
export class NeedsUnit extends Error {
  constructor() {
    super('a hook writes before its record is written')
    this.name = 'NeedsUnit'
  }
}

/** The hooks were ended by what another save did to them: once more. */
export class HooksInterrupted extends Error {
  constructor() {
    super('the hooks were started anew while one ran')
    this.name = 'HooksInterrupted'
  }
}
