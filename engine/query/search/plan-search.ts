/** What a search demands of the records of one object: words in fields that the caller may read, the best matches first. */
import type { ObjectModel } from '../../model/model.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { sql, type Identifier, type Sql } from '../../sql/sql.ts'
import { escapeWildcards } from '../like-pattern.ts'
import { plannedColumn } from '../planned-column.ts'
import type { PlanReadOptions } from '../plan-read.ts'
import type { PlannedOrder } from '../read-plan.ts'
import { maySee, type Gate } from '../resolve.ts'
import { rowPredicate } from '../rows/row-predicate.ts'
import type { TableSet } from '../table-set.ts'
import { matchSql } from './match-sql.ts'
import type { Search } from './parse-sosl.ts'
import type { SearchTerms } from './search-terms.ts'
import { searchFields } from './searchable-fields.ts'

/** The columns in which the caller may look; none where nothing of the object can be searched. */
export function searchColumns(
  gate: Gate,
  object: ObjectModel,
  { group, indexed }: Pick<Search, 'group'> & { readonly indexed: ReadonlySet<string> },
): readonly Identifier[] {
  return searchFields(object)
    .filter((one) => indexed.has(one.column.name) && maySee(gate, one.field))
    .filter((one) => group === 'ALL' || one.group === group)
    .map((one) => one.column)
}

export function searchOptions(
  gate: Gate,
  object: ObjectModel,
  asked: Pick<Search, 'terms'> & { readonly columns: readonly Identifier[] },
): Pick<PlanReadOptions, 'within' | 'ranked'> {
  return {
    within: ({ tables }) => ({
      kind: 'expression',
      expression: (dialect) => {
        const { alias } = tables.root
        const place = { access: gate.access, object, alias, dialect }
        const isOpen = rowPredicate({ ...place, right: 'read' }) === undefined
        return matchSql({ object, alias }, { ...asked, isOpen }, dialect)
      },
    }),
    ranked: (tables) => ranks(gate, tables, meantWords(asked.terms)),
  }
}

/** As a name would have to be spelled to be just what was asked for. */
function meantWords(terms: SearchTerms): string {
  const meant = (terms[0] ?? []).filter((term) => !term.negated)
  return meant.map(({ word }) => word).join(' ')
}

/** The name itself, names that begin so, all others; then what was changed last. */
function ranks(gate: Gate, tables: TableSet, asked: string): readonly PlannedOrder[] {
  const { root } = tables
  const { nameField } = root.object
  const name = nameField.columns.get('folded')?.name
  const modified = root.object.fieldsByName.get('lastmodifieddate')
  const order = { descending: false, nulls: 'last', mayBeEmpty: false } as const
  const found: PlannedOrder[] = []
  if (name !== undefined && maySee(gate, nameField)) {
    const expression = (dialect: Dialect): Sql => {
      const column = sql`${root.alias}.${name}`
      const kind = { kind: 'text' } as const
      const begins = dialect.like(column, dialect.bound(kind, `${escapeWildcards(asked)}%`))
      return sql`(case when ${column} = ${dialect.bound(kind, asked)} then 0 when ${begins} then 1 else 2 end)`
    }
    found.push({ ...order, column: { expression, key: 'search rank', kind: { kind: 'integer' } } })
  }
  if (modified !== undefined) {
    const column = plannedColumn(tables, root, { field: modified, part: '' })
    found.push({ ...order, descending: true, column })
  }
  return found
}
