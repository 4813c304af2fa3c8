/** `fieldstone backup`: one state of the whole organisation in one file, beside a server that goes on working. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CliError } from '../cli-error.ts'
import { keyMarks } from '../encryption-key-file.ts'
import { writeBackup } from '../backup/write-backup.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const backupCommand: CliCommand = {
  name: 'backup',
  summary: 'save the whole organisation, model and records, in one file',
  explanation: `It reads DATABASE_URL as it was at one moment. A server may go on working on that database meanwhile, on
SQLite too; only changes of the model wait on PostgreSQL. The file fits both databases. It holds everything but the
encryption key (ENCRYPTION_KEY_FILE): keep a copy of that file elsewhere. Read it back with: fieldstone restore --check.`,
  examples: [
    ['fieldstone backup monday.fsb', 'saves the organisation of DATABASE_URL'],
    ['fieldstone backup monday.fsb --json | jq .rows', 'for programs: what was saved'],
  ],
  local: true,
  configure: (command) => {
    command.argument('<file>', 'the file to make, such as monday.fsb; never one that is there')
  },
  run: async ({ arguments: [name = ''], options, settings, now, say, advise, progress }) => {
    const { databaseUrl, encryptionKeyFile } = settings()
    const file = resolve(name)
    if (existsSync(file)) throw new CliError(`${name} is there already: name another file.`)
    const keys = await keyMarks(encryptionKeyFile)
    const madeAt = new Date(now()).toISOString()
    const made = { databaseUrl, file, madeAt, keys: keys ?? {}, onProgress: progress }
    const report = await writeBackup(made)
    if (options['json'] === true) say(JSON.stringify(report))
    else {
      const { rows, tables, modelVersion } = report
      say(`${name}: ${rows} rows of ${tables} tables, model ${modelVersion}.`)
      const where = keys === undefined ? 'ENCRYPTION_KEY_FILE' : encryptionKeyFile
      advise(`The encryption key is not in it: keep a copy of ${where} too.`)
    }
    if (report.leftOut.length > 0) advise(`Left out, none of ours: ${report.leftOut.join(', ')}.`)
    return exitCodes.done
  },
}
