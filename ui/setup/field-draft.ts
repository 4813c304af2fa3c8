/** A field while somebody describes it: what the inputs hold, made from and into a declaration. */
import { deriveApiName } from './derive-name.ts'
import { matrixOf, settingsOf } from './dependency-matrix.ts'
import type { Matrix } from './dependency-matrix.ts'
import type { FieldBody } from './component-bodies.ts'
import {
  blankFormula,
  blankSummary,
  formulaAnswer,
  formulaDraftOf,
  summaryAnswer,
  summaryDraftOf,
} from './computed-draft.ts'
import type { FormulaDraft, SummaryDraft } from './computed-draft.ts'
import {
  blankDefault,
  checkboxDefault,
  defaultAnswer,
  defaultDraftOf,
  numberDefault,
  textDefault,
} from './default-draft.ts'
import type { DefaultDraft } from './default-draft.ts'
import { fieldKind } from './field-kinds.ts'
import type { Question } from './field-kinds.ts'
import { kindOf } from './kind-of.ts'
import type { KindName } from './kind-of.ts'
import { blankLookupFilter, lookupFilterDraftOf, lookupFilterOf } from './lookup-filter-draft.ts'
import type { LookupFilterDraft } from './lookup-filter-draft.ts'
import { rowsOf, storedValuesOf } from './picklist-values.ts'
import type { ValueRow } from './picklist-values.ts'

export type DeleteConstraint = 'SetNull' | 'Restrict' | 'Cascade'

/** Numbers are kept as typed, so that nothing a person wrote is lost before it is right. */
export interface FieldDraft extends DefaultDraft {
  /** Empty until a kind was chosen. */
  readonly type: KindName | ''
  readonly label: string
  readonly apiName: string
  readonly nameDerived: boolean
  readonly description: string
  readonly help: string
  readonly required: boolean
  readonly unique: boolean
  readonly caseSensitive: boolean
  readonly externalId: boolean
  readonly indexed: boolean
  readonly trackHistory: boolean
  readonly length: string
  readonly integerDigits: string
  readonly scale: string
  readonly visibleLines: string
  readonly displayFormat: string
  readonly startingNumber: string
  readonly maskType: string
  readonly maskChar: string
  readonly decimalDegrees: boolean
  readonly targets: readonly string[]
  readonly relationshipName: string
  readonly relationshipDerived: boolean
  readonly deleteConstraint: DeleteConstraint
  readonly lookupFilter: LookupFilterDraft
  readonly values: readonly ValueRow[]
  readonly restricted: boolean
  readonly sorted: boolean
  /** A global value set in place of own values; '' for own ones. */
  readonly valueSetName: string
  readonly controllingField: string
  readonly matrix: Matrix
  readonly formula: FormulaDraft
  readonly summary: SummaryDraft
}

const blank: FieldDraft = {
  ...blankDefault,
  type: '',
  label: '',
  apiName: '',
  nameDerived: true,
  description: '',
  help: '',
  required: false,
  unique: false,
  caseSensitive: false,
  externalId: false,
  indexed: false,
  trackHistory: false,
  length: '',
  integerDigits: '',
  scale: '',
  visibleLines: '',
  displayFormat: '',
  startingNumber: '',
  maskType: '',
  maskChar: '',
  decimalDegrees: true,
  targets: [],
  relationshipName: '',
  relationshipDerived: true,
  deleteConstraint: 'SetNull',
  lookupFilter: blankLookupFilter,
  values: [],
  restricted: true,
  sorted: false,
  valueSetName: '',
  controllingField: '',
  matrix: new Map(),
  formula: blankFormula,
  summary: blankSummary,
}

/** A new field of a kind; what was already said of it under another kind is kept. */
export function startDraft(type: KindName, before: FieldDraft = blank): FieldDraft {
  const start = fieldKind(type)?.start ?? {}
  const named = { ...before, type }
  const declared = type === 'Formula' ? {} : { type }
  return { ...draftOf({ ...start, ...declared, fullName: '' }), ...identityOf(named) }
}

function identityOf(draft: FieldDraft): Partial<FieldDraft> {
  const { type, label, apiName, nameDerived, description, help, required, values, matrix } = draft
  const { relationshipName, relationshipDerived } = draft
  const names = { type, label, apiName, nameDerived, relationshipName, relationshipDerived }
  return { ...names, description, help, required, values, matrix }
}

