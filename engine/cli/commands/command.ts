/** What a command of `fieldstone` is: its words for the help, and what it does. */
import type { Command } from 'commander'
import type { Settings } from '../../settings.ts'
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
  /** A server was named: the command works over it and not on the database. */
  readonly isRemote: boolean
  /** The running server that `--url` names, or the database itself; closed after the command. */
  connect(): Promise<Connection>
  /** The settings of the environment; refuses wrong ones. */
  settings(): Settings
  now(): number
  /** Prints a line. */
  say(line: string): void
  /** Prints a line on the error stream: advice that programs do not read. */
  advise(line: string): void
  /** Shows how far the work is, where somebody sits at a terminal. */
  progress(words: string): void
  /** Turns this process into the server, with these words of the environment on top. */
  serve(environment: Readonly<Record<string, string>>): Promise<void>
  /** The commands and options that there are, for completion. */
  outline(): readonly CommandOutline[]
  /** Reads a file, or the standard input for "-". */
  read(file: string): Promise<string>
  /** A new password that nobody can guess. */
  makeSecret(): string
}

export interface CommandOutline {
  readonly name: string
  readonly summary: string
  readonly options: readonly string[]
}

export interface CliCommand {
  /** One word, or two: "user add" is the command `add` of `user`. */
  readonly name: string
  readonly summary: string
  /** What it does and does not, for the help: whole sentences. */
  readonly explanation?: string
  /** Command lines that can be tried, each with what it is good for. */
  readonly examples: readonly (readonly [line: string, words: string])[]
  /** It works on files or on the database itself, never over a server. */
  readonly local?: boolean
  /** Arguments and options; those of every command are there already. */
  configure?(command: Command): void
  run(context: CommandContext): Promise<ExitCode>
}
