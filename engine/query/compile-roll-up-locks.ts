/**
 * What a write refers to, and what its summaries change above it, is locked before anything is written: table by table
 * in one order that holds for all writers, and by id within each, so that no two of them wait for each other.
 */
import { summaryHeight } from '../model/compile-model.ts'
import type { Model, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Sql } from '../sql/sql.ts'
import { affectedBy, rollUpsOver, summaryColumns, type RollUpRelation } from './roll-ups.ts'

const idColumn = identifier('Id')

interface TableLock {
  readonly object: ObjectModel
  /** Each selects ids. */
  readonly ids: Sql[]
  /** About to be changed, not only to stay as it is. */
  strong: boolean
}

export class LockSet {
  readonly #model: Model
  readonly #dialect: Dialect
  readonly #tables = new Map<string, TableLock>()

  constructor(model: Model, dialect: Dialect) {
    this.#model = model
    this.#dialect = dialect
  }

  /** Rows that stay there until the commit, or that are about to be changed. */
  add(object: ObjectModel, ids: Sql, { strong }: { readonly strong: boolean }): void {
    const known = this.#tables.get(object.table.name)
    if (known === undefined) {
      this.#tables.set(object.table.name, { object, ids: [ids], strong })
      return
    }
    known.ids.push(ids)
    known.strong ||= strong
  }

  /** The parents that relations lead to, and all that is summed up from these in turn. */
  addParents(relations: readonly RollUpRelation[], parentsBy: (one: RollUpRelation) => Sql): void {
    for (const relation of relations) {
      const { parent } = relation
      const ids = parentsBy(relation)
      this.add(parent, ids, { strong: true })
      const all = rollUpsOver(this.#model, parent.table.name, this.#dialect)
      const above = affectedBy(all, summaryColumns([relation]))
      this.addParents(
        above,
        ({ child, foreignKey }) =>
          sql`select t.${foreignKey.name} from ${child.table} as t where t.${idColumn} in (${ids})`,
      )
    }
  }

  /** Parents before their children, as far as they do not go in a circle; nothing where the writer is alone. */
  statements(): readonly Sql[] {
    const { name, lockRows, lockRowsToChange } = this.#dialect
    if (name === 'sqlite') return []
    const locks = [...this.#tables.values()].map((lock) => ({
      ...lock,
      height: summaryHeight(this.#model, lock.object.name),
    }))
    locks.sort(
      (a, b) => b.height - a.height || (a.object.table.name < b.object.table.name ? -1 : 1),
    )
    return locks.map(({ object, ids, strong }) => {
      const chosen = joinSql(ids, sql` union all `)
      const lock = strong ? lockRowsToChange : lockRows
      return sql`select p.${idColumn} from ${object.table} as p where p.${idColumn} in (${chosen}) order by p.${idColumn}${lock}`
    })
  }
}
