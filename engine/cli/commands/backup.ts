/** `fieldstone backup`: one state of the whole organisation in one file, beside a server that goes on working. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.ts'
import { openFiles } from '../../storage/files/open-files.ts'
import { keyMarks } from '../encryption-key-file.ts'
import { writeBackup, type BackupReport } from '../backup/write-backup.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'
import { filesInWords, placeInWords } from './files-in-words.ts'

export const backupCommand: CliCommand = {
  name: 'backup',
  summary: 'save the whole organisation, model and records, in one file',
  explanation: `It reads DATABASE_URL as it was at one moment. A server may go on working on that database meanwhile, on
SQLite too; only changes of the model wait on PostgreSQL. The file fits both databases. It holds everything, the contents
of files (FILES_DIR or FILES_URL) too, but not the encryption key (ENCRYPTION_KEY_FILE): keep a copy of that file
elsewhere. Where the store of files is saved by other means, --no-files leaves them out. Read it back with: fieldstone
restore --check.`,
  examples: [
    ['fieldstone backup monday.fsb', 'saves the organisation of DATABASE_URL'],
    ['fieldstone backup monday.fsb --no-files', 'without the contents of files'],
    ['fieldstone backup monday.fsb --json | jq .rows', 'for programs: what was saved'],
  ],
  local: true,
  configure: (command) => {
    command.argument('<file>', 'the file to make, such as monday.fsb; never one that is there')
    command.option('--no-files', 'leave out the contents of files')
  },
  run: async (context) => {
    const { arguments: given, options, settings, now, progress } = context
    const [name = ''] = given
    const { databaseUrl, encryptionKeyFile, files } = settings()
    const file = resolve(name)
    if (existsSync(file)) throw new CliError(`${name} is there already: name another file.`)
    const keys = await keyMarks(encryptionKeyFile)
    const report = await writeBackup({
      databaseUrl,
      file,
      store: options['files'] === false ? undefined : openFiles(files),
      madeAt: new Date(now()).toISOString(),
      keys: keys ?? {},
      onProgress: progress,
    })
    tell(context, report, keys === undefined ? 'ENCRYPTION_KEY_FILE' : encryptionKeyFile)
    return (report.files?.lacking ?? 0) === 0 ? exitCodes.done : exitCodes.found
  },
}

function tell(context: CommandContext, report: BackupReport, keyFile: string): void {
  const { arguments: given, options, settings, say, advise } = context
  const { rows, tables, files, modelVersion, leftOut } = report
  const place = placeInWords(settings().files)
  if (options['json'] === true) say(JSON.stringify(report))
  else {
    const contents = files === undefined ? '' : `, ${filesInWords(files.files, files.bytes)}`
    say(`${given[0] ?? ''}: ${rows} rows of ${tables} tables${contents}, model ${modelVersion}.`)
    advise(`The encryption key is not in it: keep a copy of ${keyFile} too.`)
    if (files === undefined) advise(`The contents of files are not in it: save ${place} too.`)
  }
  const lacking = files?.lacking ?? 0
  if (lacking > 0) {
    advise(`${lacking} contents that records hold are missing or damaged in ${place}.`)
  }
  if (leftOut.length > 0) advise(`Left out, none of ours: ${leftOut.join(', ')}.`)
}
