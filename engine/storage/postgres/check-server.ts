/** Looks at a PostgreSQL server and at the rights of our user there before anything is done. */
import { StorageError } from '../storage-error.ts'
import { connectAlone, type PostgresConnection, type ServerOptions } from './postgres-driver.ts'

const serverVersionMin = 140_000

/** Refuses what cannot work; gives warnings about what should not be. */
export async function checkServer(server: ServerOptions): Promise<readonly string[]> {
  const own = await connectAlone(server)
  try {
    const [row] = await own.connection.all(
      "select current_setting('server_version_num')::int as version, " +
        "current_setting('server_encoding') as encoding, current_schema() as schema",
    )
    if (Number(row?.['version']) < serverVersionMin) {
      throw new StorageError('other', 'the PostgreSQL server is too old: version 14 is needed')
    }
    if (row?.['encoding'] !== 'UTF8') {
      throw new StorageError('other', "the database's encoding is not UTF8: create it anew with it")
    }
    if (row['schema'] === null) {
      throw new StorageError('other', "the database's user has no schema to put tables into")
    }
    return await needlessRights(own.connection)
  } finally {
    await own.close()
  }
}

const rightsQuery =
  'select rolsuper as super, rolcreaterole as roles, rolcreatedb as databases, ' +
  "pg_has_role(oid, 'pg_execute_server_program', 'member') as programs, " +
  "pg_has_role(oid, 'pg_read_server_files', 'member') or " +
  "pg_has_role(oid, 'pg_write_server_files', 'member') as files " +
  'from pg_roles where rolname = current_user'

/** Whoever breaks into the server should find a database user that can do little. */
async function needlessRights(connection: PostgresConnection): Promise<readonly string[]> {
  const [row] = await connection.all(rightsQuery)
  const rights = [
    ['super', 'is a superuser'],
    ['programs', "may run programs on the database's machine"],
    ['files', "may reach files of the database's machine"],
    ['roles', 'may create roles'],
    ['databases', 'may create databases'],
  ] as const
  // A superuser has all the others as well.
  const found = rights.filter(([name]) => row?.[name] === 1).map(([, words]) => words)
  const told = found[0] === 'is a superuser' ? found.slice(0, 1) : found
  return told.map(
    (words) =>
      `the database's user ${words}: give the server a user of its own that owns its schema and no more`,
  )
}
