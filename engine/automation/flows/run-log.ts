/** What is told of a run, step by step, to whoever looks on. */
import { limits } from '../../base/limits.ts'
import type { Refusal } from '../../base/refusal.ts'
import type { Interview } from './interview.ts'

export interface StepNote {
  readonly flow: string
  readonly element: string
  readonly kind: string
  readonly label: string
  /** What it did, in values: what was set, which way was taken, what was found. */
  readonly values: Readonly<Record<string, unknown>>
}

/** The first steps of a run; what comes behind the limit is not told. */
export class StepLog {
  readonly notes: StepNote[] = []

  note(step: StepNote): void {
    if (this.notes.length < limits.flowStepsToldMax) this.notes.push(step)
  }
}

export type RunStart =
  'beforeSave' | 'afterSave' | 'beforeDelete' | 'path' | 'schedule' | 'call' | 'process'

export interface EndedRun {
  readonly interview: Interview
  readonly start: RunStart
  readonly userId: string
  readonly failure: Refusal | undefined
}

/** Told of every run; it must cost those that nobody looks at next to nothing. */
export interface FlowWatch {
  /** Where the steps of a run go; undefined while nobody looks on. */
  stepsOf(flow: string): StepLog | undefined
  ended(run: EndedRun): void
  /** The record was none for the flow. */
  skipped(run: Omit<EndedRun, 'failure'>): void
}
