/** Run as a process of its own: opens the file, writes numbers and says each after it was answered, until killed. */
import { openSqlite } from '../../../../engine/storage/sqlite/open-sqlite.ts'
import { sql } from '../../../../engine/sql/sql.ts'

const storage = await openSqlite({ file: process.argv[2], create: true, readers: 1 })
await storage.write((tx) => tx.run(sql`create table if not exists t (n integer)`))
for (let n = 1; ; n++) {
  await storage.write((tx) => tx.run(sql`insert into t (n) values (${n})`))
  process.stdout.write(`${n}\n`)
}
