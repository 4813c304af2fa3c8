/** Hands out aliases for the tables of one statement; a parent that is mentioned twice is joined once. */
import { limits } from '../base/limits.ts'
import { refuse } from '../base/refusal.ts'
import type { GlobalMention } from '../model/global-mention.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import { identifier } from '../sql/sql.ts'
import type { ColumnKind } from '../sql/column-kind.ts'
import type { PlannedFormula, PlannedGlobal, PlannedTable } from './read-plan.ts'

/** What is counted for the whole statement: queries within it share its holes. */
interface SharedParts {
  readonly globals: Map<string, PlannedGlobal>
  readonly formulas: Map<string, PlannedFormula>
  /** True when something asks for the moment or the user's zone. */
  usesMoment: boolean
  /** How many lists of children there are so far. */
  childLists: number
}

export interface StepOptions {
  /** Of several targets of the lookup, the one that is meant. */
  readonly meant?: ObjectModel | undefined
  /** The row counts whether the caller may see it or not. */
  readonly disclosed?: boolean
}

export class TableSet {
  readonly root: PlannedTable
  readonly model: Model
  readonly #prefix: string
  readonly #joins = new Map<string, PlannedTable>()
  readonly #parts: SharedParts
  #inner = 0

  /** The prefix tells the tables of queries within queries apart. */
  constructor(
    model: Model,
    object: ObjectModel,
    { prefix = 't', parts }: { readonly prefix?: string; readonly parts?: SharedParts } = {},
  ) {
    this.model = model
    this.#prefix = prefix
    this.#parts = parts ?? {
      globals: new Map(),
      formulas: new Map(),
      usesMoment: false,
      childLists: 0,
    }
    this.root = { alias: identifier(`${prefix}0`), object, via: undefined }
  }

  /** The tables of a query within this one. */
  within(object: ObjectModel): TableSet {
    const prefix = `${this.#prefix}_${this.#inner++}_`
    return new TableSet(this.model, object, { prefix, parts: this.#parts })
  }

  /** Formula fields that were planned before, by table and name. */
  get formulas(): Map<string, PlannedFormula> {
    return this.#parts.formulas
  }

  get usesMoment(): boolean {
    return this.#parts.usesMoment || this.#parts.formulas.size > 0
  }

  /** Numbers a list of children, those of queries within the statement too. */
  numberList(): number {
    return this.#parts.childLists++
  }

  useMoment(): void {
    this.#parts.usesMoment = true
  }

  get globals(): readonly PlannedGlobal[] {
    return [...this.#parts.globals.values()]
  }

  /** The hole of a global; one for all formulas that name it. */
  global(mention: GlobalMention, column: ColumnKind): PlannedGlobal {
    const known = this.#parts.globals.get(mention.path)
    const made = known ?? { hole: `g${this.#parts.globals.size}`, column, mention }
    this.#parts.globals.set(mention.path, made)
    return made
  }

  get joins(): readonly PlannedTable[] {
    return [...this.#joins.values()]
  }

  /** The table at the end of a row of lookups. */
  reach(parents: readonly FieldModel[]): PlannedTable {
    return parents.reduce((from, lookup) => this.step(from, lookup), this.root)
  }

  /** The parent behind one lookup of a table. */
  step(
    from: PlannedTable,
    lookup: FieldModel,
    { meant, disclosed = false }: StepOptions = {},
  ): PlannedTable {
    const [target = ''] = lookup.reference?.targets ?? []
    const object = meant ?? this.model.object(target)
    const key = `${from.alias.name}.${lookup.name}:${object?.name ?? ''}${disclosed ? '!' : ''}`
    const known = this.#joins.get(key)
    if (known !== undefined) return known
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
      via: { lookup, from: from.alias, disclosed },
    }
    this.#joins.set(key, table)
    return table
  }
}
