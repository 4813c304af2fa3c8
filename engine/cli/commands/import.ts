/** `fieldstone import`: takes Salesforce source, decomposed or as a package, into the metadata folder. */
import { resolve } from 'node:path'
import { Refusal } from '../../base/refusal.ts'
import { CliError } from '../cli-error.ts'
import { importLines } from '../import-lines.ts'
import { importSource, type ImportReport } from '../import-source.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const importCommand: CliCommand = {
  name: 'import',
  summary: 'take Salesforce source into the metadata files; exit code 1 when it cannot be',
  explanation: `The source is a folder (a project with force-app, or an unpacked package) or a ZIP file of a package. Components
grow member by member and lose nothing; where both sides say different things, nothing is written until --force. What
is not understood is named, and kept where that is possible. A server on the folder takes the new files up at once.`,
  examples: [
    [
      'fieldstone import ./dreamhouse-lwc --check',
      'says what would be taken, and what is not understood',
    ],
    ['fieldstone import ./dreamhouse-lwc', 'takes it into METADATA_DIR'],
    ['fieldstone import package.zip --into ./org/metadata', 'a package, into another folder'],
  ],
  local: true,
  configure: (command) => {
    command.argument('<source>', 'a folder, or the ZIP file of a package')
    command.option('--into <folder>', 'the metadata folder (or METADATA_DIR)')
    command.option('--check', 'say what would be taken, and write nothing')
    command.option('--force', 'values of the source replace those that are there')
  },
  run: async ({ arguments: [name = ''], options, settings, say }) => {
    const { into } = options
    const target = typeof into === 'string' ? resolve(into) : settings().metadataDir
    const given = { check: options['check'] === true, force: options['force'] === true }
    const report = await taken({ source: resolve(name), into: target, ...given })
    if (options['json'] === true) say(JSON.stringify(summaryOf(report)))
    else for (const line of importLines(report, { ...given, into: target })) say(line)
    const isRefused = report.problems.length > 0 || report.conflicts.length > 0
    return isRefused ? exitCodes.found : exitCodes.done
  },
}

async function taken(options: Parameters<typeof importSource>[0]): Promise<ImportReport> {
  try {
    return await importSource(options)
  } catch (error) {
    // A ZIP file that is none, or too large.
    if (error instanceof Refusal) throw new CliError(error.message)
    throw error
  }
}

/** Components by their names: their bodies stand in the files. */
function summaryOf(report: ImportReport): unknown {
  const named = (list: ImportReport['created']): readonly string[] =>
    list.map(({ type, fullName }) => `${type} ${fullName}`)
  return {
    ...report,
    created: named(report.created),
    changed: named(report.changed),
    unchanged: named(report.unchanged),
    asRecords: named(report.asRecords),
  }
}
