/** The default of a field while somebody describes it: a fixed value as typed, or a formula; from and into a declaration. */
import type { FieldBody } from './component-bodies.ts'
import type { Answer } from './computed-draft.ts'

export interface DefaultFormula {
  /** Whether the formula counts, and not the fixed value. */
  readonly used: boolean
  readonly text: string
  /** What the server said is wrong; empty when nothing is. */
  readonly problem: string
}

export interface DefaultDraft {
  /** The fixed value, as typed. */
  readonly defaultValue: string
  readonly defaultFormula: DefaultFormula
  /** Records that exist already get the default as well. */
  readonly fillExisting: boolean
}

export const blankDefault: DefaultDraft = {
  defaultValue: '',
  defaultFormula: { used: false, text: '', problem: '' },
  fillExisting: false,
}

const quoted = /^(?:"([^"\\]*)"|'([^'\\]*)')$/
const plain = /^(?:true|false|-?\d+(?:\.\d+)?)$/

/** Declarations write texts in quotes, as formulas do; people do not. */
export function defaultDraftOf({ defaultValue, populateExistingRows }: FieldBody): DefaultDraft {
  const text = (defaultValue ?? '').trim()
  const match = quoted.exec(text)
  const fillExisting = populateExistingRows ?? false
  if (match !== null || text === '' || plain.test(text)) {
    const value = match === null ? text : (match[1] ?? match[2] ?? '')
    return { ...blankDefault, defaultValue: value, fillExisting }
  }
  return { ...blankDefault, defaultFormula: { used: true, text, problem: '' } }
}

/** `written` turns the fixed value into what declarations write; undefined where there is none. */
export function defaultAnswer(
  { defaultValue, defaultFormula, fillExisting }: DefaultDraft,
  written: (value: string) => string | undefined,
): Answer {
  if (defaultFormula.used)
    return { defaultValue: defaultFormula.text.trim(), populateExistingRows: undefined }
  const value = written(defaultValue.trim())
  const fills = fillExisting && value !== undefined
  return { defaultValue: value, populateExistingRows: fills ? true : undefined }
}

export function numberDefault(value: string): string | undefined {
  return value === '' ? undefined : value
}

export function textDefault(value: string): string | undefined {
  if (value === '') return undefined
  if (!/["\\]/.test(value)) return `"${value}"`
  if (!/['\\]/.test(value)) return `'${value}'`
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

export function checkboxDefault(value: string): string {
  return value === 'true' ? 'true' : 'false'
}
