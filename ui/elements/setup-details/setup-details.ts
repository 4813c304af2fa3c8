/**
 * The details of a field: label and names, then the questions of its kind.
 * Fires `draft-change`; the parent keeps the draft and decides when errors show.
 */
import { html, nothing } from 'lit'
import { customElement, property, query } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { DraftErrors } from '../../setup/check-draft.ts'
import type { FieldDraft } from '../../setup/field-draft.ts'
import { fieldKind } from '../../setup/field-kinds.ts'
import type { Question } from '../../setup/field-kinds.ts'
import { textControl } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { questionControls } from '../../setup/question-controls.ts'
import type { DetailsForm } from '../../setup/question-controls.ts'
import '../setup-errors/setup-errors.ts'
import type { FsSetupErrors } from '../setup-errors/setup-errors.ts'
import type { MatrixValue } from '../setup-matrix/setup-matrix.ts'
import { setupDetailsStyles } from './setup-details.styles.ts'

/** What the form needs to know of the rest of the model. */
export interface DetailsChoices {
  readonly objects: readonly Choice[]
  readonly valueSets: readonly Choice[]
  readonly controllingFields: readonly Choice[]
  readonly controllingValues: readonly MatrixValue[]
}

const noChoices: DetailsChoices = {
  objects: [],
  valueSets: [],
  controllingFields: [],
  controllingValues: [],
}

/** Questions answered by a box to tick; they stand together at the end. */
const rules: ReadonlySet<Question> = new Set([
  'required',
  'unique',
  'externalId',
  'index',
  'history',
])

@customElement('fs-setup-details')
export class FsSetupDetails extends FsElement {
  static override styles = [formStyles, setupDetailsStyles]

  @property({ attribute: false }) draft: FieldDraft | undefined
  /** Errors to show; the summary above lists them all. */
  @property({ attribute: false }) errors: DraftErrors = new Map()
  @property({ attribute: false }) choices: DetailsChoices = noChoices
  @property() object = ''
  @property({ type: Boolean }) isNew = false
  @query('fs-setup-errors') private summary!: FsSetupErrors

  focusErrors(): void {
    this.summary.focus()
  }

  focusInput(name: string): void {
    const input = this.renderRoot.querySelector<HTMLElement>(`#${name}`)
    if (input?.localName === 'fs-setup-values')
      this.renderRoot.querySelector('fs-setup-values')?.focusFirst()
    else input?.focus()
    input?.scrollIntoView({ block: 'nearest' })
  }

  /** The draft with the values that still stand in the box for pasting. */
  takeRest(): FieldDraft | undefined {
    const table = this.renderRoot.querySelector('fs-setup-values')
    if (table === null || this.draft === undefined) return this.draft
    return { ...this.draft, values: table.takeRest() }
  }

  protected override render(): unknown {
    const { draft } = this
    if (draft === undefined) return ''
    const questions = fieldKind(draft.type)?.questions ?? []
    const form = this.#form(draft)
    return html`
      <fs-setup-errors
        .errors=${this.errors}
        @error-select=${(event: CustomEvent<{ name: string }>) => this.focusInput(event.detail.name)}
      ></fs-setup-errors>
      <div class="fields">${this.#identity(form)}</div>
      <div class="fields">
        ${questions.filter((name) => !rules.has(name)).map((name) => questionControls[name](form))}
      </div>
      ${questions.some((name) => rules.has(name)) ? this.#rules(questions, form) : nothing}
    `
  }

  #rules(questions: readonly Question[], form: DetailsForm): unknown {
    return html`<fieldset>
      <legend>${t('Rules')}</legend>
      <div class="fields">
        ${questions.filter((name) => rules.has(name)).map((name) => questionControls[name](form))}
      </div>
    </fieldset>`
  }

  #form(draft: FieldDraft): DetailsForm {
    return {
      ...this.choices,
      object: this.object,
      draft,
      errors: this.errors,
      showFaults: this.errors.has('values'),
      isNew: this.isNew,
      change: (change) => this.#change(change),
    }
  }

  #identity({ draft, errors }: DetailsForm): unknown {
    return html`
      ${textControl({
        name: 'label',
        label: t('Label'),
        value: draft.label,
        error: errors.get('label'),
        required: true,
        lengthMax: 80,
        onInput: (label) => this.#change({ label }),
      })}
      ${textControl({
        name: 'apiName',
        label: t('API name'),
        hint: this.isNew
          ? t('Used by the API, formulas and files. It can be renamed later.')
          : t('Rename the field to change it.'),
        value: draft.apiName,
        error: errors.get('apiName'),
        required: true,
        mono: true,
        disabled: !this.isNew,
        onInput: (apiName) => this.#change({ apiName, nameDerived: apiName === '' }),
      })}
      ${textControl({
        name: 'help',
        label: t('Help text'),
        hint: t('Shown beside the field to everybody who sees it.'),
        value: draft.help,
        lengthMax: 510,
        onInput: (help) => this.#change({ help }),
      })}
      ${textControl({
        name: 'description',
        label: t('Description'),
        hint: t('For administrators: why the field is there.'),
        value: draft.description,
        lengthMax: 1000,
        onInput: (description) => this.#change({ description }),
      })}
    `
  }

  #change(change: Partial<FieldDraft>): void {
    this.emit('draft-change', { change })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-details': FsSetupDetails
  }
}
