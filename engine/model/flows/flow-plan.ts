/** A flow as it runs: every name looked up, every condition read, every way from element to element known. Frozen data. */
import type { FormulaResult } from '../../formula/result.ts'
import type { Formula } from '../../formula/tree.ts'
import type { FilterLogic } from '../filter-logic.ts'

export type FlowKind =
  'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'record' | 'any'

export interface FlowType {
  readonly kind: FlowKind
  /** Of records, where it is known. */
  readonly object?: string | undefined
  readonly isList: boolean
}

/** What the engine itself tells a run. */
export type FlowFact =
  | 'CurrentDate'
  | 'CurrentDateTime'
  | 'CurrentRecord'
  | 'FaultMessage'
  | 'InterviewGuid'
  | 'InterviewStartTime'

/** Where a value comes from. */
export type Source =
  /** A variable, a constant, the item of a loop, or what an element gave. */
  | { readonly from: 'resource'; readonly name: string }
  /** A field of the record that a resource holds; `path` may lead over parents. */
  | {
      readonly from: 'field'
      readonly name: string
      readonly object: string
      readonly path: string
    }
  | { readonly from: 'output'; readonly name: string; readonly output: string }
  | { readonly from: 'formula'; readonly name: string }
  | { readonly from: 'template'; readonly name: string }
  /** A global of formulas: "$User.Name". */
  | { readonly from: 'global'; readonly path: string }
  | { readonly from: 'flow'; readonly fact: FlowFact }
  /** A decision's way: true where it was taken. */
  | { readonly from: 'outcome'; readonly name: string }

export type Scalar = string | number | boolean | null

export type Expression =
  | { readonly kind: 'literal'; readonly value: Scalar; readonly type: FlowType }
  | { readonly kind: 'text'; readonly parts: readonly (string | Source)[]; readonly type: FlowType }
  | { readonly kind: 'source'; readonly source: Source; readonly type: FlowType }
  | { readonly kind: 'formula'; readonly formula: FormulaPlan; readonly type: FlowType }

export interface FormulaPlan {
  readonly formula: Formula
  readonly result: FormulaResult
  /** By the path of the formula's mentions. */
  readonly sources: ReadonlyMap<string, Source>
}

export interface ConditionItem {
  readonly left: Expression
  readonly operator: string
  readonly right: Expression | undefined
}

export interface Condition {
  readonly logic: FilterLogic
  readonly items: readonly ConditionItem[]
}

/** A field of a variable's record, or the variable as a whole. */
export interface Target {
  readonly name: string
  readonly field: string | undefined
}

export interface FieldValue {
  readonly field: string
  readonly value: Expression
}

export interface RecordFilter {
  readonly field: string
  readonly operator: string
  readonly value: Expression | undefined
}

export interface RecordFilters {
  readonly object: string
  readonly logic: FilterLogic
  readonly items: readonly RecordFilter[]
}

interface Element {
  readonly name: string
  readonly label: string
  readonly next: string | undefined
}

interface Fallible extends Element {
  /** What comes instead where it fails. */
  readonly fault: string | undefined
}

export interface AssignmentItem {
  readonly target: Target
  readonly operator: string
  readonly value: Expression | undefined
}

export interface AssignmentElement extends Element {
  readonly kind: 'assignment'
  readonly items: readonly AssignmentItem[]
}

export interface DecisionRule {
  readonly name: string
  readonly condition: Condition
  /** Only where the record did not meet it before the save. */
  readonly needsChange: boolean
  readonly next: string | undefined
}

export interface DecisionElement extends Element {
  readonly kind: 'decision'
  readonly rules: readonly DecisionRule[]
}

export interface LoopElement extends Element {
  readonly kind: 'loop'
  readonly collection: Source
  readonly isBackwards: boolean
  /** Gets the item, beside the name of the loop. */
  readonly item: string | undefined
  readonly each: string | undefined
}

export interface LookupElement extends Fallible {
  readonly kind: 'lookup'
  readonly filters: RecordFilters
  readonly sort: { readonly field: string; readonly isBackwards: boolean } | undefined
  readonly limit: Expression | undefined
  readonly isFirstOnly: boolean
  /** Fields that are wanted; all where it is undefined. */
  readonly fields: readonly string[]
  readonly output: Target | undefined
  readonly outputs: readonly { readonly field: string; readonly target: Target }[]
  /** Where nothing is found, what was there before is taken away. */
  readonly clears: boolean
}