/** Child relationship names in use, in lower case, by target object. */
export type TakenRelationships = ReadonlyMap<string, ReadonlySet<string>>

/** Names that were not touched by hand follow the label, the object and the targets. */
export function withDerivedNames(
  draft: FieldDraft,
  context: { readonly objectPlural: string; readonly taken: TakenRelationships },
): FieldDraft {
  const apiName = draft.nameDerived ? deriveApiName(draft.label) : draft.apiName
  if (!draft.relationshipDerived) return { ...draft, apiName }
  const plain = deriveApiName(context.objectPlural, '')
  const isTaken = draft.targets.some((target) =>
    context.taken.get(target)?.has(plain.toLowerCase()),
  )
  // A second lookup to one target gets its role before the plural.
  const withRole = deriveApiName(`${draft.label} ${context.objectPlural}`, '')
  return { ...draft, apiName, relationshipName: isTaken ? withRole : plain }
}

export function draftOf(field: FieldBody): FieldDraft {
  const kind = fieldKind(kindOf(field))
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value))
  const scale = field.scale ?? 0
  const hasDigits = kind?.questions.includes('numberShape') && field.precision !== undefined
  return {
    ...blank,
    type: kindOf(field),
    label: field.label ?? '',
    apiName: field.fullName,
    nameDerived: field.fullName === '',
    description: field.description ?? '',
    help: field.inlineHelpText ?? '',
    required: field.required ?? false,
    unique: field.unique ?? false,
    caseSensitive: field.caseSensitive ?? false,
    externalId: field.externalId ?? false,
    indexed: field.indexed ?? false,
    trackHistory: field.trackHistory ?? false,
    ...defaultDraftOf(field),
    length: text(field.length),
    integerDigits: hasDigits ? text((field.precision ?? 0) - scale) : '',
    scale: text(field.scale),
    visibleLines: text(field.visibleLines),
    displayFormat: field.displayFormat ?? '',
    startingNumber: text(field.startingNumber),
    maskType: field.maskType ?? '',
    maskChar: field.maskChar ?? '',
    decimalDegrees: field.displayLocationInDecimal ?? true,
    ...relationDraft(field),
    ...picklistDraft(field),
    formula: formulaDraftOf(field),
    summary: summaryDraftOf(field),
  }
}

function relationDraft(field: FieldBody): Partial<FieldDraft> {
  return {
    targets: field.referenceTo ?? [],
    relationshipName: field.relationshipName ?? '',
    relationshipDerived: field.relationshipName === undefined,
    deleteConstraint: field.deleteConstraint ?? 'SetNull',
    lookupFilter: lookupFilterDraftOf(field),
  }
}

function picklistDraft(field: FieldBody): Partial<FieldDraft> {
  const { valueSet } = field
  return {
    values: rowsOf(valueSet?.valueSetDefinition?.value ?? []),
    restricted: valueSet?.restricted ?? valueSet === undefined,
    sorted: valueSet?.valueSetDefinition?.sorted ?? false,
    valueSetName: valueSet?.valueSetName ?? '',
    controllingField: valueSet?.controllingField ?? '',
    matrix: matrixOf(valueSet?.valueSettings ?? []),
  }
}

/**
 * The declaration. Attributes of `before` that the wizard does not ask about are kept;
 * those it asks about are written only where the kind has the question.
 */
export function fieldOf(
  draft: FieldDraft,
  context: { readonly before?: FieldBody; readonly controllingValues: readonly string[] },
): FieldBody {
  const questions = new Set(fieldKind(draft.type)?.questions ?? [])
  const asked = [...questions].map((question) => answer(question, draft, context))
  return withoutUndefined({
    ...kept(draft, context.before),
    fullName: draft.apiName,
    label: draft.label.trim(),
    type: draft.type === 'Formula' ? draft.formula.gives : draft.type,
    description: optional(draft.description),
    inlineHelpText: optional(draft.help),
    ...Object.assign({}, ...asked),
  })
}

