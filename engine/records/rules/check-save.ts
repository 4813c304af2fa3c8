/** The rules of a save: those over the record itself are decided at once, the others handed to the writer. */
import { Refusal, type Problem } from '../../base/refusal.ts'
import type { ApiValue } from '../../fields/field-type.ts'
import type { RawValue } from '../../formula/environment.ts'
import type { Column, FieldModel, ObjectModel } from '../../model/model.ts'
import type { Gate } from '../../query/resolve.ts'
import type { ColumnValue } from '../../sql/column-kind.ts'
import { formulaRow, type LoadedParents } from '../formulas/load-rows.ts'
import { surroundingsOf } from '../formulas/surroundings.ts'
import type { Caller } from '../records.ts'
import { failingRules, type RuledSave } from './check-rules.ts'
import { saveRules, type SaveRules } from './save-rules.ts'

export interface SaveToCheck {
  readonly caller: Caller
  readonly gate: Gate
  readonly object: ObjectModel
  readonly prepared: {
    readonly columns: ReadonlyMap<Column, ColumnValue>
    readonly problems: readonly Problem[]
  }
  /** Stored values by field name; absent for a new record. */
  readonly previous?: ReadonlyMap<string, ApiValue>
  readonly now: number
  readonly isClone: boolean
}

/** What is left to check when the row is about to be written. */
export interface WriterCheck {
  readonly rules: SaveRules
  readonly save: RuledSave
  readonly caller: Caller
  readonly now: number
  /** What is wrong already; told together with what the writer finds. */
  readonly problems: readonly Problem[]
}

/** Refuses what is wrong, unless there is more to find out in the writer. */
export function checkSave(input: SaveToCheck): WriterCheck | undefined {
  const { gate, object, prepared, caller, now } = input
  const rules = saveRules(gate.model, object)
  if (rules === undefined) {
    if (prepared.problems.length > 0) throw new Refusal(prepared.problems)
    return undefined
  }
  const waits = rules.inWriter.length > 0 || rules.filters.length > 0
  const save = ruledSave(input, waits)
  const surroundings = surroundingsOf(gate.model, caller, { now })
  const failed = failingRules(rules.atOnce, save, {
    row: formulaRow(object, save.value, noParents),
    prior: save.prior && formulaRow(object, save.prior, noParents),
    surroundings,
  })
  const problems = [...prepared.problems, ...failed]
  if (waits) return { rules, save, problems, caller, now }
  if (problems.length > 0) throw new Refusal(problems)
  return undefined
}

const noParents: LoadedParents = new Map()

function ruledSave(
  { gate, object, prepared, previous, isClone }: SaveToCheck,
  isKept: boolean,
): RuledSave {
  // The stamps of the save itself, put into these columns later, are none of the record's values yet.
  const columns = isKept ? new Map(prepared.columns) : prepared.columns
  const stored = (field: FieldModel): RawValue => rawValue(previous?.get(field.name))
  const value = (field: FieldModel): RawValue => {
    const column = field.columns.get('')
    const given = column === undefined ? undefined : columns.get(column)
    return given === undefined ? stored(field) : given
  }
  const names = prepared.problems.flatMap((problem) => problem.fields)
  return {
    gate,
    object,
    value,
    prior: previous === undefined ? undefined : stored,
    isClone,
    refused: new Set(names.map((name) => name.toLowerCase())),
  }
}

/** Compounds are read by their parts. */
function rawValue(value: ApiValue | undefined): RawValue {
  return typeof value === 'object' ? null : value
}
