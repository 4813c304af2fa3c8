/** `fieldstone pull`: brings the model in force into the metadata folder, where it was changed elsewhere. */
import { resolve } from 'node:path'
import { openModel } from '../model-source.ts'
import { pullModel, type PullReport } from '../pull-model.ts'
import { exitCodes, type CliCommand } from './command.ts'

export const pullCommand: CliCommand = {
  name: 'pull',
  summary: 'bring the model in force into the metadata files; exit code 1 where both were changed',
  explanation: `For what was changed in Setup on another node, or on a server whose folder is not this one. Files that nobody
touched are written anew; changes of yours stay, with what the model changed elsewhere in the same file; where both
changed the same thing, it is shown and the file is left as it is. Files that are ahead are taken by a server on this folder,
or by fieldstone diff and fieldstone apply.`,
  examples: [
    [
      'fieldstone pull --dry-run',
      'says what would be written; exit code 1 when there is something',
    ],
    [
      'fieldstone pull --url https://crm.example.com --token $TOKEN',
      'from a server into METADATA_DIR',
    ],
    ['fieldstone pull --into ./org/metadata', 'into another folder'],
  ],
  configure: (command) => {
    command.option('--into <folder>', 'the metadata folder (or METADATA_DIR)')
    command.option('--dry-run', 'say what it would do, and change nothing')
  },
  run: async (context) => {
    const { options, settings, say } = context
    const { into } = options
    const folder = typeof into === 'string' ? resolve(into) : settings().metadataDir
    const dryRun = options['dryRun'] === true
    const source = await openModel(context)
    try {
      const report = await pullModel(source, { folder, dryRun })
      const { version } = source.applied
      if (options['json'] === true) say(JSON.stringify({ version, dryRun, ...report }))
      else for (const line of linesOf(report, dryRun)) say(line)
      const isOpen = report.conflicts.length > 0 || report.problems.length > 0
      const wouldWrite = dryRun && report.written.length + report.removed.length > 0
      return isOpen || wouldWrite ? exitCodes.found : exitCodes.done
    } finally {
      await source.close()
    }
  },
}

function linesOf(report: PullReport, dryRun: boolean): readonly string[] {
  const { problems, conflicts } = report
  const would = dryRun || problems.length > 0 ? 'would be ' : ''
  const lines = [
    ...problems.map(({ file, line, reason }) => `! ${file}:${line} ${reason}`),
    ...conflicts.map(({ file, path, ours, theirs }) => {
      return `! ${file}: ${path} is ${shown(ours)} in the model and ${shown(theirs)} in the file`
    }),
    ...report.written.map((path) => `+ ${path} ${would}written`),
    ...report.removed.map((path) => `- ${path} ${would}removed`),
    ...report.ahead.map((path) => `> ${path} is ahead of the model, and stays so`),
  ]
  if (lines.length === 0) return ['The files are those of the model in force.']
  if (problems.length > 0) return [...lines, 'Nothing was written: put the files right first.']
  if (conflicts.length === 0) return lines
  return [...lines, 'Decide what is marked with ! in the files themselves, and pull again.']
}

const shownCharsMax = 60

function shown(value: unknown): string {
  if (value === undefined) return 'absent'
  const text = JSON.stringify(value)
  return text.length <= shownCharsMax ? text : `${text.slice(0, shownCharsMax)}…`
}
