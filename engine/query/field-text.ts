/** A stored field's value as JSON text, in SQL. */
import type { FieldModel, ObjectModel } from '../model/model.ts'
import type { Dialect } from '../sql/dialect.ts'
import { filledIn, identifier, settled, sql, type Identifier, type Sql } from '../sql/sql.ts'

export interface FieldPlace {
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly alias: Identifier
}

/** In the place of a table's alias, in what is kept. */
const anyRow = identifier('fs_row')

/** Kept as long as the field: a query reads many, and again and again the same ones. */
const kept: Readonly<Record<Dialect['name'], WeakMap<FieldModel, Sql>>> = {
  sqlite: new WeakMap(),
  postgres: new WeakMap(),
}

/** A field's value as JSON text; a compound reads the main columns of its parts. */
export function fieldText({ object, field, alias }: FieldPlace, dialect: Dialect): Sql {
  const known = kept[dialect.name].get(field)
  if (known !== undefined) return filledIn(known, anyRow, alias)
  const made = settled(jsonOf(object, field, dialect), dialect, anyRow)
  kept[dialect.name].set(field, made)
  return filledIn(made, anyRow, alias)
}

function jsonOf(object: ObjectModel, field: FieldModel, dialect: Dialect): Sql {
  return field.type.readJson(
    (part) => {
      const column =
        field.columns.get(part) ?? object.fieldsByName.get(part.toLowerCase())?.columns.get('')
      if (column === undefined)
        throw new Error(`${field.object}.${field.name} has no column '${part}'`)
      return sql`${anyRow}.${column.name}`
    },
    field.options,
    dialect,
  )
}
