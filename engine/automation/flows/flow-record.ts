/** Records and values as flows hold them. Values are as JSON has them: days, moments and times are texts. */
import type { RawValue } from '../../formula/environment.ts'
import type { Scalar } from '../../model/flows/flow-plan.ts'
import type { FieldModel, ObjectModel } from '../../model/model.ts'
import type { FormulaRow } from '../../records/formulas/formula-row.ts'
import { formulaRow, type LoadedParents } from '../../records/formulas/load-rows.ts'

export type FlowValue = Scalar | FlowRecord | readonly FlowValue[]

/** A record in the hands of a flow; what the flow sets is remembered apart. */
export class FlowRecord {
  readonly object: ObjectModel
  /** By canonical name; what came over parents by its path. */
  readonly values: Map<string, unknown>
  /** Names of the fields that the flow set. */
  readonly changed = new Set<string>()
  parents: LoadedParents = new Map()

  constructor(object: ObjectModel, values: Iterable<readonly [string, unknown]> = []) {
    this.object = object
    this.values = new Map(values)
  }

  get id(): string | undefined {
    const id = this.values.get('Id')
    return typeof id === 'string' ? id : undefined
  }

  set(name: string, value: Scalar): void {
    const field = this.object.fieldsByName.get(name.toLowerCase())
    const canonical = field?.name ?? name
    this.values.set(canonical, value)
    this.changed.add(canonical)
  }

  /** What flows set, by name. */
  changes(): ReadonlyMap<string, unknown> {
    return new Map([...this.changed].map((name) => [name, this.values.get(name) ?? null]))
  }

  copy(): FlowRecord {
    const copy = new FlowRecord(this.object, this.values)
    copy.parents = this.parents
    for (const name of this.changed) copy.changed.add(name)
    return copy
  }

  row(): FormulaRow {
    return formulaRow(this.object, (field) => rawValue(this.values.get(field.name)), this.parents)
  }
}

export function rawValue(value: unknown): RawValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value
  }
  return null
}

export function scalar(value: unknown): Scalar {
  return rawValue(value) as Scalar
}

export function fieldNamed(object: ObjectModel, name: string): FieldModel | undefined {
  return object.fieldsByName.get(name.toLowerCase())
}
