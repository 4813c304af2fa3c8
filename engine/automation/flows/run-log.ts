/** What is told of a run, step by step, to whoever looks on. */
export interface StepNote {
  readonly flow: string
  readonly element: string
  readonly kind: string
  readonly label: string
  /** What it did, in values: what was set, which way was taken, what was found. */
  readonly values: Readonly<Record<string, unknown>>
}
