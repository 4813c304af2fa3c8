/** The inputs of a field's default: a fixed value, or a formula whose workshop is loaded when it is chosen. */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { t } from '../base/text.ts'
import type { FormulaCheck } from '../base/wire-formulas.ts'
import { resultInfo } from './computed-questions.ts'
import type { DefaultFormula } from './default-draft.ts'
import { checkControl, radioControl } from './form-controls.ts'
import type { DetailsForm } from './question-controls.ts'

/** `fixed` is the input of a fixed value; undefined for kinds that have none. */
export function defaultQuestion(
  form: DetailsForm,
  fixed: TemplateResult | undefined,
): TemplateResult {
  const { defaultFormula } = form.draft
  const set = (change: Partial<DefaultFormula>): void =>
    form.change({ defaultFormula: { ...form.draft.defaultFormula, ...change } })
  return html`
    ${radioControl({
      name: 'defaultKind',
      label: t('New records start with'),
      value: defaultFormula.used ? 'formula' : 'value',
      choices: [
        { value: 'value', label: fixed === undefined ? t('Nothing') : t('A fixed value') },
        {
          value: 'formula',
          label: t('What a formula gives'),
          hint: t('Worked out when the form opens, such as today’s date.'),
        },
      ],
      onInput: (value) => set({ used: value === 'formula' }),
    })}
    ${defaultFormula.used ? formula(form, set) : html`${fixed ?? nothing}${fill(form)}`}
  `
}

function formula(
  form: DetailsForm,
  set: (change: Partial<DefaultFormula>) => void,
): TemplateResult {
  void import('../elements/setup-formula-builder/setup-formula-builder.ts')
  const { defaultFormula, scale, type } = form.draft
  return html`<fs-setup-formula-builder
    id="defaultFormula"
    class="wide"
    context="default"
    .object=${form.object}
    .label=${t('Formula of the default')}
    .value=${defaultFormula.text}
    .result=${resultInfo(type, scale)}
    .error=${form.errors.get('defaultFormula') ?? ''}
    @formula-change=${(event: CustomEvent<{ text: string }>) =>
      set({ text: event.detail.text, problem: '' })}
    @formula-checked=${(event: CustomEvent<FormulaCheck | undefined>) =>
      set({ problem: event.detail?.problem?.message ?? '' })}
  ></fs-setup-formula-builder>`
}

function fill({ draft, isNew, errors, change }: DetailsForm): unknown {
  if (!isNew || draft.defaultValue.trim() === '') return nothing
  return checkControl({
    name: 'fillExisting',
    label: t('Give existing records the default too'),
    hint: t('The plan says how many.'),
    checked: draft.fillExisting,
    error: errors.get('fillExisting'),
    onInput: (fillExisting) => change({ fillExisting }),
  })
}
