/** Gives accounts to owners and shares them, inside the database and while no server runs. */
import sqlite3 from 'sqlite3'

export interface Sharing {
  readonly owners: readonly string[]
  /** Whom the shares are for. */
  readonly asker: string
  readonly rows: number
  /** How many records are shared, evenly spread. */
  readonly shares: number
}

/** One record of two hundred belongs to one of the owners; every share is a copy of the one that the engine wrote. */
export async function shareAccounts(
  file: string,
  { owners, asker, rows, shares }: Sharing,
): Promise<void> {
  const database = new sqlite3.Database(file)
  const all = (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
    new Promise((resolve, reject) => {
      database.all<Readonly<Record<string, unknown>>>(text, (error, found) =>
        error === null ? resolve(found) : reject(error),
      )
    })
  const exec = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      database.exec(text, (error) => (error === null ? resolve() : reject(error)))
    })
  try {
    const columns = (await all('pragma table_info(AccountShare)')).map((row) => String(row['name']))
    const values = columns.map((column) => {
      if (column === 'Id') return `'00r' || printf('%015d', a.rowid)`
      if (column === 'AccountId') return 'a.Id'
      if (column === 'Name' || column === 'Name__folded') return `s.${column} || a.rowid`
      return `s.${column}`
    })
    const step = Math.max(1, Math.floor(rows / shares))
    await exec(`
      begin;
      create temp table owner(n integer primary key, id text);
      insert into owner values ${owners.map((id, at) => `(${at}, '${id}')`).join(', ')};
      update Account set OwnerId = (select id from owner where n = Account.rowid / 200 % ${owners.length})
        where rowid % 200 = 0;
      create temp table pattern as select * from AccountShare where UserOrGroupId = '${asker}' limit 1;
      delete from AccountShare where rowid > 1;
      insert into AccountShare (${columns.join(', ')})
        select ${values.join(', ')} from Account a, pattern s where a.rowid % ${step} = 0;
      drop table pattern;
      drop table owner;
      commit;
      pragma wal_checkpoint(truncate)`)
  } finally {
    await new Promise((resolve) => database.close(resolve))
  }
}
