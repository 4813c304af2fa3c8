/** What is said of a field whose values are computed: its formula, or what it sums up; made from and into a declaration. */
import type { FieldBody, FieldTypeName } from './component-bodies.ts'

/** The types that a formula may give, as declarations write them. */
export const formulaTypes = [
  'Text',
  'Number',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
  'Time',
] as const satisfies readonly FieldTypeName[]

export type FormulaType = (typeof formulaTypes)[number]

export interface FormulaDraft {
  readonly text: string
  readonly gives: FormulaType
  /** As typed. */
  readonly scale: string
  readonly blanks: 'zero' | 'blank'
  /** What the server said is wrong; empty when nothing is. */
  readonly problem: string
}

export const blankFormula: FormulaDraft = {
  text: '',
  gives: 'Text',
  scale: '2',
  blanks: 'zero',
  problem: '',
}

const numeric: ReadonlySet<FormulaType> = new Set(['Number', 'Currency', 'Percent'])
const digitsMax = 18

export function hasScale(type: FormulaType): boolean {
  return numeric.has(type)
}

export function formulaDraftOf(field: FieldBody): FormulaDraft {
  if (field.formula === undefined) return blankFormula
  return {
    text: field.formula,
    gives: formulaTypes.find((type) => type === field.type) ?? 'Text',
    scale: field.scale === undefined ? '2' : String(field.scale),
    blanks: field.formulaTreatBlanksAs === 'BlankAsZero' ? 'zero' : 'blank',
    problem: '',
  }
}

export type Answer = Partial<Record<keyof FieldBody, unknown>>

export function formulaAnswer({ text, gives, scale, blanks }: FormulaDraft): Answer {
  const shape = hasScale(gives) ? { precision: digitsMax, scale: Number(scale) } : {}
  return {
    precision: undefined,
    scale: undefined,
    ...shape,
    formula: text.trim(),
    formulaTreatBlanksAs: blanks === 'zero' ? 'BlankAsZero' : 'BlankAsBlank',
  }
}

export type SummaryOperation = NonNullable<FieldBody['summaryOperation']>
export type SummaryFilter = NonNullable<FieldBody['summaryFilterItems']>[number]

export interface SummaryDraft {
  /** `Child__c.Parent__c`: the children and the field by which they point here. */
  readonly foreignKey: string
  readonly operation: SummaryOperation
  /** `Child__c.Amount__c`; empty for a count. */
  readonly field: string
  readonly filters: readonly SummaryFilter[]
}

export const blankSummary: SummaryDraft = {
  foreignKey: '',
  operation: 'count',
  field: '',
  filters: [],
}

export function summaryDraftOf(field: FieldBody): SummaryDraft {
  return {
    foreignKey: field.summaryForeignKey ?? '',
    operation: field.summaryOperation ?? 'count',
    field: field.summarizedField ?? '',
    filters: field.summaryFilterItems ?? [],
  }
}

export function summaryAnswer({ foreignKey, operation, field, filters }: SummaryDraft): Answer {
  return {
    summaryForeignKey: foreignKey,
    summaryOperation: operation,
    summarizedField: operation === 'count' ? undefined : field,
    summaryFilterItems: filters.length === 0 ? undefined : filters,
  }
}
