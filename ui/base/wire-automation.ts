/** Jobs and flows as the server gives them to administrators; see docs/flows.md. */

export interface ScheduledJobInfo {
  readonly name: string
  readonly label: string
  readonly component: { readonly type: string; readonly fullName: string } | null
  readonly cronExpression: string
  readonly timeZone: string
  readonly isChosen: boolean
  readonly state: 'WAITING' | 'PAUSED' | 'COMPLETE' | 'DELETED'
  readonly nextAt: string | null
  readonly lastAt: string | null
  readonly lastState: 'Queued' | 'Processing' | 'Completed' | 'Failed' | 'Aborted' | null
  readonly lastOutcome: string | null
}

export type JobState =
  'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'

export interface JobInfo {
  readonly id: string
  readonly kind: string
  readonly state: JobState
  readonly about: string
  readonly detail: string | null
  readonly done: number | null
  readonly failed: number | null
  readonly createdBy: string | null
  readonly createdAt: string
  readonly modifiedAt: string
}

export interface FlowInfo {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly status: string
  readonly processType: string
  readonly object: string | null
  readonly triggerType: string | null
  readonly recordTriggerType: string | null
  readonly paths: readonly string[]
  readonly inputs: readonly {
    readonly name: string
    readonly kind: string
    readonly isList: boolean
  }[]
  readonly runs: boolean
  readonly notActedOn: readonly string[]
  readonly runCount: number
  readonly failureCount: number
  readonly lastRunAt: string | null
  readonly lastFailureAt: string | null
  readonly tracedUntil: string | null
}

export interface FlowStep {
  readonly flow: string
  readonly element: string
  readonly kind: string
  readonly label: string
  readonly values: Readonly<Record<string, unknown>>
}

export type FlowOutcome = 'Finished' | 'Refused' | 'Failed' | 'Skipped'

export interface FlowRunInfo {
  readonly id: string
  readonly flow: string
  readonly start: string
  readonly outcome: FlowOutcome
  readonly object: string | null
  readonly recordId: string | null
  readonly user: string | null
  readonly at: string
  readonly element: string | null
  readonly error: string | null
  readonly steps: readonly FlowStep[]
}

export interface FlowTrialInfo {
  readonly steps: readonly FlowStep[]
  readonly changes: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly errors: readonly { readonly message: string; readonly field: string | null }[]
  readonly failure: string | null
}
