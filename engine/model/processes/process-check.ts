/** What the checks of one guided process share: where they report to, and how they look at formulas and names. */
import type { ServiceProcess } from '../../../metadata/types.ts'
import { message, type Message } from '../../base/message.ts'
import { analyseFormula, type Analysis } from '../../formula/analyse-formula.ts'
import type { FormulaResult } from '../../formula/result.ts'
import type { Scope as FormulaScope } from '../../formula/types.ts'
import type { Scope } from '../scope.ts'
import type { Pointer } from '../source-problem.ts'
import type { AttributeField } from './attribute-field.ts'

export interface ProcessCheck {
  readonly service: Readonly<ServiceProcess>
  readonly fields: readonly AttributeField[]
  readonly index: Scope
  report(pointer: Pointer, reason: Message): void
}

export function fieldNamed(
  fields: readonly AttributeField[],
  name: string,
): AttributeField | undefined {
  return fields.find((one) => one.name.toLowerCase() === name.toLowerCase())
}

/** Analyses a formula where there is one, and reports what is wrong with it. */
export function checkFormula(
  { report }: ProcessCheck,
  text: string | undefined,
  at: { readonly pointer: Pointer; readonly scope: FormulaScope; readonly result?: FormulaResult },
): Analysis | undefined {
  if (text === undefined) return undefined
  const { pointer, ...rest } = at
  const analysis = analyseFormula({ text, context: 'flow', ...rest })
  if (analysis.problem !== undefined) {
    const { line, column, told } = analysis.problem
    const values = { line, column, problem: told }
    report(pointer, message('formula, line {line}, column {column}: {problem}', values))
  }
  return analysis
}

export const truth: FormulaResult = { type: 'Checkbox' }
