/** A validation rule while somebody writes it: what is wrong with it so far. */
import { t } from '../base/text.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ValidationRuleBody } from './component-bodies.ts'

export const blankRule: ValidationRuleBody = {
  fullName: '',
  active: true,
  errorConditionFormula: '',
  errorMessage: '',
}

/** Spaces become underscores while the name is typed. */
export function renameRule(rule: ValidationRuleBody, name: string): ValidationRuleBody {
  return { ...rule, fullName: name.replaceAll(/\s+/g, '_') }
}

export function checkRule(
  rule: ValidationRuleBody,
  around: { readonly taken: readonly string[]; readonly formulaProblem: string },
): DraftErrors {
  const errors = new Map<string, string>()
  const name = rule.fullName.toLowerCase()
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(rule.fullName))
    errors.set('rule-name', t('Use letters, digits and single underscores.'))
  else if (around.taken.some((taken) => taken.toLowerCase() === name))
    errors.set('rule-name', t('There is a rule of this name already.'))
  if ((rule.errorConditionFormula ?? '').trim() === '')
    errors.set('condition', t('Write when a record is wrong.'))
  else if (around.formulaProblem !== '')
    errors.set(
      'condition',
      t('Put the formula right: {problem}', { problem: around.formulaProblem }),
    )
  if ((rule.errorMessage ?? '').trim() === '')
    errors.set('message', t('Write what people shall read.'))
  return errors
}
