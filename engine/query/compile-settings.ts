/** The statement that reads the rows of a custom setting that hold for given users. */
import { settingOwners, setupOwnerField } from '../model/custom-settings.ts'
import type { FieldModel, Model, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { identifier, joinSql, sql, type Identifier, type Sql } from '../sql/sql.ts'
import { compileFirstId, valueList } from './compile-rows.ts'
import { deletedColumn, idColumn, idList, lookupColumn } from './compile-write.ts'

/** For the users of the hole `ids`: `asker`, `owner` and `body`, a JSON list of the fields' values. */
export function compileSettings(
  model: Model,
  { setting, fields }: { readonly setting: ObjectModel; readonly fields: readonly FieldModel[] },
  dialect: Dialect,
): Sql {
  const [alias, asker] = [identifier('t0'), identifier('u')]
  const ownerField = setting.fieldsByName.get(setupOwnerField.toLowerCase())
  if (ownerField === undefined) throw new Error(`${setting.name} is no custom setting`)
  const owner = sql`${alias}.${lookupColumn(ownerField)}`
  const owners = ownersOf(model, asker)
  const user = model.object('User')
  if (user === undefined || owners.length === 0) throw new Error('there are no users')
  const body = valueList(setting, fields, { dialect, alias })
  return sql`select ${asker}.${idColumn} as asker, ${owner} as owner, ${body} as body from ${user.table} as ${asker} join ${setting.table} as ${alias} on ${owner} in (${joinSql(owners)}) and not ${alias}.${deletedColumn} where ${asker}.${idColumn} in ${idList('ids', dialect)}`
}

function ownersOf(model: Model, asker: Identifier): readonly Sql[] {
  return settingOwners.flatMap((name): readonly Sql[] => {
    const object = model.object(name)
    if (object === undefined) return []
    if (name === 'Organization') return [sql`(${compileFirstId(object)})`]
    const profile = model.object('User')?.fieldsByName.get('profileid')
    if (name === 'User') return [sql`${asker}.${idColumn}`]
    return profile === undefined ? [] : [sql`${asker}.${lookupColumn(profile)}`]
  })
}
