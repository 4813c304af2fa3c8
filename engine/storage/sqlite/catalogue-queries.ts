/** The tables, from SQLite's own catalogue. */

export const namesQuery =
  "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'"

export const columnsQuery =
  'select t.name as tableName, c.name as name, c.type as type, c.`notnull` as isNotNull ' +
  "from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' " +
  "and t.name not like 'sqlite\\_%' escape '\\' order by t.name, c.cid"

/**
 * Those made by `create index`; the ones that SQLite makes by itself have no name worth telling.
 */
export const indexesQuery =
  'select t.name as tableName, i.name as name, i.`unique` as isUnique ' +
  "from sqlite_schema t join pragma_index_list(t.name) i where t.type = 'table' " +
  "and i.origin = 'c' order by t.name, i.name"
