/** What the checker puts into the tree for a function or an operator: its two ends. */
import type { Environment } from './environment.ts'
import type { SqlCall, SqlValue } from './sql/sql-value.ts'
import type { TypedNode, Value } from './tree.ts'

/** One evaluation: the caller's environment and the steps that are left. */
export interface Machine {
  readonly environment: Environment
  evaluate(node: TypedNode): Value
  /** Counts work; a failure when the budget is spent. */
  spend(steps: number): void
}

export interface EvaluationCall {
  readonly args: readonly TypedNode[]
  readonly machine: Machine
}

export interface Operation {
  /** As written in formulas: "ISBLANK", "+". */
  readonly name: string
  evaluate(call: EvaluationCall): Value
  /** Absent: SQL cannot compute it faithfully. May throw NotInSql for some arguments. */
  sql?(call: SqlCall): SqlValue
  /** True where the result follows the clock or the user. */
  readonly volatile?: boolean
}

/** All arguments first; an empty one (texts are never empty in this sense) makes the result empty. */
export function strict<Args extends readonly (Value | undefined)[]>(
  apply: (args: Args, machine: Machine) => Value,
): Operation['evaluate'] {
  return ({ args, machine }) => {
    const values: Value[] = []
    for (const arg of args) {
      const value = machine.evaluate(arg)
      if (value === null) return null
      values.push(value)
    }
    // The checker has proved that the arguments have the types that the function declares.
    return apply(values as unknown as Args, machine)
  }
}
