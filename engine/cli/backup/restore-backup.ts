/** Brings an archive into an empty database, and reads it back before it says that all is there. */
import { loadApplied } from '../../deploy/component-store.ts'
import { fileTable } from '../../automation/files/file-contents.ts'
import { createIndex, createTable, dropTable } from '../../deploy/ddl.ts'
import { stateOf } from '../../deploy/deploy-state.ts'
import { deployLock } from '../../deploy/system-tables.ts'
import { contentFields } from '../../model/content-fields.ts'
import { referenceColumn } from '../../query/content-column.ts'
import type { Dialect } from '../../sql/dialect.ts'
import { identifier, joinSql, sql } from '../../sql/sql.ts'
import { ensureTables } from '../../storage/engine-tables.ts'
import type { FileStore } from '../../storage/files/file-store.ts'
import { openSnapshot, openStorage } from '../../storage/open-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { CliError } from '../cli-error.ts'
import { readArchive, RowHash, type ArchivedRow, type ArchivedTable } from './archive.ts'
import {
  contentsIn,
  restoreContents,
  stateInStore,
  type RestoredContents,
} from './archived-contents.ts'
import { checkArchive, type CheckedArchive } from './check-archive.ts'
import { readRows } from './read-rows.ts'
import { restoringTable } from './restoring-mark.ts'

export interface RestoreOptions {
  readonly databaseUrl: string
  readonly file: string
  /** Where contents of files will lie. */
  readonly store: FileStore
  readonly now: number
  readonly onProgress: (words: string) => void
}

export interface RestoreReport {
  readonly tables: number
  readonly rows: number
  readonly modelVersion: number
  readonly madeAt: string
  readonly keys: readonly string[]
  readonly files: RestoredContents & MissingFiles
}

/** Contents that are neither in the archive nor in the store. */
interface MissingFiles {
  readonly missing: number
  /** The ids of the first records that hold one. */
  readonly missedBy: readonly string[]
}

export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const { databaseUrl, file } = options
  options.onProgress('checking the archive')
  const archive = await checkArchive(file)
  const storage = await openStorage(databaseUrl, { create: true })
  let files: RestoreReport['files']
  try {
    await beginOn(storage, options.now)
    try {
      await load(storage, archive, options)
      await verify(storage, archive, options)
      const contents = await restoreContents(file, options)
      files = { ...contents, ...(await missingFiles(storage, archive, options)) }
    } catch (error) {
      await clear(storage)
      throw error
    }
    await storage.write((tx) => tx.run(dropTable(restoringTable.name)))
  } finally {
    await storage.close()
  }
  const { head, tables, rows } = archive
  const { modelVersion, madeAt } = head
  return { tables: tables.length, rows, modelVersion, madeAt, keys: Object.keys(head.keys), files }
}

/** Only what an interrupted restore left behind is taken away; anything else is somebody's. */
async function beginOn(storage: Storage, now: number): Promise<void> {
  const present = await storage.tableNames()
  if (present.has(restoringTable.name)) await clear(storage)
  else if (present.size > 0) {
    throw new CliError(
      'The database is not empty, and nothing of it was changed: name an empty one, or one that is not there yet, in DATABASE_URL.',
    )
  }
  await ensureTables(storage, [restoringTable])
  await storage.write((tx) =>
    tx.run(sql`insert into ${identifier(restoringTable.name)} (begun_at) values (${now})`),
  )
}

/** The mark goes last: until then the next restore knows what to do. */
async function clear(storage: Storage): Promise<void> {
  for (const name of await storage.tableNames()) {
    if (name === restoringTable.name) continue
    await storage.write((tx) => tx.run(dropTable(name)))
  }
  await storage.write((tx) => tx.run(dropTable(restoringTable.name)))
}

