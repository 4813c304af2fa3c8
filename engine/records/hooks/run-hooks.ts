/** Calls the hooks of an object, block by block, with records that read and write in the unit of the save. */
import { setMaxListeners } from 'node:events'
import { limits } from '../../base/limits.ts'
import { message } from '../../base/message.ts'
import { refuse, wording, type Problem } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import { storageWithin } from '../../storage/storage-within.ts'
import type { Transaction } from '../../storage/storage.ts'
import type { RecordContext } from '../record-parts.ts'
import type { Caller } from '../records.ts'
import type { HookError, HookEvent, HookOutcome, HookRow, HookRun } from './record-hooks.ts'

export interface HooksToRun {
  readonly object: ObjectModel
  readonly event: HookEvent
  readonly rows: readonly HookRow[]
  readonly caller: Caller
  readonly run: HookRun
  /** The open unit of work; where the context is one itself, it need not be given. */
  readonly tx: Transaction | undefined
}

export function hasHooks(
  { hooks }: Pick<RecordContext, 'hooks'>,
  object: ObjectModel,
  events: readonly HookEvent[],
): boolean {
  return hooks !== undefined && events.some((event) => hooks.has(object.name, event))
}

const noRun: HookRun = {
  depth: 0,
  time: new AbortController().signal,
  spent: { queries: 0, written: 0 },
}

/** Its time begins now, unless this is done on behalf of a hook. */
export function hookRunOf({ hooks, hookRun }: Pick<RecordContext, 'hooks' | 'hookRun'>): HookRun {
  if (hooks === undefined) return noRun
  return hookRun ?? begun()
}

function begun(): HookRun {
  const time = AbortSignal.timeout(limits.hookTimeMs)
  // Every save on the way down listens to it.
  setMaxListeners(0, time)
  return { depth: 0, time, spent: { queries: 0, written: 0 } }
}

/** One outcome per row; none where no hook listens. */
export async function runHooks(
  context: RecordContext,
  { object, event, rows, caller, run, tx }: HooksToRun,
): Promise<readonly HookOutcome[]> {
  const { hooks } = context
  if (rows.length === 0 || hooks === undefined || !hooks.has(object.name, event)) return []
  if (run.depth >= limits.hookDepthMax) throw tooDeep(object)
  const inUnit = tx === undefined ? {} : { storage: storageWithin(context.storage, tx) }
  const mayWrite = tx !== undefined || context.within === true
  const hookRun = { ...run, depth: run.depth + 1 }
  const records = context.useCasesOf({ ...context, ...inUnit, within: mayWrite, hookRun })
  const model = context.models.current()
  const outcomes: HookOutcome[] = []
  for (let start = 0; start < rows.length; start += limits.hookRecordsMax) {
    const block = rows.slice(start, start + limits.hookRecordsMax)
    const call = { object: object.name, event, rows: block, caller, model, run, records, mayWrite }
    outcomes.push(...(await hooks.call(call)))
  }
  return outcomes
}

function tooDeep(object: ObjectModel) {
  return refuse(
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    message('The hooks of {object} call each other too often: at most {max} saves deep.', {
      object: object.name,
      max: limits.hookDepthMax,
    }),
  )
}

/** A field that the caller may not see is not named: the message then stands at the top. */
export function hookProblem(gate: Gate, object: ObjectModel, error: HookError): Problem {
  const field =
    error.field === undefined ? undefined : object.fieldsByName.get(error.field.toLowerCase())
  return {
    errorCode: error.errorCode ?? 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    ...wording(error.message),
    fields: field !== undefined && maySee(gate, field) ? [field.name] : [],
  }
}
