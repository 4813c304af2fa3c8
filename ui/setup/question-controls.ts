/** The inputs of each question that the details of a field may ask. */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { t } from '../base/text.ts'
import '../elements/setup-matrix/setup-matrix.ts'
import type { MatrixValue } from '../elements/setup-matrix/setup-matrix.ts'
import '../elements/setup-targets/setup-targets.ts'
import '../elements/setup-values/setup-values.ts'
import type { DraftErrors } from './check-draft.ts'
import { formulaQuestion, summaryQuestion } from './computed-questions.ts'
import { defaultQuestion } from './default-question.ts'
import type { FieldDraft } from './field-draft.ts'
import type { Question } from './field-kinds.ts'
import { checkControl, radioControl, selectControl, textControl } from './form-controls.ts'
import type { Choice } from './form-controls.ts'
import type { Matrix } from './dependency-matrix.ts'
import { lookupFilterQuestion } from './lookup-filter-question.ts'
import type { ValueRow } from './picklist-values.ts'

/** What the inputs read and how they write. */
export interface DetailsForm {
  /** API name of the object that has the field. */
  readonly object: string
  readonly draft: FieldDraft
  readonly errors: DraftErrors
  readonly showFaults: boolean
  readonly isNew: boolean
  /** Objects that a lookup may point to. */
  readonly objects: readonly Choice[]
  readonly valueSets: readonly Choice[]
  /** Fields that may control a picklist, and the values of the chosen one. */
  readonly controllingFields: readonly Choice[]
  readonly controllingValues: readonly MatrixValue[]
  change(change: Partial<FieldDraft>): void
}

export const questionControls: Readonly<Record<Question, (form: DetailsForm) => unknown>> = {
  formula: formulaQuestion,
  summary: summaryQuestion,
  length: (form) =>
    number(form, 'length', {
      label: t('Length'),
      hint: t('The most characters a value may have.'),
    }),
  numberShape: (form) => html`
    ${number(form, 'integerDigits', { label: t('Digits before the decimal point') })}
    ${number(form, 'scale', { label: t('Decimal places') })}
  `,
  lookup,
  lookupFilter: lookupFilterQuestion,
  values,
  displayFormat: (form) => html`
    ${text(form, 'displayFormat', {
      label: t('Display format'),
      hint: t('Zeros in braces stand for the number: {example}.', { example: 'INV-{00000}' }),
      required: true,
    })}
    ${number(form, 'startingNumber', { label: t('First number') })}
  `,
  mask,
  visibleLines: (form) => number(form, 'visibleLines', { label: t('Visible lines') }),
  locationFormat: (form) => html`
    ${number(form, 'scale', { label: t('Decimal places') })}
    ${check(form, 'decimalDegrees', {
      label: t('Show as decimal degrees'),
      hint: t('Otherwise as degrees, minutes and seconds.'),
    })}
  `,
  textDefault: (form) =>
    defaultQuestion(form, text(form, 'defaultValue', { label: t('Default value') })),
  numberDefault: (form) =>
    defaultQuestion(form, text(form, 'defaultValue', { label: t('Default value') })),
  formulaDefault: (form) => defaultQuestion(form, undefined),
  checkboxDefault: (form) =>
    defaultQuestion(
      form,
      radioControl({
        name: 'defaultValue',
        label: t('Default value'),
        value: form.draft.defaultValue === 'true' ? 'true' : 'false',
        choices: [
          { value: 'false', label: t('Not ticked') },
          { value: 'true', label: t('Ticked') },
        ],
        onInput: (defaultValue) => form.change({ defaultValue }),
      }),
    ),
  required: (form) =>
    check(form, 'required', {
      label: t('Required'),
      hint: t('A record cannot be saved without a value.'),
    }),
  unique: (form) => html`
    ${check(form, 'unique', {
      label: t('Unique'),
      hint: t('No two records may have the same value.'),
    })}
    ${
      form.draft.unique && form.draft.type === 'Text'
        ? check(form, 'caseSensitive', { label: t('Upper and lower case differ') })
        : nothing
    }
  `,
  externalId: (form) =>
    check(form, 'externalId', {
      label: t('External id'),
      hint: t('The record’s id in another system; imports can find records by it.'),
    }),
  index: (form) =>
    check(form, 'indexed', {
      label: t('Indexed'),
      hint: t('Makes filters on this field fast on large tables.'),
    }),
  history: (form) =>
    check(form, 'trackHistory', {
      label: t('Track history'),
      hint: t('Keeps who changed the value, when, and from what.'),
    }),
}

type TextName =
  | 'defaultValue'
  | 'displayFormat'
  | 'integerDigits'
  | 'length'
  | 'relationshipName'
  | 'scale'
  | 'startingNumber'
  | 'visibleLines'
type CheckName =
  | 'caseSensitive'
  | 'decimalDegrees'
  | 'externalId'
  | 'indexed'
  | 'required'
  | 'restricted'
  | 'sorted'
  | 'trackHistory'
  | 'unique'

interface Words {
  readonly label: string
  readonly hint?: string
  readonly required?: boolean
  readonly mono?: boolean
}

function text(form: DetailsForm, name: TextName, words: Words): TemplateResult {
  return textControl({
    name,
    value: form.draft[name],
    error: form.errors.get(name),
    onInput: (value) => form.change({ [name]: value }),
    ...words,
  })
}

