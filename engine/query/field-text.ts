/** A stored field's value as JSON text, in SQL. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { sql, type Identifier, type Sql } from '../sql/sql.ts'

export interface FieldPlace {
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly alias: Identifier
}

/** A field's value as JSON text; a compound reads the main columns of its parts. */
export function fieldText({ object, field, alias }: FieldPlace, dialect: Dialect): Sql {
  return field.type.readJson(
    (part) => {
      const column =
        field.columns.get(part) ?? object.fieldsByName.get(part.toLowerCase())?.columns.get('')
      if (column === undefined)
        throw new Error(`${field.object}.${field.name} has no column '${part}'`)
      return sql`${alias}.${column.name}`
    },
    field.options,
    dialect,
  )
}
