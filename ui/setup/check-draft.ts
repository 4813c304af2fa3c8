/** What is wrong with a field as described so far, by the name of the input that can put it right. */
import { t } from '../base/text.ts'
import { checkFormulaDraft, checkSummaryDraft } from './check-computed.ts'
import { findNameFault } from './derive-name.ts'
import type { NameFault } from './derive-name.ts'
import { fieldKind } from './field-kinds.ts'
import type { Question } from './field-kinds.ts'
import { numberOf } from './field-draft.ts'
import type { FieldDraft, TakenRelationships } from './field-draft.ts'
import { checkLookupFilter } from './lookup-filter-draft.ts'
import { findValueFaults } from './picklist-values.ts'

export type DraftErrors = ReadonlyMap<string, string>

export interface DraftContext {
  /** API names of the object's fields, the edited one left out. */
  readonly takenNames: Iterable<string>
  readonly takenRelationships: TakenRelationships
  /** A saved field keeps its name. */
  readonly isNew: boolean
}

const lengthsMax: Readonly<Record<string, number>> = {
  Text: 255,
  EncryptedText: 175,
  LongTextArea: 131_072,
  Html: 131_072,
}
const digitsMax = 18

export function checkDraft(draft: FieldDraft, context: DraftContext): DraftErrors {
  const errors = new Map<string, string>()
  if (draft.label.trim() === '') errors.set('label', t('Enter a label.'))
  if (context.isNew) {
    const fault = findNameFault(draft.apiName, { suffix: '__c', taken: context.takenNames })
    if (fault !== undefined) errors.set('apiName', nameFaultText(fault))
  }
  for (const question of fieldKind(draft.type)?.questions ?? [])
    for (const [name, text] of checkAnswer(question, draft, context)) errors.set(name, text)
  return errors
}

export function nameFaultText(fault: NameFault): string {
  const texts: Readonly<Record<NameFault, string>> = {
    missing: t('Enter an API name.'),
    shape: t('Use letters, digits and single underscores, starting with a letter, and end in __c.'),
    long: t('Use at most 40 characters before __c.'),
    taken: t('This API name is already in use.'),
  }
  return texts[fault]
}

type Faults = readonly (readonly [name: string, text: string])[]

function checkAnswer(question: Question, draft: FieldDraft, context: DraftContext): Faults {
  switch (question) {
    case 'length':
      return checkLength(draft)
    case 'numberShape':
      return checkDigits(draft)
    case 'lookup':
      return checkLookup(draft, context)
    case 'values':
      return checkValues(draft)
    case 'displayFormat':
      return checkDisplayFormat(draft)
    case 'lookupFilter':
      return checkLookupFilter(draft.lookupFilter, draft.targets)
    case 'numberDefault':
      return checkDefault(draft, checkNumberDefault)
    case 'textDefault':
      return checkDefault(draft, checkTextDefault)
    case 'checkboxDefault':
    case 'formulaDefault':
      return checkDefault(draft, () => [])
    case 'formula':
      return checkFormulaDraft(draft.formula)
    case 'summary':
      return checkSummaryDraft(draft.summary)
    case 'visibleLines':
      return checkRange('visibleLines', draft.visibleLines, { min: 2, max: 50 })
    case 'locationFormat':
      return checkRange('scale', draft.scale, { min: 0, max: 15 })
    default:
      return []
  }
}

function checkRange(
  name: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): Faults {
  const value = numberOf(text)
  if (value !== undefined && value >= min && value <= max) return []
  return [[name, t('Enter a whole number from {min} to {max}.', { min, max })]]
}

function checkLength(draft: FieldDraft): Faults {
  const min = draft.type === 'LongTextArea' || draft.type === 'Html' ? 256 : 1
  return checkRange('length', draft.length, { min, max: lengthsMax[draft.type] ?? 255 })
}

function checkDigits(draft: FieldDraft): Faults {
  const integerDigits = numberOf(draft.integerDigits)
  const scale = numberOf(draft.scale)
  const faults = [
    ...checkRange('integerDigits', draft.integerDigits, { min: 1, max: digitsMax }),
    ...checkRange('scale', draft.scale, { min: 0, max: digitsMax - 1 }),
  ]
  if (faults.length > 0 || integerDigits === undefined || scale === undefined) return faults
  if (integerDigits + scale <= digitsMax) return []
  return [['scale', t('A number has at most {max} digits in all.', { max: digitsMax })]]
}

function checkLookup(draft: FieldDraft, context: DraftContext): Faults {
  const faults: (readonly [string, string])[] = []
  if (draft.targets.length === 0) faults.push(['targets', t('Choose what the field points to.')])
  const name = draft.relationshipName.trim()
  if (name === '')
    return [...faults, ['relationshipName', t('Enter a name for the list of children.')]]
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(name))
    faults.push(['relationshipName', t('Use letters, digits and single underscores.')])
  const target = draft.targets.find((target) =>
    context.takenRelationships.get(target)?.has(name.toLowerCase()),
  )
  if (target !== undefined)
    faults.push([
      'relationshipName',
      t('{object} already has a child list of this name.', { object: target }),
    ])
  if (draft.type === 'Lookup' && draft.required && draft.deleteConstraint === 'SetNull')
    faults.push(['deleteConstraint', t('A required lookup cannot be emptied: choose another one.')])
  return faults
}

function checkValues(draft: FieldDraft): Faults {
  if (draft.valueSetName !== '') return []
  const faults = findValueFaults(draft.values)
  const isControlled = draft.controllingField !== ''
  if (isControlled && [...draft.matrix.values()].every((allowed) => allowed.size === 0))
    return [['controllingField', t('Tick which values go with which controlling value.')]]
  if (faults.size === 0) return []
  if (faults.has(-1)) return [['values', t('Enter at least one value.')]]
  return [['values', t('Put the marked values right.')]]
}

function checkDisplayFormat(draft: FieldDraft): Faults {
  const faults: (readonly [string, string])[] = []
  if (!/^[^{}]*\{0+\}[^{}]*$/.test(draft.displayFormat.replace(/\{(?:YYYY|YY|MM|DD)\}/g, '')))
    faults.push([
      'displayFormat',
      t('Write the number as zeros in braces, such as INV-{0}.', { 0: '{00000}' }),
    ])
  if (numberOf(draft.startingNumber) === undefined)
    faults.push(['startingNumber', t('Enter a whole number.')])
  return faults
}

function checkDefault(draft: FieldDraft, checkFixed: (draft: FieldDraft) => Faults): Faults {
  const { used, text, problem } = draft.defaultFormula
  if (!used) return checkFixed(draft)
  if (text.trim() === '') return [['defaultFormula', t('Write the formula.')]]
  return problem === ''
    ? []
    : [['defaultFormula', t('Put the formula right: {problem}', { problem })]]
}

function checkNumberDefault(draft: FieldDraft): Faults {
  const text = draft.defaultValue.trim()
  if (text === '' || /^-?\d{1,18}(?:\.\d{1,17})?$/.test(text)) return []
  return [['defaultValue', t('Enter a number with a point before the decimals.')]]
}

function checkTextDefault(draft: FieldDraft): Faults {
  const lengthMax = numberOf(draft.length) ?? 255
  if (draft.defaultValue.length <= lengthMax) return []
  return [['defaultValue', t('The default is longer than the field.')]]
}
