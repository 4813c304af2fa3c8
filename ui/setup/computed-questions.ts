/** The inputs of computed fields; their workshops are loaded when they are first shown. */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { t } from '../base/text.ts'
import type { FormulaCheck, FormulaResultInfo } from '../base/wire-formulas.ts'
import type { FormulaDraft, FormulaType, SummaryDraft } from './computed-draft.ts'
import { formulaTypes, hasScale } from './computed-draft.ts'
import { fieldKind } from './field-kinds.ts'
import { radioControl, selectControl, textControl } from './form-controls.ts'
import type { KindName } from './kind-of.ts'
import type { DetailsForm } from './question-controls.ts'

export function formulaQuestion(form: DetailsForm): TemplateResult {
  void import('../elements/setup-formula-builder/setup-formula-builder.ts')
  const { formula } = form.draft
  const set = (change: Partial<FormulaDraft>): void =>
    form.change({ formula: { ...form.draft.formula, ...change } })
  return html`
    ${shape(form, set)}
    <fs-setup-formula-builder
      id="formula"
      class="wide"
      context="field"
      .object=${form.object}
      .field=${form.isNew ? '' : form.draft.apiName}
      .label=${t('Formula')}
      .value=${formula.text}
      .result=${resultInfo(formula.gives, formula.scale)}
      .blanks=${formula.blanks}
      .error=${form.errors.get('formula') ?? ''}
      @formula-change=${(event: CustomEvent<{ text: string }>) =>
        set({ text: event.detail.text, problem: '' })}
      @formula-checked=${(event: CustomEvent<FormulaCheck | undefined>) =>
        set({ problem: event.detail?.problem?.message ?? '' })}
    ></fs-setup-formula-builder>
  `
}

function shape(form: DetailsForm, set: (change: Partial<FormulaDraft>) => void): TemplateResult {
  const { formula } = form.draft
  return html`
    ${selectControl({
      name: 'formulaType',
      label: t('The formula gives'),
      value: formula.gives,
      choices: formulaTypes.map((type) => ({ value: type, label: typeLabel(type) })),
      onInput: (value) => set({ gives: formulaTypes.find((type) => type === value) ?? 'Text' }),
    })}
    ${
      hasScale(formula.gives)
        ? textControl({
            name: 'formulaScale',
            label: t('Decimal places'),
            value: formula.scale,
            error: form.errors.get('formulaScale'),
            numeric: true,
            required: true,
            onInput: (scale) => set({ scale }),
          })
        : ''
    }
    ${radioControl({
      name: 'blanks',
      label: t('Empty numbers in the formula'),
      value: formula.blanks,
      choices: [
        { value: 'zero', label: t('Count as zero') },
        { value: 'blank', label: t('Stay blank'), hint: t('What is computed from them is blank.') },
      ],
      onInput: (value) => set({ blanks: value === 'zero' ? 'zero' : 'blank' }),
    })}
  `
}

function typeLabel(type: FormulaType): string {
  return fieldKind(type)?.label ?? type
}

// One object per answer, so that the check is asked again only when it changes.
const results = new Map<string, FormulaResultInfo>()

/** What a formula for this kind of field must give: a text for all that is sent as a text. */
export function resultInfo(kind: KindName | '', scale: string): FormulaResultInfo {
  const gives = formulaTypes.find((type) => type === kind) ?? 'Text'
  const places = /^\d{1,2}$/.test(scale) ? Number(scale) : 0
  const key = `${gives} ${places}`
  const known = results.get(key)
  const made = known ?? (hasScale(gives) ? { type: gives, scale: places } : { type: gives })
  results.set(key, made)
  return made
}

export function summaryQuestion(form: DetailsForm): TemplateResult {
  void import('../elements/setup-summary/setup-summary.ts')
  return html`<fs-setup-summary
    id="summary"
    class="wide"
    .object=${form.object}
    .summary=${form.draft.summary}
    .error=${form.errors.get('summary') ?? ''}
    @summary-change=${(event: CustomEvent<{ summary: SummaryDraft }>) =>
      form.change({ summary: event.detail.summary })}
  ></fs-setup-summary>`
}