function number(form: DetailsForm, name: TextName, words: Words): unknown {
  return textControl({
    name,
    value: form.draft[name],
    error: form.errors.get(name),
    numeric: true,
    required: true,
    onInput: (value) => form.change({ [name]: value }),
    ...words,
  })
}

function check(form: DetailsForm, name: CheckName, words: Words): unknown {
  return checkControl({
    name,
    checked: form.draft[name],
    error: form.errors.get(name),
    onInput: (checked) => form.change({ [name]: checked }),
    ...words,
  })
}

function lookup(form: DetailsForm): unknown {
  const { draft, errors } = form
  return html`
    <fs-setup-targets
      id="targets"
      class="wide"
      .objects=${form.objects}
      .targets=${draft.targets}
      .several=${draft.type === 'Lookup'}
      .fixed=${draft.type === 'Hierarchy'}
      .error=${errors.get('targets') ?? ''}
      @targets-change=${(event: CustomEvent<{ targets: readonly string[] }>) =>
        form.change({ targets: event.detail.targets })}
    ></fs-setup-targets>
    ${textControl({
      name: 'relationshipName',
      label: t('Child relationship name'),
      hint: t('How the parent calls the list of these records.'),
      value: draft.relationshipName,
      error: errors.get('relationshipName'),
      required: true,
      mono: true,
      onInput: (relationshipName) => form.change({ relationshipName, relationshipDerived: false }),
    })}
    ${draft.type === 'Lookup' ? deleteBehaviour(form) : nothing}
  `
}

function deleteBehaviour(form: DetailsForm): unknown {
  return radioControl({
    name: 'deleteConstraint',
    label: t('When the parent is deleted'),
    wide: true,
    value: form.draft.deleteConstraint,
    error: form.errors.get('deleteConstraint'),
    choices: [
      { value: 'SetNull', label: t('Empty this field'), hint: t('The record stays.') },
      {
        value: 'Restrict',
        label: t('Refuse to delete the parent'),
        hint: t('As long as a record points to it.'),
      },
      {
        value: 'Cascade',
        label: t('Delete this record too'),
        hint: t('Use with care: also for people who may not delete it themselves.'),
      },
    ],
    onInput: (value) => {
      if (value === 'SetNull' || value === 'Restrict' || value === 'Cascade')
        form.change({ deleteConstraint: value })
    },
  })
}

function mask(form: DetailsForm): unknown {
  return html`
    ${selectControl({
      name: 'maskType',
      label: t('Hide'),
      value: form.draft.maskType,
      choices: [
        { value: 'all', label: t('All characters') },
        { value: 'lastFour', label: t('All but the last four') },
        { value: 'creditCard', label: t('As a credit card number') },
        { value: 'nino', label: t('As a national insurance number') },
        { value: 'ssn', label: t('As a social security number (US)') },
        { value: 'sin', label: t('As a social insurance number (Canada)') },
      ],
      onInput: (maskType) => form.change({ maskType }),
    })}
    ${selectControl({
      name: 'maskChar',
      label: t('Hide with'),
      value: form.draft.maskChar,
      choices: [
        { value: 'asterisk', label: '*' },
        { value: 'X', label: 'X' },
      ],
      onInput: (maskChar) => form.change({ maskChar }),
    })}
  `
}

function values(form: DetailsForm): unknown {
  const { draft } = form
  return html`
    ${form.valueSets.length === 0 ? nothing : valueSource(form)}
    ${draft.valueSetName === '' ? ownValues(form) : nothing}
    ${check(form, 'restricted', {
      label: t('Only these values'),
      hint: t('Other values are refused, from the API too.'),
    })}
    ${check(form, 'sorted', { label: t('Show in the order of the labels') })}
    ${form.controllingFields.length === 0 || draft.valueSetName !== '' ? nothing : control(form)}
  `
}

function valueSource(form: DetailsForm): unknown {
  return selectControl({
    name: 'valueSetName',
    label: t('Values from'),
    value: form.draft.valueSetName,
    choices: [{ value: '', label: t('This field’s own list') }, ...form.valueSets],
    onInput: (valueSetName) => form.change({ valueSetName }),
  })
}

function ownValues(form: DetailsForm): unknown {
  return html`<fs-setup-values
    id="values"
    class="wide"
    .values=${form.draft.values}
    .error=${form.errors.get('values') ?? ''}
    .showFaults=${form.showFaults}
    @values-change=${(event: CustomEvent<{ values: readonly ValueRow[] }>) =>
      form.change({ values: event.detail.values })}
  ></fs-setup-values>`
}

function control(form: DetailsForm): unknown {
  const { draft } = form
  return html`
    ${selectControl({
      name: 'controllingField',
      label: t('Controlled by'),
      hint: t('The chosen field decides which values may be picked.'),
      value: draft.controllingField,
      error: form.errors.get('controllingField'),
      choices: [{ value: '', label: t('No other field') }, ...form.controllingFields],
      onInput: (controllingField) => form.change({ controllingField, matrix: new Map() }),
    })}
    ${
      draft.controllingField === '' || draft.values.length === 0
        ? nothing
        : html`<fs-setup-matrix
            class="wide"
            .matrix=${draft.matrix}
            .values=${draft.values.map((row) => ({ name: row.name.trim(), label: row.label }))}
            .controlling=${form.controllingValues}
            @matrix-change=${(event: CustomEvent<{ matrix: Matrix }>) =>
              form.change({ matrix: event.detail.matrix })}
          ></fs-setup-matrix>`
    }
  `
}
