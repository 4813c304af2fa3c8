/** What is wrong with a computed field as described so far, by the name of the input that can put it right. */
import { t } from '../base/text.ts'
import type { FormulaDraft, SummaryDraft } from './computed-draft.ts'
import { hasScale } from './computed-draft.ts'

type Faults = readonly (readonly [name: string, text: string])[]

const scaleMax = 17

export function checkFormulaDraft({ text, gives, scale, problem }: FormulaDraft): Faults {
  const faults: (readonly [string, string])[] = []
  if (hasScale(gives) && !(/^\d{1,2}$/.test(scale.trim()) && Number(scale) <= scaleMax))
    faults.push([
      'formulaScale',
      t('Enter a whole number from {min} to {max}.', { min: 0, max: scaleMax }),
    ])
  if (text.trim() === '') return [...faults, ['formula', t('Write the formula.')]]
  return problem === ''
    ? faults
    : [...faults, ['formula', t('Put the formula right: {problem}', { problem })]]
}

export function checkSummaryDraft({ foreignKey, operation, field, filters }: SummaryDraft): Faults {
  if (foreignKey === '') return [['summary', t('Choose which records are summed up.')]]
  if (operation !== 'count' && field === '')
    return [['summary', t('Choose the field that is summed up.')]]
  const isIncomplete = filters.some((filter) => filter.field === '')
  return isIncomplete ? [['summary', t('Choose a field for each filter, or remove it.')]] : []
}
