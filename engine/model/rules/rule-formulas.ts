/** Formulas of scoring and assignment rules: analysed against an object, with what is wrong told at its place. */
import { message, type Message } from '../../base/message.ts'
import { analyseFormula, type Analysis } from '../../formula/analyse-formula.ts'
import type { FormulaResult } from '../../formula/result.ts'
import type { Declaration, SourceProblem } from '../declaration.ts'
import { resolveName } from '../formula-names.ts'
import type { ObjectOutline } from '../object-outline.ts'
import type { Scope } from '../scope.ts'
import { problemAt, type Pointer } from '../source-problem.ts'
import { criteriaText, type RuleCriteria } from './rule-criteria.ts'

/** The rules of one object in one file, and where what is wrong with them goes. */
export interface RuleCheck {
  readonly declaration: Declaration
  readonly outline: ObjectOutline
  readonly index: Scope
  readonly problems: SourceProblem[]
}

export function report(check: RuleCheck, pointer: Pointer, reason: Message): void {
  const { declaration } = check
  const told = message('{type} {name}: {reason}', {
    type: declaration.type,
    name: declaration.fullName,
    reason,
  })
  check.problems.push(problemAt(declaration, pointer, { reason: told }))
}

export interface RuleFormula {
  readonly text: string
  readonly result: FormulaResult
}

/** Kept as `field` formulas are: of one record, without what it was before. */
export function analyseRuleFormula(
  outline: ObjectOutline,
  index: Scope,
  { text, result }: RuleFormula,
): Analysis {
  const scope = {
    resolve: (steps: Parameters<typeof resolveName>[1]) =>
      resolveName(outline.name, steps, { index }),
  }
  return analyseFormula({ text, scope, context: 'field', blanks: 'blank', result })
}

export function checkRuleFormula(check: RuleCheck, pointer: Pointer, formula: RuleFormula): void {
  const { formula: ready, problem } = analyseRuleFormula(check.outline, check.index, formula)
  if (problem !== undefined) {
    const { told, line, column } = problem
    const values = { line, column, problem: told }
    report(check, pointer, message('formula, line {line}, column {column}: {problem}', values))
    return
  }
  const personal = ready.mentions.find(({ path }) => isPersonal(path))
  if (personal === undefined) return
  const reason = message('{name} depends on who asks; a rule decides the same for everybody', {
    name: personal.path,
  })
  report(check, pointer, reason)
}

/** What differs from person to person. */
export function isPersonal(path: string): boolean {
  return /^\$(?:user|userrole|profile|permission|setup|organization|api|system)\b/i.test(path)
}

/** The conditions themselves; the text of the formula where nothing is wrong with them. */
export function checkCriteria(
  check: RuleCheck,
  pointer: Pointer,
  criteria: RuleCriteria,
): string | undefined {
  const { text, faults } = criteriaText(check.outline, criteria)
  for (const fault of faults) report(check, [...pointer, ...fault.pointer], fault.reason)
  if (text === undefined) return undefined
  const place = criteria.formula === undefined ? pointer : [...pointer, 'formula']
  const before = check.problems.length
  checkRuleFormula(check, place, { text, result: { type: 'Checkbox' } })
  return check.problems.length === before ? text : undefined
}