async function load(
  storage: Storage,
  archive: CheckedArchive,
  { file, onProgress }: RestoreOptions,
): Promise<void> {
  let table: ArchivedTable | undefined
  let count = 0
  for await (const line of readArchive(file)) {
    if ('table' in line) {
      table = line.table
      await make(storage, table)
    } else if ('rows' in line && table !== undefined) {
      await insert(storage, table, line.rows)
      count += line.rows.length
      onProgress(`${table.name}: ${count} of ${archive.rows} rows`)
    }
  }
  for (const { table: made } of archive.tables) {
    if (made.of === 'engine') continue
    for (const index of made.indexes) {
      onProgress(`index ${index.name}`)
      const { dialect } = storage
      await storage.runAlone(createIndex(made.name, index, { mode: 'plain', dialect }))
    }
  }
}

async function make(storage: Storage, table: ArchivedTable): Promise<void> {
  if (table.of === 'engine') return ensureTables(storage, [table])
  await storage.write((tx) => tx.run(createTable(table, tx.dialect)))
}

async function insert(
  storage: Storage,
  table: ArchivedTable,
  rows: readonly ArchivedRow[],
): Promise<void> {
  const { dialect } = storage
  const columns = table.columns.map(({ name, kind }) => ({ name: identifier(name), kind }))
  const names = joinSql(columns.map(({ name }) => sql`${name}`))
  const source = dialect.rows(sql`${encoded(dialect, table, rows)}`, columns)
  const statement = sql`insert into ${identifier(table.name)} (${names}) select ${names} from ${source} as v`
  await storage.write((tx) => tx.run(statement))
}

function encoded(dialect: Dialect, table: ArchivedTable, rows: readonly ArchivedRow[]): string {
  return JSON.stringify(
    rows.map((row) => table.columns.map(({ kind }, at) => dialect.encode(kind, row[at] ?? null))),
  )
}

/** Counts and hashes of what can be read now, and whether a model can be made of it. */
async function verify(
  storage: Storage,
  archive: CheckedArchive,
  { databaseUrl, onProgress }: RestoreOptions,
): Promise<void> {
  const wrong: string[] = []
  const snapshot = await openSnapshot(databaseUrl, deployLock)
  try {
    for (const { table, rows, sha256 } of archive.tables) {
      onProgress(`reading ${table.name} back`)
      const hash = new RowHash()
      for await (const block of readRows(snapshot, table)) hash.add(block)
      if (hash.rows !== rows) wrong.push(`${table.name} has ${hash.rows} rows instead of ${rows}`)
      else if (hash.digest() !== sha256) wrong.push(`${table.name} holds other values`)
    }
  } finally {
    await snapshot.close()
  }
  if (wrong.length > 0) {
    const shown = wrong.slice(0, 5).join('; ')
    throw new CliError(
      `What was restored is not what was saved, and was taken away again: ${shown}.`,
    )
  }
  stateOf(await loadApplied(storage))
}

const missedByMax = 5

/** Asked only where the archive has not all of them: the store may have been brought along by other means. */
async function missingFiles(
  storage: Storage,
  { files }: CheckedArchive,
  { store, onProgress }: RestoreOptions,
): Promise<MissingFiles> {
  if (files.lacking === 0) return { missing: 0, missedBy: [] }
  const { model } = stateOf(await loadApplied(storage))
  const columns = contentFields(model).map(referenceColumn)
  const missedBy: string[] = []
  let missing = 0
  for await (const rows of readRows(storage, fileTable)) {
    for (const content of contentsIn(fileTable, rows)) {
      if ((await stateInStore(store, content)) === 'whole') continue
      missing += 1
      onProgress(`${missing} files are missing`)
      if (missedBy.length >= missedByMax) continue
      for (const { table, id, column } of columns) {
        const holders = await storage.read(
          sql`select ${id} as id from ${table} where ${column} = ${content.reference} order by ${id}`,
        )
        missedBy.push(...holders.map((row) => String(row['id'])))
      }
    }
  }
  return { missing, missedBy: missedBy.slice(0, missedByMax) }
}
