/** Guided processes as the server gives them; see docs/extension-api.md. */
import type { FieldInfo, PicklistValue, RuleMention, Value } from './wire.ts'

/** A condition that the browser can decide; null: the server alone can; absent: there is none. */
export type ProcessCondition =
  { readonly formula: string; readonly mentions: readonly RuleMention[] } | null | undefined

export interface ChoiceColumn {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly scale: number
  readonly picklistValues: readonly Pick<PicklistValue, 'value' | 'label'>[]
}

interface Conditions {
  readonly visible?: ProcessCondition
  readonly error?: ProcessCondition
  readonly errorMessage: string
}

export interface ProcessField extends FieldInfo, Conditions {
  /** Of a lookup that offers certain records. */
  readonly choiceColumns: readonly ChoiceColumn[] | null
}

/** Shown, never entered. */
export interface ProcessText extends Conditions {
  readonly name: string
  readonly label: string
  readonly text: string
}

export type ProcessAttribute = ProcessField | ProcessText

export interface ProcessGroup {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly visible?: ProcessCondition
  readonly repeated: boolean
  readonly minEntries: number
  readonly maxEntries: number | null
  readonly entryLabel: string | null
  /** Of a group whose entries are chosen records. */
  readonly choiceColumns: readonly ChoiceColumn[] | null
  readonly attributes: readonly ProcessAttribute[]
}

export interface ProcessScreen {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly visible?: ProcessCondition
  readonly groups: readonly ProcessGroup[]
}

export interface ProcessInfo {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly now: number
  readonly zone: readonly (readonly [from: number, offsetMs: number])[]
  readonly globals: Readonly<Record<string, Value>>
  readonly screens: readonly ProcessScreen[]
}

export type ProcessAnswers = Readonly<Record<string, Value>>

export interface OpenRun {
  readonly id: string
  readonly state: 'Open' | 'Saved'
  /** Null: the review. */
  readonly screen: string | null
  readonly recordId: string | null
  readonly answers: ProcessAnswers
  readonly process: ProcessInfo
}

export interface MadeRecord {
  readonly object: string
  readonly label: string
  readonly id: string
  readonly isNew: boolean
  /** Of what a preview would make. */
  readonly values?: Readonly<Record<string, Value>>
}

export interface SubmittedRun {
  readonly id: string
  readonly state: 'Submitted'
  readonly process: { readonly name: string; readonly label: string }
  readonly closingMessage: string | null
  readonly records: readonly MadeRecord[]
}

export type ProcessRun = OpenRun | SubmittedRun

export interface ProcessSummary {
  readonly name: string
  readonly label: string
  readonly description: string | null
  readonly objects: readonly string[]
}

export interface KeptRun {
  readonly id: string
  readonly process: string
  readonly label: string
  readonly recordId: string | null
  readonly modifiedAt: string
}

export interface ProcessChoice {
  readonly id: string
  readonly fields: Readonly<Record<string, Value>>
  /** What the questions would be filled with. */
  readonly values: Readonly<Record<string, Value>>
}

/** Where a runner sends answers: a run of the server, or a preview that keeps nothing. */
export interface ProcessDoor {
  answer(screen: string, answers: ProcessAnswers): Promise<OpenRun>
  choices(of: string, answers: ProcessAnswers): Promise<readonly ProcessChoice[]>
  submit(answers: ProcessAnswers): Promise<SubmittedRun>
  /** Absent where nothing is kept. */
  keep?(screen: string | null, answers: ProcessAnswers): Promise<OpenRun>
}

/** What conditions are decided over. */
export interface ProcessValues {
  readonly process: ProcessInfo
  readonly values: ReadonlyMap<string, Value>
  readonly entries: ReadonlyMap<string, readonly ReadonlyMap<string, Value>[]>
  /** Milliseconds since 1970, by the clock of the server. */
  readonly now: number
}

/** Undefined where the browser cannot decide. */
export type Decide = (
  condition: ProcessCondition,
  input: ProcessValues,
  entry?: ReadonlyMap<string, Value>,
) => boolean | undefined

export function isProcessField(attribute: ProcessAttribute): attribute is ProcessField {
  return 'type' in attribute
}
