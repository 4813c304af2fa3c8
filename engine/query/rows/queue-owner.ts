/** Which groups may own records of an object: queues that are enabled for it. */
import type { FieldModel, Model, ObjectModel } from '../../model/model.ts'
import { groupObject } from '../../model/people-lookup.ts'
import { identifier, sql, textLiteral, type Identifier, type Sql } from '../../sql/sql.ts'

const idColumn = identifier('Id')
const deletedColumn = identifier('IsDeleted')

/** True for the id of a queue that may own records of the object; never where the model has no queues. */
export function isQueueFor(model: Model, object: ObjectModel, id: Sql): Sql {
  const group = model.object(groupObject)
  const enabled = model.object('QueueSobject')
  const type = mainColumn(group?.fieldsByName.get('type'))
  const queue = mainColumn(enabled?.fieldsByName.get('queueid'))
  const name = mainColumn(enabled?.fieldsByName.get('sobjecttype'))
  if (group === undefined || enabled === undefined || !type || !queue || !name) return sql`1 = 0`
  const isEnabled = sql`exists (select 1 from ${enabled.table} as s_a where s_a.${queue} = s_q.${idColumn} and s_a.${name} = ${textLiteral(object.name)} and not s_a.${deletedColumn})`
  return sql`exists (select 1 from ${group.table} as s_q where s_q.${idColumn} = ${id} and s_q.${type} = 'Queue' and not s_q.${deletedColumn} and ${isEnabled})`
}

function mainColumn(field: FieldModel | undefined): Identifier | undefined {
  return field?.columns.get('')?.name
}
