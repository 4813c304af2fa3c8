/** `fieldstone data export`: records as CSV or JSON, by a query or all of an object. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text as textOf } from 'node:stream/consumers'
import { newestApiVersionText } from '../../base/api-versions.ts'
import { own } from '../../http/routes/addresses.ts'
import { printAside } from '../../records/exact-json.ts'
import { CliError } from '../cli-error.ts'
import type { Connection } from '../connection.ts'
import { allRecords } from '../query-records.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'

export const dataExportCommand: CliCommand = {
  name: 'data export',
  summary: 'write the records of a query or an object as CSV or JSON',
  explanation:
    'Cells that a spreadsheet would run as a formula go out behind an apostrophe, which an import takes away; ' +
    '--raw leaves them as they are.',
  examples: [
    [
      'fieldstone data export --object Account --output accounts.csv',
      'every field that you may see',
    ],
    ['fieldstone data export "SELECT Id, Name FROM Account" --json', 'a JSON list'],
  ],
  configure: (command) => {
    command
      .argument('[soql]', '"SELECT Id, Name FROM Account"')
      .option('--object <name>', 'all records and fields of an object')
      .option('--output <file>', 'where to; standard output without it')
      .option('--labels', 'labels as headings, in your language, and not API names')
      .option('--raw', 'cells as they are, for programs')
  },
  run: async (context) => {
    const connection = await context.connect()
    const soql = await queryOf(context, connection)
    const isJson = context.options['json'] === true
    await (isJson ? writeJson(context, connection, soql) : writeCsv(context, connection, soql))
    return exitCodes.done
  },
}

interface Described {
  readonly fields: readonly { readonly name: string; readonly type: string }[]
}

const compounds: ReadonlySet<string> = new Set(['address', 'location'])

async function queryOf(
  { arguments: [soql], options }: CommandContext,
  connection: Connection,
): Promise<string> {
  const object = options['object']
  if (soql !== undefined && object === undefined) return soql
  if (soql !== undefined || typeof object !== 'string') {
    throw new CliError('Name either a query or --object.')
  }
  const path = `/services/data/v${newestApiVersionText}/sobjects/${encodeURIComponent(object)}/describe`
  const { fields } = await connection.ask<Described>('GET', path)
  const names = fields.filter(({ type }) => !compounds.has(type)).map(({ name }) => name)
  return `SELECT ${names.join(', ')} FROM ${object}`
}

async function writeCsv(
  { options, say }: CommandContext,
  connection: Connection,
  soql: string,
): Promise<void> {
  const headings = options['labels'] === true ? 'labels' : 'names'
  const raw = options['raw'] === true
  const path = `${own}/export?q=${encodeURIComponent(soql)}&headings=${headings}&raw=${raw}`
  const body = Readable.fromWeb((await connection.download(path)) as never)
  const file = options['output']
  if (typeof file === 'string') await pipeline(body, createWriteStream(file))
  else say((await textOf(body)).replace(/\r?\n$/, ''))
}

async function writeJson(
  { options, say }: CommandContext,
  connection: Connection,
  soql: string,
): Promise<void> {
  const found: string[] = []
  for await (const record of allRecords(connection, soql)) found.push(printAside(record))
  const text = `[${found.join(',\n')}]`
  const file = options['output']
  if (typeof file !== 'string') return say(text)
  await pipeline(Readable.from([`${text}\n`]), createWriteStream(file))
}
