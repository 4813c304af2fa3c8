/** Which rows a caller may see or change, as one SQL predicate per query. */
import type { ObjectModel } from '../model/model.ts'
import { recordTypeObject } from '../model/component-objects.ts'
import { joinSql, sql, textLiteral, type Identifier, type Sql } from '../sql/sql.ts'
import type { Access } from './access.ts'

export type RowRight = 'read' | 'edit' | 'delete'

export interface RowSubject {
  readonly access: Access
  readonly object: ObjectModel
  /** The alias under which the object's table stands in the statement. */
  readonly alias: Identifier
  readonly right: RowRight
}

/**
 * The predicate, or undefined where all rows are open. Object rights alone decide so far: whoever may read an object
 * reads all its rows; of record types those of the objects that he may read. Sharing joins here and nowhere else.
 *
 * Statements are kept by `access.signature`, which callers with equal rights share: whatever depends on the user himself
 * must stand in the predicate as a hole, never as a value.
 */
export function rowPredicate({ access, object, alias }: RowSubject): Sql | undefined {
  if (object.name !== recordTypeObject || access.has('ModifyAllData')) return undefined
  return knownRecordTypes(access, object, alias)
}

/** A record type gives away the name of its object. */
function knownRecordTypes(access: Access, object: ObjectModel, alias: Identifier): Sql | undefined {
  const column = object.fieldsByName.get('sobjecttype')?.columns.get('')
  if (column === undefined) return undefined
  const names = access.objectsWithRecordTypes()
  if (names.length === 0) return sql`1 = 0`
  return sql`${alias}.${column.name} in (${joinSql(names.map(textLiteral))})`
}