export interface CreateElement extends Fallible {
  readonly kind: 'create'
  readonly object: string | undefined
  readonly values: readonly FieldValue[]
  readonly input: Source | undefined
  readonly idTo: Target | undefined
}

export interface UpdateElement extends Fallible {
  readonly kind: 'update'
  readonly filters: RecordFilters | undefined
  readonly values: readonly FieldValue[]
  readonly input: Source | undefined
}

export interface DeleteElement extends Fallible {
  readonly kind: 'delete'
  readonly filters: RecordFilters | undefined
  readonly input: Source | undefined
}

export interface ErrorElement extends Element {
  readonly kind: 'error'
  readonly messages: readonly { readonly text: Expression; readonly field: string | undefined }[]
}

export interface ActionElement extends Fallible {
  readonly kind: 'action'
  readonly type: string
  readonly action: string
  readonly inputs: readonly { readonly name: string; readonly value: Expression }[]
  readonly outputs: readonly { readonly name: string; readonly target: Target }[]
}

export interface SubflowElement extends Element {
  readonly kind: 'subflow'
  readonly flow: string
  readonly inputs: readonly { readonly name: string; readonly value: Expression }[]
  readonly outputs: readonly { readonly name: string; readonly target: Target }[]
}

export interface CollectionElement extends Element {
  readonly kind: 'collection'
  readonly does: 'sort' | 'filter'
  readonly collection: Source
  readonly item: string | undefined
  readonly condition: Condition | undefined
  readonly formula: FormulaPlan | undefined
  readonly sorts: readonly {
    readonly field: string | undefined
    readonly isBackwards: boolean
    readonly emptyFirst: boolean
  }[]
  readonly limit: number | undefined
}

export type FlowElement =
  | AssignmentElement
  | DecisionElement
  | LoopElement
  | LookupElement
  | CreateElement
  | UpdateElement
  | DeleteElement
  | ErrorElement
  | ActionElement
  | SubflowElement
  | CollectionElement

export interface FlowVariable {
  readonly name: string
  readonly type: FlowType
  readonly isInput: boolean
  readonly isOutput: boolean
  readonly value: Expression | undefined
  readonly description: string
}

export interface ScheduledPath {
  readonly name: string
  readonly label: string
  readonly next: string
  /** Right after the commit. */
  readonly isAsync: boolean
  readonly offset: number
  readonly unit: 'Minutes' | 'Hours' | 'Days' | 'Months'
  /** Date of the record that it counts from; the save where it is undefined. */
  readonly field: string | undefined
  readonly batchMax: number
}

export interface FlowTrigger {
  readonly object: string
  readonly when: 'beforeSave' | 'afterSave' | 'beforeDelete'
  readonly onCreate: boolean
  readonly onUpdate: boolean
  readonly condition: Condition | undefined
  readonly formula: FormulaPlan | undefined
  readonly needsChange: boolean
  readonly paths: readonly ScheduledPath[]
}

export interface FlowScheduleTimes {
  readonly frequency: 'Once' | 'Daily' | 'Weekly'
  readonly startDate: string
  readonly startTime: string
  /** Records that it runs on; once without a record where it is undefined. */
  readonly records: RecordFilters | undefined
}

export interface FlowPlan {
  readonly name: string
  readonly label: string
  readonly isActive: boolean
  readonly order: number
  readonly mode: 'DefaultMode' | 'SystemModeWithSharing' | 'SystemModeWithoutSharing'
  readonly trigger: FlowTrigger | undefined
  readonly schedule: FlowScheduleTimes | undefined
  readonly start: string | undefined
  readonly elements: ReadonlyMap<string, FlowElement>
  readonly variables: ReadonlyMap<string, FlowVariable>
  readonly constants: ReadonlyMap<string, Expression>
  readonly formulas: ReadonlyMap<string, FormulaPlan>
  readonly templates: ReadonlyMap<string, Expression>
  /** Paths of fields that are read, by the resource whose record they are of. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>
  /** The same for all records of an object, by its canonical name. */
  readonly readsByObject: ReadonlyMap<string, ReadonlySet<string>>
  /** Globals that are read. */
  readonly globals: ReadonlySet<string>
  /** Why it cannot run here; a flow with a reason never runs. */
  readonly inert: readonly string[]
}