const askedAttributes: ReadonlySet<string> = new Set(
  (
    'length precision scale visibleLines defaultValue populateExistingRows required unique ' +
    'caseSensitive externalId indexed trackHistory displayFormat startingNumber maskType maskChar ' +
    'displayLocationInDecimal referenceTo relationshipName deleteConstraint lookupFilter valueSet ' +
    'formula formulaTreatBlanksAs summaryForeignKey summaryOperation summarizedField ' +
    'summaryFilterItems description inlineHelpText'
  ).split(' '),
)

/** Of another kind only what no wizard asks about means the same. */
function kept(draft: FieldDraft, before: FieldBody | undefined): Partial<FieldBody> {
  if (before === undefined || kindOf(before) === draft.type) return { ...before }
  return Object.fromEntries(Object.entries(before).filter(([name]) => !askedAttributes.has(name)))
}

function answer(
  question: Question,
  draft: FieldDraft,
  context: { readonly before?: FieldBody; readonly controllingValues: readonly string[] },
): Partial<Record<keyof FieldBody, unknown>> {
  switch (question) {
    case 'length':
      return { length: numberOf(draft.length) }
    case 'numberShape': {
      const scale = numberOf(draft.scale) ?? 0
      return { precision: (numberOf(draft.integerDigits) ?? 0) + scale, scale }
    }
    case 'lookup':
      return lookupAnswer(draft)
    case 'lookupFilter':
      return { lookupFilter: lookupFilterOf(draft.lookupFilter, context.before?.lookupFilter) }
    case 'values':
      return { valueSet: valueSetOf(draft, context) }
    case 'displayFormat':
      return {
        displayFormat: draft.displayFormat.trim(),
        startingNumber: numberOf(draft.startingNumber),
      }
    case 'mask':
      return { maskType: optional(draft.maskType), maskChar: optional(draft.maskChar) }
    case 'visibleLines':
      return { visibleLines: numberOf(draft.visibleLines) }
    case 'locationFormat':
      return { scale: numberOf(draft.scale), displayLocationInDecimal: draft.decimalDegrees }
    case 'formula':
      return formulaAnswer(draft.formula)
    case 'summary':
      return summaryAnswer(draft.summary)
    case 'textDefault':
      return defaultAnswer(draft, textDefault)
    case 'numberDefault':
      return defaultAnswer(draft, numberDefault)
    case 'checkboxDefault':
      return defaultAnswer(draft, checkboxDefault)
    case 'formulaDefault':
      return defaultAnswer(draft, () => undefined)
    case 'required':
      return { required: flag(draft.required) }
    case 'unique':
      return {
        unique: flag(draft.unique),
        caseSensitive: draft.unique && draft.type === 'Text' ? draft.caseSensitive : undefined,
      }
    case 'externalId':
      return { externalId: flag(draft.externalId) }
    case 'index':
      return { indexed: flag(draft.indexed) }
    case 'history':
      return { trackHistory: flag(draft.trackHistory) }
  }
}

function lookupAnswer(draft: FieldDraft): Partial<Record<keyof FieldBody, unknown>> {
  return {
    referenceTo: draft.targets,
    relationshipName: optional(draft.relationshipName),
    deleteConstraint: draft.type === 'Lookup' ? draft.deleteConstraint : undefined,
  }
}

function valueSetOf(
  draft: FieldDraft,
  context: { readonly before?: FieldBody; readonly controllingValues: readonly string[] },
): FieldBody['valueSet'] {
  const before = context.before?.valueSet?.valueSetDefinition?.value ?? []
  const names = draft.values.map((row) => row.name.trim())
  const own = { sorted: draft.sorted, value: storedValuesOf(draft.values, before) }
  const source =
    draft.valueSetName === '' ? { valueSetDefinition: own } : { valueSetName: draft.valueSetName }
  const base = { restricted: draft.restricted, ...source }
  if (draft.controllingField === '') return base
  const valueSettings = settingsOf(draft.matrix, names, context.controllingValues)
  return { ...base, controllingField: draft.controllingField, valueSettings }
}

function optional(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim()
}

/** "No" is the platform's default and is not written. */
function flag(on: boolean): true | undefined {
  return on ? true : undefined
}

export function numberOf(text: string): number | undefined {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : undefined
}

function withoutUndefined(body: Record<string, unknown>): FieldBody {
  const kept = Object.entries(body).filter(([, value]) => value !== undefined)
  // The keys were put in by `fieldOf`, which knows the attributes of a field.
  return Object.fromEntries(kept) as unknown as FieldBody
}
