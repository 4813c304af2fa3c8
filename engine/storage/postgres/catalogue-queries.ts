/** The tables of the present schema, in the same columns as SQLite's catalogue queries. */

export const namesQuery =
  "select relname as name from pg_class where relkind in ('r', 'p') and " +
  'relnamespace = current_schema()::regnamespace'

export const columnsQuery =
  'select t.relname as "tableName", a.attname as name, format_type(a.atttypid, a.atttypmod) as type, ' +
  'a.attnotnull as "isNotNull" from pg_class t join pg_attribute a on a.attrelid = t.oid ' +
  "where t.relkind in ('r', 'p') and t.relnamespace = current_schema()::regnamespace " +
  'and a.attnum > 0 and not a.attisdropped order by t.relname collate "C", a.attnum'

/**
 * Without those of primary keys and unique constraints, and those that an interrupted build left
 * unusable.
 */
export const indexesQuery =
  'select t.relname as "tableName", c.relname as name, i.indisunique as "isUnique" ' +
  'from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid ' +
  'where t.relnamespace = current_schema()::regnamespace and i.indisvalid and not exists ' +
  '(select 1 from pg_constraint k where k.conindid = c.oid and k.conrelid = t.oid) ' +
  'order by t.relname collate "C", c.relname collate "C"'
