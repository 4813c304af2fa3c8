/** `fieldstone restore`: brings a backup into an empty database, and reads it back before it says so. */
import { resolve } from 'node:path'
import { checkArchive } from '../backup/check-archive.ts'
import { restoreBackup, type RestoreReport } from '../backup/restore-backup.ts'
import { CliError } from '../cli-error.ts'
import { openFiles } from '../../storage/files/open-files.ts'
import { keyMarks } from '../encryption-key-file.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'
import { filesInWords, placeInWords } from './files-in-words.ts'

export const restoreCommand: CliCommand = {
  name: 'restore',
  summary: 'bring a backup into an empty database; with --check only look whether it is whole',
  explanation: `The database of DATABASE_URL must be empty, or, on SQLite, not there yet: nothing is ever written over. The
whole file is checked before anything is written, and every table and every file is read back and compared afterwards.
Contents of files go to FILES_DIR or FILES_URL; what lies there already is left as it is. What an interrupted restore
left is taken away by the next one; until then no server starts on it.`,
  examples: [
    [
      'fieldstone restore --check monday.fsb',
      'exit code 3 when the file is damaged; changes nothing',
    ],
    ['DATABASE_URL=sqlite:./data/again.db fieldstone restore monday.fsb', 'into a new file'],
    ['DATABASE_URL=postgres://… fieldstone restore monday.fsb', 'moves from SQLite to PostgreSQL'],
  ],
  local: true,
  configure: (command) => {
    command.argument('<file>', 'what `fieldstone backup` made')
    command.option('--check', 'read the file and say what is in it')
  },
  run: (context) => (context.options['check'] === true ? checkOnly(context) : restore(context)),
}

async function checkOnly(context: CommandContext) {
  const { arguments: given, options, say, advise, progress } = context
  const [name = ''] = given
  progress('checking the archive')
  const { head, tables, rows, files } = await checkArchive(resolve(name))
  const { madeAt, modelVersion, database } = head
  if (options['json'] === true) {
    const counts = tables.map(({ table, rows: count }) => ({ name: table.name, rows: count }))
    say(JSON.stringify({ madeAt, modelVersion, database, rows, files, tables: counts }))
  } else {
    const contents = filesInWords(files.whole, files.bytes)
    say(
      `${name} is whole: ${rows} rows of ${tables.length} tables, ${contents}, model ${modelVersion}.`,
    )
    say(`Made at ${madeAt} from ${database}.`)
  }
  if (files.lacking > 0) advise(`It lacks the contents of ${files.lacking} files.`)
  return exitCodes.done
}

async function restore(context: CommandContext) {
  const {
    arguments: [name = ''],
    options,
    settings,
    now,
    say,
    advise,
    progress,
  } = context
  const { databaseUrl, encryptionKeyFile, files } = settings()
  const file = resolve(name)
  const present = await keyMarks(encryptionKeyFile)
  const { head } = await checkArchive(file)
  const lacking = Object.entries(head.keys).filter(([key, mark]) => present?.[key] !== mark)
  if (present !== undefined && lacking.length > 0) {
    throw new CliError(
      `The keys in ${encryptionKeyFile} are not those of this backup, and nothing was changed: name the original's key file in ENCRYPTION_KEY_FILE.`,
    )
  }
  const store = openFiles(files)
  const made = { databaseUrl, file, store, now: now(), onProgress: progress }
  const report = await restoreBackup(made)
  if (options['json'] === true) say(JSON.stringify(report))
  else {
    const { rows, tables, modelVersion } = report
    const contents = `${report.files.restored} files`
    say(
      `Restored and read back: ${rows} rows of ${tables} tables, ${contents}, model ${modelVersion}.`,
    )
    if (present === undefined) {
      advise(`Before the start: put the original's encryption key file at ${encryptionKeyFile}.`)
    }
    adviseOnFiles(context, report)
    advise('Next: fieldstone start, then fieldstone verify.')
  }
  return report.files.missing === 0 ? exitCodes.done : exitCodes.found
}

function adviseOnFiles({ settings, advise }: CommandContext, { files }: RestoreReport): void {
  const place = placeInWords(settings().files)
  if (files.present > 0) {
    advise(
      `${files.present} contents of files were in ${place} before. If another organisation keeps its files there, give one of the two a place of its own (FILES_DIR) before the start.`,
    )
  }
  if (files.missing > 0) {
    advise(
      `The contents of ${files.missing} files are neither in the backup nor in ${place}; records that hold them: ${files.missedBy.join(', ')}. Put the original's files there.`,
    )
  }
}
