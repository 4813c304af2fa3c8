/** Writes one state of a database into an archive, beside whoever works on it. */
import { loadApplied } from '../../deploy/component-store.ts'
import { stateOf } from '../../deploy/deploy-state.ts'
import { deployLock } from '../../deploy/system-tables.ts'
import { openSnapshot } from '../../storage/open-storage.ts'
import type { FileStore } from '../../storage/files/file-store.ts'
import type { Snapshot } from '../../storage/storage.ts'
import { CliError } from '../cli-error.ts'
import { archiveFormat, ArchiveWriter, RowHash, type ArchivedTable } from './archive.ts'
import { saveContents, type SavedContents } from './archived-contents.ts'
import { readRows } from './read-rows.ts'
import { tablesToSave } from './tables-to-save.ts'
import { restoringTable } from './restoring-mark.ts'

export interface BackupOptions {
  readonly databaseUrl: string
  readonly file: string
  /** Where contents of files lie; undefined where they are not to be saved. */
  readonly store: FileStore | undefined
  readonly madeAt: string
  /** As `keyMarks` gives them; undefined where the key file is elsewhere. */
  readonly keys: Readonly<Record<string, string>>
  readonly onProgress: (words: string) => void
}

export interface BackupReport {
  readonly file: string
  readonly tables: number
  readonly rows: number
  /** Undefined where their contents were not to be saved. */
  readonly files: SavedContents | undefined
  readonly modelVersion: number
  readonly sha256: string
  /** Tables in the database that are none of ours, and not in the backup. */
  readonly leftOut: readonly string[]
}

export async function writeBackup(options: BackupOptions): Promise<BackupReport> {
  const snapshot = await openSnapshot(options.databaseUrl, deployLock)
  try {
    const shapes = await snapshot.tables()
    const names = new Set(shapes.map(({ name }) => name))
    if (!names.has('fs_state') || names.has(restoringTable.name)) {
      throw new CliError('There is no whole organisation in this database: nothing to back up.')
    }
    const state = stateOf(await loadApplied(snapshot))
    const { tables, strange } = tablesToSave(state, shapes)
    const forgotten = strange.filter((name) => name.startsWith('fs_'))
    if (forgotten.length > 0) {
      throw new CliError(
        `The database has tables of a newer version (${forgotten.join(', ')}): back it up with that version.`,
      )
    }
    const counts = await writeAll(snapshot, options, { tables, state })
    return { file: options.file, modelVersion: state.version, ...counts, leftOut: strange }
  } finally {
    await snapshot.close()
  }
}

async function writeAll(
  snapshot: Snapshot,
  options: BackupOptions,
  what: { readonly tables: readonly ArchivedTable[]; readonly state: ReturnType<typeof stateOf> },
): Promise<Pick<BackupReport, 'tables' | 'rows' | 'files' | 'sha256'>> {
  const { tables, state } = what
  const { store, onProgress } = options
  const writer = new ArchiveWriter(options.file)
  try {
    await writer.write({
      head: {
        fieldstone: 'backup',
        format: archiveFormat,
        madeAt: options.madeAt,
        database: snapshot.dialect.name,
        modelVersion: state.version,
        installation: state.installation,
        keys: options.keys,
      },
    })
    let rows = 0
    for (const table of tables) rows += await writeTable(snapshot, writer, { table, options })
    const files = store && (await saveContents(snapshot, { writer, store, onProgress }))
    const end = await writer.end({ tables: tables.length, rows, files: files?.files ?? 0 })
    return { ...end, files }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

async function writeTable(
  snapshot: Snapshot,
  writer: ArchiveWriter,
  { table, options }: { readonly table: ArchivedTable; readonly options: BackupOptions },
): Promise<number> {
  await writer.write({ table })
  const hash = new RowHash()
  for await (const rows of readRows(snapshot, table)) {
    hash.add(rows)
    await writer.write({ rows })
    options.onProgress(`${table.name}: ${hash.rows} rows`)
  }
  await writer.write({ counted: { rows: hash.rows, sha256: hash.digest() } })
  return hash.rows
}
