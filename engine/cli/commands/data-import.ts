/** `fieldstone data import`: a CSV file into an object, rehearsed first where asked; and taking an import back. */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { CliError } from '../cli-error.ts'
import type { Connection } from '../connection.ts'
import { importsPath, refusedLines, waitForImport, type ToldImport } from '../wait-for-import.ts'
import { exitCodes, type CliCommand, type CommandContext, type ExitCode } from './command.ts'

export const dataImportCommand: CliCommand = {
  name: 'data import',
  summary: 'load a CSV file; exit code 1 when rows were refused',
  explanation:
    'The first line of the file names the columns, by API name or label; Parent.External__c finds a parent. ' +
    'Refused rows are left out and told. An import can be taken back for seven days.',
  examples: [
    ['fieldstone data import loans.csv --object Loan__c --rehearse', 'see what would happen'],
    [
      'fieldstone data import loans.csv --object Loan__c --operation upsert --external-id Code__c',
      'add new ones, change those that have the code',
    ],
    ['fieldstone data import --undo 750…', 'take an import back'],
  ],
  configure: (command) => {
    command
      .argument('[csv]', 'the file')
      .option('--object <name>', 'the object of the records')
      .option('--operation <word>', 'insert, update, upsert or delete')
      .option('--external-id <field>', 'by which records are found: an external id or unique field')
      .option('--map <column=field...>', 'what a column fills; nothing after = leaves it out')
      .option('--blanks <word>', 'empty cells: keep or clear the value')
      .option('--encoding <name>', 'of the file, where it cannot be found out: windows-1252')
      .option('--rehearse', 'say what would become of every row, and keep nothing')
      .option('--undo <import>', 'take an import back as a whole')
  },
  run: async (context) => {
    const { options, arguments: given } = context
    const undone = textOption(context, 'undo')
    const connection = await context.connect()
    if (undone !== undefined) return undo(context, connection, undone)
    const [file] = given
    const object = textOption(context, 'object')
    if (file === undefined || object === undefined) {
      throw new CliError('Name the file and its object: data import <csv> --object <name>.')
    }
    const asked = { object, fileName: basename(file) }
    const { id } = await connection.ask<ToldImport>('POST', importsPath, asked)
    const uploaded = await upload(context, connection, { id, file })
    const settings = settingsOf(context, uploaded)
    const step = options['rehearse'] === true ? 'rehearse' : 'run'
    await connection.ask('POST', `${importsPath}/${id}/${step}`, settings)
    return tell(context, connection, await waitForImport(context, connection, id))
  },
}

function textOption({ options }: CommandContext, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

async function upload(
  context: CommandContext,
  connection: Connection,
  { id, file }: { readonly id: string; readonly file: string },
): Promise<ToldImport> {
  const encoding = encodeURIComponent(textOption(context, 'encoding') ?? '')
  const stream = createReadStream(file)
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve())
    stream.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CliError(`${file} cannot be read (${error.code ?? error.message}).`)),
    )
  })
  // The two declarations of web streams differ; the stream is the same.
  const body = Readable.toWeb(stream) as ReadableStream<Uint8Array>
  return connection.upload<ToldImport>(`${importsPath}/${id}/file?encoding=${encoding}`, body)
}

/** What was said on the command line; the rest is as the server suggests. */
function settingsOf(context: CommandContext, { columns, settings }: ToldImport): object {
  const { options, advise } = context
  const mapping = [...(settings?.mapping ?? [])]
  const pairs = Array.isArray(options['map']) ? options['map'].map(String) : []
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=')
    const index = columns.findIndex(
      (name) => name.toLowerCase() === pair.slice(0, at).toLowerCase(),
    )
    if (at < 1 || index < 0) throw new CliError(`--map ${pair}: the file has no such column.`)
    mapping[index] = pair.slice(at + 1) || null
  }
  columns.forEach((name, index) => {
    if ((mapping[index] ?? null) === null) advise(`Column "${name}" fills no field: left out.`)
  })
  const key = textOption(context, 'externalId')
  const operation = textOption(context, 'operation') ?? (key === undefined ? undefined : 'upsert')
  return {
    mapping,
    ...(operation === undefined ? {} : { operation }),
    ...(key === undefined ? {} : { matchField: key }),
    ...(options['blanks'] === undefined ? {} : { blanks: options['blanks'] }),
  }
}

async function undo(
  context: CommandContext,
  connection: Connection,
  id: string,
): Promise<ExitCode> {
  await connection.ask('POST', `${importsPath}/${encodeURIComponent(id)}/undo`)
  return tell(context, connection, await waitForImport(context, connection, id))
}

async function tell(
  { options, say }: CommandContext,
  connection: Connection,
  told: ToldImport,
): Promise<ExitCode> {
  const { undo: undone, id } = told
  const { refused, error } = undone ?? told
  if (options['json'] === true) say(JSON.stringify(told))
  else {
    for (const line of await refusedLines(connection, id, undone === null ? 'import' : 'undo')) {
      say(line)
    }
    say(
      undone === null
        ? countsOf(told)
        : `${undone.processed - refused} taken back, ${refused} refused.`,
    )
    if (error !== '') say(error)
    if (undone === null && told.state === 'done') say(`Take it back: data import --undo ${id}`)
  }
  const isWhole = refused === 0 && error === ''
  return isWhole ? exitCodes.done : exitCodes.found
}

function countsOf({ state, created, changed, refused }: ToldImport): string {
  const counts = `${created} added, ${changed} changed, ${refused} refused`
  return state === 'rehearsed' ? `Rehearsed, nothing kept: ${counts}.` : `${counts}.`
}
