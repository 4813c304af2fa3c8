/** What a command of `fieldstone` is: its words for the help, and what it does. */
import type { Command } from 'commander'
import type { Connection } from '../connection.ts'

/** What the process ends with. */
export const exitCodes = {
  done: 0,
  /** The command did its work, and what it looked at is not as it should be. */
  found: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** The server refused, or could not be reached. */
  failed: 3,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export interface CommandContext {
  readonly arguments: readonly string[]
  /** As commander read them: `--dry-run` is `dryRun`. */
  readonly options: Readonly<Record<string, unknown>>
  /** The running server that `--url` names, or the database itself; closed after the command. */
  connect(): Promise<Connection>
  /** Prints a line. */
  say(line: string): void
  /** Reads a file, or the standard input for "-". */
  read(file: string): Promise<string>
  /** A new password that nobody can guess. */
  makeSecret(): string
}

export interface CliCommand {
  /** One word, or two: "user add" is the command `add` of `user`. */
  readonly name: string
  readonly summary: string
  /** Arguments and options; those of every command are there already. */
  configure?(command: Command): void
  run(context: CommandContext): Promise<ExitCode>
}
