/** What is wrong with the scoring and assignment rules of an object. */
import { message } from '../../base/message.ts'
import type { Declaration, SourceProblem } from '../declaration.ts'
import type { ModelIndex } from '../model-index.ts'
import { problemAt } from '../source-problem.ts'
import { checkAssignment } from './check-assignment.ts'
import { checkScoring } from './check-scoring.ts'
import type { RuleCheck } from './rule-formulas.ts'

export function checkRules(declaration: Declaration, index: ModelIndex): readonly SourceProblem[] {
  if (!isScoring(declaration) && !isAssignment(declaration)) return []
  const { fullName: object } = declaration
  const outline = index.outlines.get(object.toLowerCase())
  if (outline === undefined) {
    const reason = message('there is no object {object} that the rules could be for', { object })
    return [problemAt(declaration, [], { reason })]
  }
  const check: RuleCheck = { declaration, outline, index, problems: [] }
  if (isScoring(declaration)) checkScoring(check, index, declaration.body.scoringRule ?? [])
  else checkAssignment(check, declaration.body.assignmentRule ?? [])
  return check.problems
}

function isScoring(declaration: Declaration): declaration is Declaration<'ScoringRules'> {
  return declaration.type === 'ScoringRules'
}

function isAssignment(declaration: Declaration): declaration is Declaration<'AssignmentRules'> {
  return declaration.type === 'AssignmentRules'
}
