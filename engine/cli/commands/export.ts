/** `fieldstone export`: writes the model in force as Salesforce source, decomposed or as a package. */
import { resolve } from 'node:path'
import type { Declaration } from '../../model/declaration.ts'
import { nearestName } from '../../base/nearest-name.ts'
import { CliError } from '../cli-error.ts'
import { exportSource } from '../export-source.ts'
import { openModel } from '../model-source.ts'
import { own } from '../../http/routes/addresses.ts'
import { metadataTypes } from '../../model/metadata-types.ts'
import { exitCodes, type CliCommand, type CommandContext } from './command.ts'

export const exportCommand: CliCommand = {
  name: 'export',
  summary: 'write the model as Salesforce source; exit code 1 where files would be written over',
  explanation: `In the form of a project by default: one file for each field, rule and list view. With --package in that of stock
clients: one file for each component, and package.xml. What fieldstone import takes back is the same model. From a server
(--url) action plan templates come along, which are records; a package brings them into another organisation.`,
  examples: [
    ['fieldstone export force-app/main/default', 'everything, taken apart'],
    [
      'fieldstone export out --package --only CustomObject:Account,Layout',
      'an object and all layouts',
    ],
  ],
  configure: (command) => {
    command.argument('<folder>', 'where to')
    command.option('--package', 'the form of packages: package.xml and whole components')
    command.option(
      '--only <names>',
      'types and components, with commas: Layout,CustomObject:Account',
    )
    command.option('--force', 'write over files that say something else')
  },
  run: async (context) => {
    const {
      arguments: [name = ''],
      options,
      say,
    } = context
    const source = await openModel(context)
    try {
      const all = [...source.applied.declarations.values(), ...(await heldAsRecords(context))]
      const { only } = options
      const report = await exportSource({
        components: typeof only === 'string' ? chosen(all, only.split(',')) : all,
        folder: resolve(name),
        form: options['package'] === true ? 'package' : 'source',
        force: options['force'] === true,
      })
      const { components, written, unchanged, conflicts } = report
      if (options['json'] === true) say(JSON.stringify(report))
      else {
        for (const path of conflicts) say(`! ${path} says something else`)
        say(
          conflicts.length > 0
            ? 'Nothing was written. With --force these files are written over.'
            : `${components} components: ${written.length} files written, ${unchanged} were so already.`,
        )
      }
      return conflicts.length > 0 ? exitCodes.found : exitCodes.done
    } finally {
      await source.close()
    }
  },
}

/** A server gives them as far as whoever asks may see them; beside it the records are not read. */
async function heldAsRecords(context: CommandContext): Promise<readonly Declaration[]> {
  if (!context.isRemote) return []
  const connection = await context.connect()
  const held: Declaration[] = []
  for (const { name } of metadataTypes.filter(({ inRecords }) => inRecords === true)) {
    const path = `${own}/metadata`
    const listed = await connection.ask<readonly { fullName: string }[]>(
      'GET',
      `${path}?type=${name}`,
    )
    for (const { fullName } of listed) {
      const place = `${path}/${name}/${encodeURIComponent(fullName)}`
      const body = await connection.ask<Declaration['body']>('GET', place)
      held.push({ type: name, fullName, body })
    }
  }
  return held
}

function chosen(all: readonly Declaration[], names: readonly string[]): readonly Declaration[] {
  const types = new Set(all.map(({ type }) => type as string))
  const known = new Set(all.map(({ type, fullName }) => `${type}:${fullName}`))
  const wanted = new Set(names.map((one) => one.trim()))
  for (const one of wanted) {
    if (types.has(one) || known.has(one)) continue
    const near = nearestName(one, [...types, ...known])
    const advice =
      near === undefined ? 'fieldstone export --help shows how to name them' : `${near}?`
    throw new CliError(`There is no ${one}: ${advice}.`)
  }
  return all.filter(({ type, fullName }) => wanted.has(type) || wanted.has(`${type}:${fullName}`))
}
