/** The one way from text to a checked formula; the seam for the model, for rules, defaults and flows. */
import { message, withMore } from '../base/message.ts'
import { checkFormula } from './check-formula.ts'
import { describeNode, textHint } from './function-entry.ts'
import { parseFormula } from './parse-formula.ts'
import { FormulaFault, problemAt, type FormulaProblem } from './problem.ts'
import { resultKind, type FormulaResult } from './result.ts'
import type { Formula, TypedNode } from './tree.ts'
import { typeName } from './types.ts'
import type { BlankHandling, FormulaContext, Scope } from './types.ts'

export interface FormulaSource {
  readonly text: string
  readonly scope: Scope
  readonly context: FormulaContext
  /** `formulaTreatBlanksAs`; blanks stay blank when absent, as in rules and defaults. */
  readonly blanks?: BlankHandling
  /** What the formula must give; any type when absent. */
  readonly result?: FormulaResult
}

export type Analysis =
  | { readonly formula: Formula; readonly problem: undefined }
  | { readonly formula: undefined; readonly problem: FormulaProblem }

/** A formula that both ends can work with, or the first thing that is wrong with it. */
export function analyseFormula(source: FormulaSource): Analysis {
  const { text, scope, context, blanks = 'blank' } = source
  try {
    const checked = checkFormula(parseFormula(text), { scope, context, blanks })
    if (source.result !== undefined) demandResult(checked.tree, source.result)
    const formula: Formula = {
      text,
      tree: checked.tree,
      type: checked.tree.type,
      context,
      blanks,
      mentions: [...checked.mentions.values()],
      functions: [...checked.functions],
      volatile: checked.volatile,
    }
    return { formula, problem: undefined }
  } catch (error) {
    if (!(error instanceof FormulaFault)) throw error
    return { formula: undefined, problem: problemAt(text, error) }
  }
}

function demandResult(tree: TypedNode, result: FormulaResult): void {
  const wanted = resultKind(result)
  const { kind } = tree.type
  if (kind === 'null' || kind === wanted) return
  const hint = wanted === 'text' && kind !== 'boolean' ? textHint : undefined
  const told = message('The formula must give {wanted}; {found}', {
    wanted: typeName(wanted),
    found: describeNode(tree),
  })
  throw new FormulaFault(withMore(told, hint), tree.span)
}
