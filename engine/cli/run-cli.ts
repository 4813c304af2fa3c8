/** Reads a command line, runs the command, and gives the exit code; everything of the process comes as arguments. */
import { Command, CommanderError } from 'commander'
import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import type { RandomBytes } from '../base/clock.ts'
import { readSettings, SettingsError, type Environment, type Settings } from '../settings.ts'
import { StorageError } from '../storage/storage-error.ts'
import { CliError } from './cli-error.ts'
import {
  exitCodes,
  type CliCommand,
  type CommandOutline,
  type ExitCode,
} from './commands/command.ts'
import { commands } from './commands/index.ts'
import { connectToServer, openDatabase, type Connection } from './connection.ts'
import { StartError } from './encryption-key-file.ts'

export interface CliProcess {
  readonly environment: Environment
  readonly home: string
  readonly now: () => number
  readonly randomBytes: RandomBytes
  readonly input: NodeJS.ReadableStream
  out(text: string): void
  err(text: string): void
  /** Somebody looks at the error stream. */
  readonly isTerminal: boolean
  serve(environment: Readonly<Record<string, string>>): Promise<void>
}

const explanation = `
Begin with: fieldstone start, then fieldstone query "SELECT Name FROM Account", then fieldstone diff.
Each command explains itself with examples: fieldstone help <command>. docs/command-line.md has them all.

Without --url the command opens the database of the settings (DATABASE_URL, METADATA_DIR …) itself, as a start of the
server would. A SQLite file that a server has open is reached over that server: --url and --token.

Exit codes: 0 done; 1 done, and something is not as it should be; 2 wrong usage; 3 refused or not reachable.`

export async function runCli(args: readonly string[], given: CliProcess): Promise<ExitCode> {
  let code: ExitCode = exitCodes.done
  const program = new Command('fieldstone')
    .description('Work with a Fieldstone organisation from the command line.')
    .addHelpText('after', explanation)
    .exitOverride()
    .configureOutput({ writeOut: given.out, writeErr: given.err })
  for (const one of commands) {
    addCommand(program, one, async (context) => {
      code = await runCommand(one, context, { given, program })
    })
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version are asked for; everything else was told on the error stream.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    }
    if (!isSolvable(error)) throw error
    given.err(`${error.message}\n`)
    return exitCodes.failed
  }
}

function isSolvable(error: unknown): error is Error {
  const kinds = [CliError, SettingsError, StartError, StorageError]
  return kinds.some((kind) => error instanceof kind)
}

interface Called {
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
}

function addCommand(
  program: Command,
  one: CliCommand,
  run: (called: Called) => Promise<void>,
): void {
  const words = one.name.split(' ')
  const last = words.pop() ?? one.name
  const command = words
    .reduce((above, word) => childOf(above, word), program)
    .command(last)
    .description(one.summary)
  one.configure?.(command)
  command.option('--json', 'print JSON for programs')
  if (one.local !== true) {
    command
      .option('--url <address>', 'the server (or FIELDSTONE_URL)')
      .option('--token <token>', 'an access token (or FIELDSTONE_TOKEN)')
  }
  command.addHelpText('after', lessonOf(one)).action(() =>
    run({
      arguments: command.processedArgs
        .flat()
        .filter((given) => given !== undefined)
        .map(String),
      options: command.opts(),
    }),
  )
}

function lessonOf({ explanation: words, examples }: CliCommand): string {
  const shown = examples.map(([line, why]) => `  ${line}\n      ${why}`)
  return [
    ...(words === undefined ? [] : ['', words]),
    ...(shown.length === 0 ? [] : ['', 'Examples:', ...shown]),
  ].join('\n')
}

/** The command that gathers others, made when the first of them comes. */
function childOf(above: Command, word: string): Command {
  const known = above.commands.find((command) => command.name() === word)
  return known ?? above.command(word).description(`commands of ${word}`)
}

async function runCommand(
  command: CliCommand,
  called: Called,
  { given, program }: { readonly given: CliProcess; readonly program: Command },
): Promise<ExitCode> {
  const { environment, home, now, randomBytes, input, out } = given
  const { options } = called
  const settings = (): Settings => readSettings(environment, home)
  const url = options['url'] ?? environment['FIELDSTONE_URL']
  const token = options['token'] ?? environment['FIELDSTONE_TOKEN']
  const shown = createProgress(given)
  let open: Connection | undefined
  const connect = async (): Promise<Connection> => {
    open ??=
      typeof url === 'string'
        ? connectToServer(url, typeof token === 'string' ? token : undefined)
        : await openDatabase({ settings: settings(), home, now, randomBytes })
    return open
  }
  const printed =
    (print: (text: string) => void) =>
    (line: string): void => {
      shown.clear()
      print(`${line}\n`)
    }
  try {
    return await command.run({
      ...called,
      isRemote: typeof url === 'string',
      connect,
      settings,
      now,
      say: printed(out),
      advise: printed(given.err),
      progress: shown.show,
      serve: given.serve,
      outline: () => outlineOf(program),
      makeSecret: () => Buffer.from(randomBytes(18)).toString('base64url'),
      read: (file) => (file === '-' ? readAll(input) : readGiven(file)),
    })
  } finally {
    shown.clear()
    await open?.close()
  }
}

interface Progress {
  show(words: string): void
  clear(): void
}

const progressPauseMs = 100
const clearLine = '\r\u001b[2K'

/** One line that is written over again and again; nothing at all where no person looks. */
function createProgress({ isTerminal, now, err }: CliProcess): Progress {
  let shownAt = 0
  return {
    show: (words) => {
      if (!isTerminal || now() - shownAt < progressPauseMs) return
      shownAt = now()
      err(`${clearLine}${words.slice(0, 100)}`)
    },
    clear: () => {
      if (shownAt > 0) err(clearLine)
      shownAt = 0
    },
  }
}

function outlineOf(above: Command, before = ''): readonly CommandOutline[] {
  return above.commands.flatMap((command) => {
    const name = `${before}${command.name()}`
    const inner = outlineOf(command, `${name} `)
    if (inner.length > 0) return inner
    const options = command.options.map(({ long }) => long ?? '').filter((long) => long !== '')
    return [{ name, summary: command.description(), options }]
  })
}

async function readGiven(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === '') throw error
    throw new CliError(`${file} cannot be read (${code}).`)
  }
}
