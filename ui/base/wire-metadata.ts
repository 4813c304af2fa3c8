/** The answers of the metadata routes: plans, journal, problems, usage. */

export interface ComponentSummary {
  readonly type: string
  readonly fullName: string
  readonly label?: string
}

/** The JSON of a component; Setup reads its members by the schema of its type. */
export type ComponentBody = Readonly<Record<string, unknown>>

export type MetadataChange =
  | { readonly type: string; readonly fullName: string; readonly body: ComponentBody }
  | { readonly type: string; readonly fullName: string; readonly delete: true }
  | { readonly type: string; readonly fullName: string; readonly renameTo: string }
  | {
      readonly type: string
      readonly fullName: string
      readonly replaceValue: string
      /** Null: what held the value is empty afterwards. */
      readonly by: string | null
      readonly remove: boolean
    }

export type StepClass = 'instant' | 'scans' | 'rewrites' | 'losesData' | 'changesAccess'

export interface PlanStep {
  readonly class: StepClass
  readonly description: string
  readonly object?: string
  readonly field?: string
  readonly affected?: number
  readonly total?: number
  readonly examples?: readonly string[]
  readonly needsConsent: boolean
}

export interface PlanProblem {
  readonly component?: string
  readonly reason: string
  readonly suggestion?: string
  readonly references?: readonly string[]
}

export interface PlanChange {
  readonly type: string
  readonly fullName: string
  readonly change: 'create' | 'update' | 'delete' | 'rename'
}

export interface PlanFile {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
}

export interface Plan {
  readonly id: string
  readonly baseVersion: number
  readonly summary: string
  readonly changes: readonly PlanChange[]
  readonly steps: readonly PlanStep[]
  readonly problems: readonly PlanProblem[]
  readonly files: readonly PlanFile[]
  readonly needsConsent: boolean
  readonly applicable: boolean
}

export interface JournalEntry {
  readonly number: number
  readonly version: number
  readonly at: string
  readonly by: { readonly id: string; readonly name: string }
  readonly source: string
  readonly summary: string
  readonly changes: readonly PlanChange[]
  readonly steps: readonly PlanStep[]
  readonly revertible: boolean
  readonly revertedBy: number | null
}

export interface JournalDetail extends JournalEntry {
  readonly files: readonly PlanFile[]
}

export interface FileProblem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly reason: string
  readonly suggestion?: string
}

export interface ObjectUsage {
  readonly records: number
  readonly fields: Readonly<
    Record<string, { readonly filled: number; readonly usedBy: readonly string[] }>
  >
}

export type DeliveryState = 'Waiting' | 'Delivered' | 'Dead'

export interface WebhookSummary {
  readonly name: string
  readonly label: string
  readonly object: string
  readonly url: string
  readonly active: boolean
  readonly counts: Readonly<Partial<Record<DeliveryState, number>>>
}

/** One call of a webhook, made or still to be made. */
export interface WebhookDelivery {
  readonly id: string
  readonly webhook: string
  readonly recordId: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: string
  readonly triedAt: string | null
  readonly nextAt: string | null
  readonly answer: string
}
