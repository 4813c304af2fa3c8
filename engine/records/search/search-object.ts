/** The search of one object, for whoever has a query of his own over it; and what to do while its index is made anew. */
import { Refusal } from '../../base/refusal.ts'
import type { ObjectModel } from '../../model/model.ts'
import { maySee, type Gate } from '../../query/resolve.ts'
import { withFitting } from './expand-terms.ts'
import { readableFields, searchOptions } from '../../query/search/plan-search.ts'
import { searchTerms } from '../../query/search/search-terms.ts'
import { escapeWildcards } from '../../query/like-pattern.ts'
import { type SearchField, type SearchGroup } from '../../query/search/searchable-fields.ts'
import { sql } from '../../sql/sql.ts'
import type { OwnDemands } from '../query-records.ts'
import type { RecordContext } from '../record-parts.ts'

interface SearchedPlace {
  readonly gate: Gate
  readonly object: ObjectModel
}

const attemptsMax = 3

/** With the fields in which the caller may look; undefined where there are none. An index that was made anew is asked again. */
export async function whileIndexed<Result>(
  { searchIndexes }: Pick<RecordContext, 'searchIndexes'>,
  { gate, object, group }: SearchedPlace & { readonly group: SearchGroup },
  ask: (fields: readonly SearchField[]) => Promise<Result>,
): Promise<Result | undefined> {
  const { name } = object.table
  for (let attempt = 1; ; attempt++) {
    const ready = searchIndexes?.columnsOf(name)
    const fields = readableFields(gate, object, { group, indexed: ready ?? new Set<string>() })
    if (fields.length === 0) return undefined
    try {
      return await ask(fields)
    } catch (error) {
      if (error instanceof Refusal || attempt >= attemptsMax) throw error
      const isAnew = await searchIndexes?.isMadeAnew(name)
      if (isAnew !== true && searchIndexes?.columnsOf(name) === ready) throw error
    }
  }
}

/**
 * What a query demands so that its records have the words; of objects that are not searched, or not yet, in their name:
 * a form does not wait for indexes.
 */
export async function withSearched<Result>(
  context: RecordContext,
  { gate, object, q }: SearchedPlace & { readonly q: string },
  ask: (demands: OwnDemands) => Promise<Result>,
): Promise<Result> {
  const terms = searchTerms(q)
  const indexes = context.searchIndexes
  indexes?.want()
  if (indexes?.columnsOf(object.table.name) !== undefined) {
    await indexes.demand(context.storage)
    const node = await withFitting(terms.node, (word) => indexes.wordsFitting(word))
    if (node === undefined) return ask({ within: () => ({ kind: 'never' }) })
    const found = await whileIndexed(context, { gate, object, group: 'ALL' }, (fields) =>
      ask(searchOptions(gate, object, { terms: { ...terms, node }, asked: node, fields })),
    )
    if (found !== undefined) return found
  }
  return ask({ within: nameHolds(gate, object, terms.name) })
}

function nameHolds(
  gate: Gate,
  object: ObjectModel,
  text: string,
): NonNullable<OwnDemands['within']> {
  const column = object.nameField.columns.get('folded') ?? object.nameField.columns.get('')
  if (column === undefined || !maySee(gate, object.nameField)) return () => ({ kind: 'never' })
  return ({ tables }) => ({
    kind: 'expression',
    expression: (dialect) =>
      dialect.like(
        sql`${tables.root.alias}.${column.name}`,
        dialect.bound({ kind: 'text' }, `%${escapeWildcards(text)}%`),
      ),
  })
}
