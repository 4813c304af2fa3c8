/** The typed tree: every name resolved, every type known; both ends work from it. */
import type { Span } from './problem.ts'
import type { Rational } from './rational.ts'
import type { Operation } from './operation.ts'
import type { BlankHandling, FieldMention, FormulaContext, FormulaType } from './types.ts'

export interface Location {
  readonly latitude: number
  readonly longitude: number
}

/**
 * What an expression may give. A number is a Rational; a day, an instant and a time of day are plain
 * numbers (days since 1970, milliseconds since 1970, milliseconds of the day): the type of the node
 * tells which. Texts and picklists are never null but empty.
 */
export type Value = null | boolean | string | number | Rational | Location

export type TypedNode =
  | {
      readonly kind: 'constant'
      readonly type: FormulaType
      readonly value: Value
      readonly span: Span
    }
  | {
      readonly kind: 'field'
      readonly type: FormulaType
      readonly mention: FieldMention
      /** True where an empty number counts as zero. */
      readonly blankIsZero: boolean
      readonly span: Span
    }
  | {
      readonly kind: 'call'
      readonly type: FormulaType
      readonly operation: Operation
      readonly args: readonly TypedNode[]
      readonly span: Span
    }

/** A formula that passed all checks, ready for both ends. */
export interface Formula {
  readonly text: string
  readonly tree: TypedNode
  readonly type: FormulaType
  readonly context: FormulaContext
  readonly blanks: BlankHandling
  /** Every field and global it names, each once. */
  readonly mentions: readonly FieldMention[]
  /** Names of its functions and operators, each once. */
  readonly functions: readonly string[]
  /** True when the same record may give another value later, or to somebody else. */
  readonly volatile: boolean
}
