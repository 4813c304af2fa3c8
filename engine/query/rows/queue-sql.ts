/** The queues that the caller works from, in SQL. */
import { groupObject } from '../../model/people-lookup.ts'
import { sql, textLiteral, type Sql } from '../../sql/sql.ts'
import { isPrincipal, type PeoplePlace } from './caller-sets.ts'

/** True for the id of a queue that the caller is a member of, by himself or through roles and groups. */
export function isOwnQueue(place: PeoplePlace & { readonly outside: boolean }, id: Sql): Sql {
  const group = place.model.object(groupObject)
  if (group === undefined) return sql`1 = 0`
  const member = isPrincipal({ ...place, hierarchy: false }, id)
  return sql`(substr(${id}, 1, 3) = ${textLiteral(group.keyPrefix)} and ${member})`
}
