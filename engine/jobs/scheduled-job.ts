/** What runs by the clock, as the parts of the engine declare it. */
import type { Message } from '../base/message.ts'
import type { RunningJob } from './job-runner.ts'

export interface ScheduledJob {
  /** For good: by it the job is known after a restart. */
  readonly name: string
  readonly label: string | Message
  /** As people read it; another text is another schedule. `cronTimes` gives the three. */
  readonly schedule: string
  readonly zone?: string
  /** What it follows from: where it is new or becomes another, the job runs at once. */
  readonly content?: string
  /** The first time after that moment; undefined where there is none any more. */
  nextAfter(time: number): number | undefined
  /** The component that declares it. */
  readonly of?: { readonly type: 'Flow'; readonly fullName: string }
  /**
   * Notes its progress as part of its units; says at the end what it did. What it throws is tried again, later and later,
   * from the progress that it noted.
   */
  run(running: RunningJob): Promise<string>
}
