/** Hands out aliases for the tables of one statement; a parent that is mentioned twice is joined once. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { identifier } from '../sql/sql.ts'
import type { PlannedColumn, PlannedTable } from './read-plan.ts'

export class TableSet {
  readonly root: PlannedTable
  readonly #model: Model
  readonly #prefix: string
  readonly #joins = new Map<string, PlannedTable>()
  #inner = 0

  /** The prefix tells the tables of queries within queries apart. */
  constructor(model: Model, object: ObjectModel, prefix = 't') {
    this.#model = model
    this.#prefix = prefix
    this.root = { alias: identifier(`${prefix}0`), object, via: undefined }
  }

  /** The tables of a query within this one. */
  within(object: ObjectModel): TableSet {
    return new TableSet(this.#model, object, `${this.#prefix}_${this.#inner++}_`)
  }

  get joins(): readonly PlannedTable[] {
    return [...this.#joins.values()]
  }

  /** The table at the end of a row of lookups. */
  reach(parents: readonly FieldModel[]): PlannedTable {
    return parents.reduce((from, lookup) => this.#join(from, lookup), this.root)
  }

  #join(from: PlannedTable, lookup: FieldModel): PlannedTable {
    const key = `${from.alias.name}.${lookup.name}`
    const known = this.#joins.get(key)
    if (known !== undefined) return known
    const [target = ''] = lookup.reference?.targets ?? []
    const object = this.#model.object(target)
    if (object === undefined)
      throw new Error(`lookup ${lookup.object}.${lookup.name} has no target`)
    if (this.#joins.size >= limits.joinsMax) {
      throw refuse(
        'LIMIT_EXCEEDED',
        `A query reaches at most ${limits.joinsMax} parents (joinsMax).`,
      )
    }
    const table = {
      alias: identifier(`${this.#prefix}${this.#joins.size + 1}`),
      object,
      via: { lookup, from: from.alias },
    }
    this.#joins.set(key, table)
    return table
  }
}

/** One of the field's columns in a table of the statement. */
export function plannedColumn(table: PlannedTable, field: FieldModel, part: string): PlannedColumn {
  const column = field.columns.get(part)
  if (column === undefined) throw new Error(`${field.object}.${field.name} has no column '${part}'`)
  return { alias: table.alias, name: column.name, kind: column.kind }
}
