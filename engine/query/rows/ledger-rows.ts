/** Which rows of what the engine wrote for good a caller may read. */
import type { LedgerReaders, ObjectModel } from '../../model/model.ts'
import { historyKey, objectHistoryKey } from '../../model/tracked-fields.ts'
import { identifier, joinSql, sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn } from '../compile-write.ts'
import { callerId } from './caller-sets.ts'
import type { RowSubject } from './row-predicate.ts'

/** Which rows of an object a caller may read; undefined: all. */
type RowPredicate = (subject: RowSubject) => Sql | undefined

const record = identifier('s_h')

/** Undefined where the caller may read all of them. */
export function ledgerRows(
  subject: RowSubject,
  readers: LedgerReaders,
  rowPredicate: RowPredicate,
): Sql | undefined {
  if (readers.kind === 'readers of') {
    const { object } = readers
    const place = { ...subject, object, alias: record, right: 'read' } as const
    return historyRows(subject, object, rowPredicate(place))
  }
  const { access, alias, dialect, object } = subject
  if (access.has(readers.permission)) return undefined
  const own = object.fieldsByName.get(readers.own?.toLowerCase() ?? '')?.columns.get('')
  return own === undefined ? sql`1 = 0` : sql`${alias}.${own.name} = ${callerId({ dialect })}`
}

/**
 * One table holds the history of all objects. Of a record that the caller may not see, or that is not there, there is
 * none, nor of a field that he may not read; what stood in a deleted field went with it.
 */
function historyRows(
  { access, alias }: RowSubject,
  object: ObjectModel,
  predicate: Sql | undefined,
): Sql {
  const seen = predicate === undefined ? sql`` : sql` and (${predicate})`
  const keys = object.fields
    .filter((field) => access.mayField(object.name, field.name, 'read'))
    .flatMap((field) => historyKey(field) ?? [])
  const names = joinSql(['', ...keys].map(textLiteral))
  return sql`${alias}.${identifier('object_key')} = ${textLiteral(objectHistoryKey(object))} and ${alias}.${identifier('field_key')} in (${names}) and exists (select 1 from ${object.table} as ${record} where ${record}.${idColumn} = ${alias}.${identifier('record_id')} and not ${record}.${deletedColumn}${seen})`
}
