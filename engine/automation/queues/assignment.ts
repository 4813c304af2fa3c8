/** New records that nobody was named for are given to whom the assignment rule of their object says. */
import type { Clock } from '../../base/clock.ts'
import { computeResult } from '../../formula/result.ts'
import type { Model, ObjectModel } from '../../model/model.ts'
import { assignmentRules, type AssignmentEntry } from '../../model/rules/assignment-rules.ts'
import { environmentOf } from '../../records/formulas/formula-row.ts'
import { formulaNeeds } from '../../records/formulas/formula-needs.ts'
import { loadParents, readBeside, type RowReader } from '../../records/formulas/load-rows.ts'
import { surroundingsOf } from '../../records/formulas/surroundings.ts'
import {
  NeedsUnit,
  type HookCall,
  type HookOutcome,
  type HookRow,
  type RecordHooks,
} from '../../records/hooks/record-hooks.ts'
import type { Models } from '../../records/record-parts.ts'
import type { Storage } from '../../storage/storage.ts'
import { nothing } from '../combine-hooks.ts'
import { FlowRecord, rawValue } from '../flows/flow-record.ts'
import { ownerNamed, workloadsOf, type Workload } from './workloads.ts'

export interface AssignmentParts {
  readonly storage: Storage
  readonly models: Models
  readonly clock: Clock
}

export function createAssignment(parts: AssignmentParts): RecordHooks {
  return {
    has: (object, event) =>
      event === 'beforeInsert' && assignmentRules(parts.models.current()).has(object),
    call: async (call) => {
      const model = parts.models.current()
      const entries = assignmentRules(model).get(call.object) ?? []
      const object = model.object(call.object)
      if (object === undefined || !call.rows.some((row) => isUnassigned(row, call))) {
        return call.rows.map(() => nothing)
      }
      return withReader(parts, call, (reader) =>
        new Assignment(parts, { call, model, object, entries, reader }).outcomes(),
      )
    },
  }
}

/** Whoever names somebody else as the owner means it. */
function isUnassigned({ values }: HookRow, { caller }: HookCall): boolean {
  const owner = values.get('OwnerId') ?? null
  const isOff = caller.source === 'system' || caller.autoAssign === false
  return !isOff && (owner === null || owner === caller.userId)
}

function withReader<Result>(
  { storage }: AssignmentParts,
  { mayWrite, records }: HookCall,
  work: (reader: RowReader) => Promise<Result>,
): Promise<Result> {
  if (!mayWrite) return work(readBeside(storage))
  return records.together((_records, tx) =>
    work({ dialect: tx.dialect, locks: true, read: (query, holes) => tx.read(query, holes) }),
  )
}

interface AssignmentInput {
  readonly call: HookCall
  readonly model: Model
  readonly object: ObjectModel
  readonly entries: readonly AssignmentEntry[]
  readonly reader: RowReader
}

/** One call of up to 200 records: what one of them takes, the next one sees. */
class Assignment {
  readonly #parts: AssignmentParts
  readonly #input: AssignmentInput
  readonly #owners = new Map<AssignmentEntry, Promise<string | undefined>>()
  readonly #loads = new Map<AssignmentEntry, Promise<Workload[]>>()
  #given = 0

  constructor(parts: AssignmentParts, input: AssignmentInput) {
    this.#parts = parts
    this.#input = input
  }

  async outcomes(): Promise<readonly HookOutcome[]> {
    const { call } = this.#input
    const fits = await this.#conditions()
    const outcomes: HookOutcome[] = []
    for (const [at, row] of call.rows.entries()) {
      const entry = isUnassigned(row, call) ? fits(at) : undefined
      const owner = entry && (await this.#ownerBy(entry))
      outcomes.push(
        owner === undefined ? nothing : { changes: new Map([['OwnerId', owner]]), errors: [] },
      )
    }
    return outcomes
  }

  /** The first entry that fits a row. */
  async #conditions(): Promise<(at: number) => AssignmentEntry | undefined> {
    const { call, model, object, entries, reader } = this.#input
    const formulas = entries.map(({ condition }) => condition.formula)
    const needs = formulaNeeds(model, object, { formulas })
    const records = call.rows.map(({ values }) => new FlowRecord(object, values))
    const rows = records.map(
      ({ values }) =>
        (field: { readonly name: string }) =>
          rawValue(values.get(field.name)),
    )
    const unlocked = { ...reader, locks: false }
    const parents = await loadParents(unlocked, { model, needs: needs.record }, rows)
    for (const record of records) record.parents = parents
    const now = this.#parts.clock.now()
    const surroundings = surroundingsOf(model, { ...call.caller, timeZone: 'UTC' }, { now })
    return (at) => {
      const record = records[at]
      if (record === undefined) return undefined
      const environment = environmentOf(record.row(), surroundings)
      return entries.find(({ condition: { formula, result } }) => {
        const outcome = computeResult(formula, environment, result)
        return outcome.kind === 'value' && outcome.value === true
      })
    }
  }

  async #ownerBy(entry: AssignmentEntry): Promise<string | undefined> {
    const { model, reader, call } = this.#input
    const { to, distribution } = entry
    if (to === undefined) return undefined
    const named = this.#owners.get(entry) ?? ownerNamed(reader, model, to)
    this.#owners.set(entry, named)
    const owner = await named
    if (owner === undefined || distribution === undefined) return owner
    // Whose turn it is holds until the record is written.
    if (!call.mayWrite) throw new NeedsUnit()
    return (await this.#memberOf(entry, owner)) ?? owner
  }

  /** Undefined where nobody can take any more. */
  async #memberOf(entry: AssignmentEntry, queue: string): Promise<string | undefined> {
    const { model, object, reader } = this.#input
    const now = this.#parts.clock.now()
    const { workload, workloadMax = Infinity, distribution } = entry
    const asked =
      this.#loads.get(entry) ?? workloadsOf(reader, { model, object, queue, workload, now })
    this.#loads.set(entry, asked)
    const free = (await asked).filter(({ open }) => open < workloadMax)
    const inTurn = (a: Workload, b: Workload): number => a.last - b.last
    const [next] = free.toSorted((a, b) =>
      distribution === 'RoundRobin' ? inTurn(a, b) : a.open - b.open || inTurn(a, b),
    )
    if (next === undefined) return undefined
    next.open += 1
    this.#given += 1
    next.last = now + this.#given
    return next.user
  }
}
