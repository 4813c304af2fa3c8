/** Which rows of what the engine wrote for good a caller may read. */
import { approvalPartyTable } from '../../model/approval-objects.ts'
import type { LedgerReaders, ObjectModel } from '../../model/model.ts'
import { historyKey, objectHistoryKey } from '../../model/tracked-fields.ts'
import { identifier, joinSql, sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { deletedColumn, idColumn } from '../compile-write.ts'
import { callerId, isPrincipal } from './caller-sets.ts'
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
  if (readers.kind === 'everybody') return undefined
  const { access, alias, dialect, object } = subject
  if (access.has(readers.permission)) return undefined
  if (readers.kind === 'parties') return partyRows(subject, readers.column)
  const own = object.fieldsByName.get(readers.own?.toLowerCase() ?? '')?.columns.get('')
  return own === undefined ? sql`1 = 0` : sql`${alias}.${own.name} = ${callerId({ dialect })}`
}

/** Of an approval those read who submitted it, decide it or decided it, by themselves or from a queue. */
function partyRows({ access, alias, dialect, object }: RowSubject, column: string): Sql {
  const model = access.rows(object, 'read')?.model
  if (model === undefined) return sql`1 = 0`
  const place = { dialect, model, hierarchy: false, outside: access.outside }
  const isParty = isPrincipal(place, sql`s_a.${identifier('who_id')}`)
  return sql`exists (select 1 from ${identifier(approvalPartyTable)} as s_a where s_a.${identifier('instance_id')} = ${alias}.${identifier(column)} and ${isParty})`
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
