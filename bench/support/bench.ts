/** What every section is given. */

export interface Bench {
  /** A folder for databases, deleted at the end. */
  readonly folder: string
  /** Shorter rounds and fewer rows: for a look, not for figures. */
  readonly quick: boolean
  readonly rounds: number
  readonly seconds: number
  /** Of loads that can be of any length; undefined for what is usual. */
  readonly rows: number | undefined
  /** The built hand-written server. */
  readonly baseline: string
  /** The built program that measures without HTTP. */
  readonly inProcess: string
  /** The engine's command, as `npm start` runs it. */
  readonly engine: readonly string[]
  /** Prints a line of the report. */
  print(text: string): void
  /** Tells on the error stream what is being done. */
  progress(text: string): void
}

export interface Section {
  readonly name: string
  readonly title: string
  run(bench: Bench): Promise<void>
}
