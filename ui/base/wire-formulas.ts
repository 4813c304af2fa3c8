/** What the server says about formulas while they are written. */

export type FormulaContext = 'field' | 'rule' | 'default' | 'flow'

export type FunctionGroup = 'logical' | 'text' | 'math' | 'date and time' | 'advanced'

export interface FormulaFunctionInfo {
  readonly name: string
  /** "LEFT(text, num_chars)". */
  readonly signature: string
  readonly group: FunctionGroup
  readonly doc: string
  readonly contexts: readonly FormulaContext[]
}

export interface FormulaGlobalInfo {
  readonly name: string
  readonly purpose: string
}

export interface FormulaLanguage {
  readonly functions: readonly FormulaFunctionInfo[]
  readonly globals: readonly FormulaGlobalInfo[]
}

/** What a formula must give. */
export interface FormulaResultInfo {
  readonly type: string
  readonly scale?: number
}

export interface FormulaQuestion {
  readonly object: string
  readonly text: string
  readonly context: FormulaContext
  readonly blanks?: 'zero' | 'blank'
  readonly result?: FormulaResultInfo
  /** The field that is to have the formula, so that circles are found. */
  readonly field?: string
  /** A record to compute the value for. */
  readonly recordId?: string
}

export interface FormulaProblem {
  readonly message: string
  readonly line: number
  readonly column: number
  /** Offsets into the text. */
  readonly start: number
  readonly end: number
}

export interface FormulaCheck {
  readonly problem: FormulaProblem | null
  /** "number", "text", "boolean" …; absent where there is a problem. */
  readonly type?: string
  readonly mentions?: readonly string[]
  /** For formula fields: lists can be filtered and sorted by it. */
  readonly computedInSql?: boolean
  /** For the record asked about: its value, or why there is none. */
  readonly sample?:
    { readonly value: string | number | boolean | null } | { readonly failure: string }
}

/** The filter of a lookup as it stands. */
export interface FilterQuestion {
  /** The object that has the lookup. */
  readonly object: string
  readonly target: string
  readonly booleanFilter?: string
  readonly filterItems: readonly {
    readonly field: string
    readonly operation: string
    readonly value?: string
    readonly valueField?: string
  }[]
}

export interface FilterFault {
  /** Which condition, from 0; null where it is how they combine. */
  readonly item: number | null
  readonly message: string
}
