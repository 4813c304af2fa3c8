/** Reads a command line, runs the command, and gives the exit code; everything of the process comes as arguments. */
import { Command, CommanderError } from 'commander'
import { readFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import type { RandomBytes } from '../base/clock.ts'
import { readSettings, SettingsError, type Environment } from '../settings.ts'
import { StorageError } from '../storage/storage-error.ts'
import { CliError } from './cli-error.ts'
import { exitCodes, type CliCommand, type ExitCode } from './commands/command.ts'
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
}

const explanation = `
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
      code = await runCommand(one, context, given)
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
  command
    .option('--json', 'print JSON for programs')
    .option('--url <address>', 'the server (or FIELDSTONE_URL)')
    .option('--token <token>', 'an access token (or FIELDSTONE_TOKEN)')
    .action(() => run({ arguments: command.processedArgs.map(String), options: command.opts() }))
}

/** The command that gathers others, made when the first of them comes. */
function childOf(above: Command, word: string): Command {
  const known = above.commands.find((command) => command.name() === word)
  return known ?? above.command(word).description(`commands of ${word}`)
}

async function runCommand(
  command: CliCommand,
  { arguments: given, options }: Called,
  { environment, home, now, randomBytes, input, out }: CliProcess,
): Promise<ExitCode> {
  let open: Connection | undefined
  const connect = async (): Promise<Connection> => {
    const url = options['url'] ?? environment['FIELDSTONE_URL']
    const token = options['token'] ?? environment['FIELDSTONE_TOKEN']
    const settings = readSettings(environment, home)
    open ??=
      typeof url === 'string'
        ? connectToServer(url, typeof token === 'string' ? token : undefined)
        : await openDatabase({ settings, home, now, randomBytes })
    return open
  }
  try {
    return await command.run({
      arguments: given,
      options,
      connect,
      say: (line) => out(`${line}\n`),
      makeSecret: () => Buffer.from(randomBytes(18)).toString('base64url'),
      read: (file) => (file === '-' ? readAll(input) : readGiven(file)),
    })
  } finally {
    await open?.close()
  }
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
