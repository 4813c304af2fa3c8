/** `fieldstone restore`: brings a backup into an empty database, and reads it back before it says so. */
import { resolve } from 'node:path'
import { checkArchive } from '../backup/check-archive.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { CliError } from '../cli-error.ts'
import { keyMarks } from '../encryption-key-file.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'

export const restoreCommand: CliCommand = {
  name: 'restore',
  summary: 'bring a backup into an empty database; with --check only look whether it is whole',
  explanation: `The database of DATABASE_URL must be empty, or, on SQLite, not there yet: nothing is ever written over. The
whole file is checked before anything is written, and every table is read back and compared afterwards. What an
interrupted restore left is taken away by the next one; until then no server starts on it.`,
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

async function checkOnly({ arguments: [name = ''], options, say, progress }: CommandContext) {
  progress('checking the archive')
  const { head, tables, rows } = await checkArchive(resolve(name))
  const { madeAt, modelVersion, database } = head
  if (options['json'] === true) {
    const counts = tables.map(({ table, rows: count }) => ({ name: table.name, rows: count }))
    say(JSON.stringify({ madeAt, modelVersion, database, rows, tables: counts }))
  } else {
    say(`${name} is whole: ${rows} rows of ${tables.length} tables, model ${modelVersion}.`)
    say(`Made at ${madeAt} from ${database}.`)
  }
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
  const { databaseUrl, encryptionKeyFile } = settings()
  const file = resolve(name)
  const present = await keyMarks(encryptionKeyFile)
  const { head } = await checkArchive(file)
  const lacking = Object.entries(head.keys).filter(([key, mark]) => present?.[key] !== mark)
  if (present !== undefined && lacking.length > 0) {
    throw new CliError(
      `The keys in ${encryptionKeyFile} are not those of this backup, and nothing was changed: name the original's key file in ENCRYPTION_KEY_FILE.`,
    )
  }
  const report = await restoreBackup({ databaseUrl, file, now: now(), onProgress: progress })
  if (options['json'] === true) say(JSON.stringify(report))
  else {
    const { rows, tables, modelVersion } = report
    say(`Restored and read back: ${rows} rows of ${tables} tables, model ${modelVersion}.`)
    if (present === undefined) {
      advise(`Before the start: put the original's encryption key file at ${encryptionKeyFile}.`)
    }
    advise('Next: fieldstone start, then fieldstone verify.')
  }
  return exitCodes.done
}
