/** Which rows a caller may see or change, as one SQL predicate per query. */
import type { ObjectModel } from '../model/model.ts'
import type { Identifier, Sql } from '../sql/sql.ts'
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
 * reads all its rows. Sharing joins here and nowhere else.
 *
 * Statements are kept by `access.signature`, which callers with equal rights share: whatever depends on the user himself
 * must stand in the predicate as a hole, never as a value.
 */
export function rowPredicate(_subject: RowSubject): Sql | undefined {
  return undefined
}
