/** The page of all commands, `docs/command-line.md`, from what they say of themselves: `npm run docs`. */
import { Command } from 'commander'
import type { CliCommand } from './commands/command.ts'
import { commands } from './commands/index.ts'

const head = `# The command line

Written from \`engine/cli/commands/\` by \`npm run docs\`; a change by hand is lost.

\`npx fieldstone <command>\` works on an organisation: over a server (\`--url\`, \`--token\`, or \`FIELDSTONE_URL\`, \`FIELDSTONE_TOKEN\`), or
on the database of the settings (\`DATABASE_URL\`, \`METADATA_DIR\` …) itself. A SQLite file that a server has open belongs to that
server: what would write is refused then, and goes over \`--url\`. \`backup\`, \`pull\` and \`export\` only read the database and may run beside it.

Output for people and programs goes to standard output (\`--json\`: JSON); what went wrong, advice and progress to the error stream,
progress only where it is a terminal.

| exit code | means |
|---|---|
| 0 | done |
| 1 | done, and something is not as it should be: it would change, differs, is in conflict, or is wrong |
| 2 | the command line cannot be understood |
| 3 | refused, or not reachable |
`

export function commandReference(): string {
  return [head, ...commands.map(sectionOf)].join('\n')
}

function sectionOf(one: CliCommand): string {
  const command = new Command(one.name)
  one.configure?.(command)
  const names = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  )
  const table = [
    ...command.registeredArguments.map((argument, at) => [names[at] ?? '', argument.description]),
    ...command.options.map(({ flags, description, defaultValue }) => {
      const usual = typeof defaultValue === 'string' ? ` (${defaultValue})` : ''
      return [flags, `${description}${usual}`]
    }),
  ].map(([name, words]) => `| \`${name}\` | ${words} |`)
  const lines = one.examples.map(([line, words]) => `${line}\n    # ${words}`)
  return [
    `## ${one.name}`,
    '',
    `${capital(one.summary)}.`,
    ...(one.explanation === undefined ? [] : ['', one.explanation]),
    ...(table.length === 0 ? [] : ['', '| | |', '|---|---|', ...table]),
    '',
    '```sh',
    ...lines,
    '```',
    '',
    `Usage: \`fieldstone ${[one.name, ...names].join(' ')}\`${one.local === true ? '; it knows no `--url`.' : '.'}`,
    '',
  ].join('\n')
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
