/** Validation rules, defaults and filters of lookups, checked while the object is compiled; inactive ones too. */
import { inEnglish, message, type Message } from '../base/message.ts'
import type { ValidationRule } from '../../metadata/types.ts'
import type { FieldOptions } from '../fields/field-type.ts'
import { analyseFormula } from '../formula/analyse-formula.ts'
import type { PathStep } from '../formula/syntax.ts'
import type { SourceProblem } from './declaration.ts'
import { analyseDefault } from './default-value.ts'
import { resolveName } from './formula-names.ts'
import { compileLookupFilter } from './lookup-filters.ts'
import type { NotActedOn } from './model.ts'
import type { ObjectOutline } from './object-outline.ts'
import { componentKey } from './resolve-mention.ts'
import type { Scope } from './scope.ts'
import { problemAt, type Pointer } from './source-problem.ts'

export interface RuleFindings {
  readonly problems: readonly SourceProblem[]
  /** What names only the platform's own and therefore has no effect here. */
  readonly kept: readonly NotActedOn[]
}

export function checkObjectRules(outline: ObjectOutline, index: Scope): RuleFindings {
  const problems: SourceProblem[] = []
  const kept: NotActedOn[] = []
  const report = (finding: Finding): void => {
    const { type, name, reason, pointer } = finding
    const component = `${outline.name}.${name}`
    if (finding.foreign) {
      kept.push({ component: componentKey(type, component), reason: inEnglish(reason) })
    } else problems.push(problemAt(outline.declaration, pointer, { component, reason }))
  }
  outline.declaration.body.validationRules?.forEach((rule, position) =>
    checkRule({ outline, index, report }, rule, ['validationRules', position]),
  )
  outline.declaration.body.fields?.forEach((field, position) => {
    checkDefault({ outline, index, report }, field, ['fields', position, 'defaultValue'])
    const result = compileLookupFilter(outline.name, field, index)
    for (const { pointer, reason, foreign } of result?.faults ?? []) {
      const name = field.fullName
      report({
        type: 'CustomField',
        name,
        foreign,
        reason: message('the filter of {field}: {reason}', {
          field: `${outline.name}.${name}`,
          reason,
        }),
        pointer: ['fields', position, 'lookupFilter', ...pointer],
      })
    }
  })
  return { problems, kept }
}

function checkDefault(
  { outline, index, report }: RuleContext,
  field: FieldOptions,
  pointer: Pointer,
): void {
  const found = analyseDefault(outline.name, field, index)
  if (found?.analysis.problem === undefined) return
  const { fullName: name } = field
  const { told, line, column } = found.analysis.problem
  const values = { field: `${outline.name}.${name}`, line, column, problem: told }
  const reason = message('the default of {field}, line {line}, column {column}: {problem}', values)
  report({ type: 'CustomField', name, reason, pointer, foreign: found.foreign })
}

interface Finding {
  readonly type: string
  readonly name: string
  readonly reason: Message
  readonly pointer: Pointer
  readonly foreign: boolean
}

interface RuleContext {
  readonly outline: ObjectOutline
  readonly index: Scope
  report(finding: Finding): void
}

function checkRule(
  { outline, index, report }: RuleContext,
  rule: Readonly<ValidationRule>,
  pointer: Pointer,
): void {
  const { fullName: name, errorConditionFormula: text } = rule
  const place = { type: 'ValidationRule', name, pointer: [...pointer, 'errorConditionFormula'] }
  if (text === undefined || text.trim() === '') {
    const reason = message('the rule {rule} has no errorConditionFormula', {
      rule: `${outline.name}.${name}`,
    })
    return report({ ...place, reason, pointer, foreign: false })
  }
  let foreign: Message | undefined
  const resolve = (steps: readonly PathStep[]): ReturnType<typeof resolveName> => {
    const found = resolveName(outline.name, steps, { index })
    if ('problem' in found && found.foreign === true) foreign = found.problem
    return found
  }
  const { problem } = analyseFormula({
    text,
    scope: { resolve },
    context: 'rule',
    result: { type: 'Checkbox' },
  })
  if (problem === undefined) return
  const isForeign = foreign !== undefined && problem.told === foreign
  const { told, line, column } = problem
  const values = { rule: `${outline.name}.${name}`, line, column, problem: told }
  const reason = message('the rule {rule}, line {line}, column {column}: {problem}', values)
  report({ ...place, reason, foreign: isForeign })
}
