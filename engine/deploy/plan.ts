/** Plans and journal entries, in the shapes of the extension API. */
import type { Message } from '../base/message.ts'
import type { ModelChange } from '../model/compare-models.ts'

export type StepClass = 'instant' | 'scans' | 'rewrites' | 'losesData' | 'changesAccess'

export interface PlanStep {
  readonly class: StepClass
  readonly description: string
  /** What the description is made of; it is not answered, nor there in old entries of the journal. */
  readonly told?: Message
  readonly object?: string
  readonly field?: string
  readonly affected?: number
  readonly total?: number
  /** Ids of some of the affected records. */
  readonly examples?: readonly string[]
  readonly needsConsent: boolean
}

/** Why a plan cannot be applied. */
export interface PlanProblem {
  readonly component: string
  readonly reason: string
  readonly suggestion?: string
  /** What the reason, the suggestion and the references are made of; none of it is answered. */
  readonly told?: Message
  readonly toldSuggestion?: Message
  readonly toldReferences?: readonly Message[]
  readonly references?: readonly string[]
  readonly file?: string
  readonly line?: number
  readonly column?: number
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
  /** What the summary is made of, as of a step. */
  readonly told?: Message
  readonly changes: readonly ModelChange[]
  readonly steps: readonly PlanStep[]
  readonly problems: readonly PlanProblem[]
  readonly files: readonly PlanFile[]
  readonly needsConsent: boolean
  readonly applicable: boolean
}

export interface Author {
  readonly id: string
  readonly name: string
  /** The program that acts for this person within limits. */
  readonly limitedTo?: string | undefined
}

/** Who acts when files are taken over and nobody is signed in. */
export const systemAuthor: Author = { id: '005000000000000AAA', name: 'System' }

export type DeploySource = 'setup' | 'api' | 'files' | 'command line' | 'boot'

export interface JournalEntry {
  readonly number: number
  readonly version: number
  /** `2026-11-22T09:30:00.000Z`. */
  readonly at: string
  readonly by: Author
  readonly source: DeploySource
  readonly summary: string
  readonly told?: Message
  readonly changes: readonly ModelChange[]
  readonly steps: readonly PlanStep[]
  readonly revertible: boolean
  readonly revertedBy: number | null
}

/** One entry with the files it wrote. */
export interface JournalDetail extends JournalEntry {
  readonly files: readonly PlanFile[]
}

/** A value of a picklist or value set gives way to another one, in the data and wherever metadata names it. */
export interface ReplaceChange {
  readonly type: string
  readonly fullName: string
  readonly replaceValue: string
  /** Null: what held it is empty afterwards. */
  readonly by: string | null
  /** The value leaves the list as well. */
  readonly remove?: boolean
}

/** One change as Setup, the API or the files ask for it. */
export type ComponentChange =
  | ReplaceChange
  | { readonly type: string; readonly fullName: string; readonly body: unknown }
  /** Attributes to set; null removes one. */
  | {
      readonly type: string
      readonly fullName: string
      readonly patch: Readonly<Record<string, unknown>>
    }
  | { readonly type: string; readonly fullName: string; readonly delete: true }
  | { readonly type: string; readonly fullName: string; readonly renameTo: string }
