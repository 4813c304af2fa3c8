/** The evaluator: walks the typed tree, counting steps; runs in the browser as on the server. */
import { message, type Message } from '../base/message.ts'
import { limits } from '../base/limits.ts'
import type { Environment } from './environment.ts'
import { fieldValue } from './field-value.ts'
import type { Machine } from './operation.ts'
import { FormulaFailure, FormulaLimit } from './problem.ts'
import type { Formula, TypedNode, Value } from './tree.ts'

/**
 * The value of the formula; null also where there is none (a division by zero, a text that is no
 * number, a budget spent), as the platform shows an error in place of a value.
 */
export function evaluateFormula(formula: Formula, environment: Environment): Value {
  const outcome = evaluateOrFail(formula, environment)
  return outcome.kind === 'value' ? outcome.value : null
}

export type Outcome =
  | { readonly kind: 'value'; readonly value: Value }
  | {
      readonly kind: 'failure'
      readonly told: Message
      /** The work took more than is granted: nothing is said of the values. */
      readonly beyondLimit: boolean
    }

/** The same, with the reason why there is no value. */
export function evaluateOrFail(formula: Formula, environment: Environment): Outcome {
  return evaluateNode(formula.tree, environment)
}

/** A part of a formula on its own. */
export function evaluateNode(node: TypedNode, environment: Environment): Outcome {
  try {
    return { kind: 'value', value: new StepMachine(environment).evaluate(node) }
  } catch (error) {
    if (!(error instanceof FormulaFailure)) throw error
    const beyondLimit = error instanceof FormulaLimit
    return { kind: 'failure', told: error.told, beyondLimit }
  }
}

class StepMachine implements Machine {
  readonly environment: Environment
  private stepsLeft: number = limits.formulaStepsMax

  constructor(environment: Environment) {
    this.environment = environment
  }

  evaluate(node: TypedNode): Value {
    this.spend(1)
    if (node.kind === 'constant') return node.value
    if (node.kind === 'field') return fieldValue(node, this.environment.read(node.mention))
    const value = node.operation.evaluate({ args: node.args, machine: this })
    // Texts are never null, so that no function has to look.
    return value === null && isTextual(node) ? '' : value
  }

  spend(steps: number): void {
    this.stepsLeft -= steps
    if (this.stepsLeft < 0) throw new FormulaLimit(message('the formula takes too many steps'))
  }
}

function isTextual({ type }: TypedNode): boolean {
  return type.kind === 'text' || type.kind === 'picklist' || type.kind === 'multipicklist'
}
