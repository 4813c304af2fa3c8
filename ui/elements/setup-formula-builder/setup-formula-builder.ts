/**
 * The workshop of a formula: palette, text, what is wrong and where, what it gives, and its value on a chosen record.
 * Fires `formula-change` with the text and `formula-checked` with what the server said of it.
 */
import { consume } from '@lit/context'
import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { formulas } from '../../api.ts'
import { appContext, findObject } from '../../base/app-context.ts'
import { errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { AppScreen } from '../../base/wire.ts'
import type {
  FormulaCheck,
  FormulaContext,
  FormulaLanguage,
  FormulaResultInfo,
} from '../../base/wire-formulas.ts'
import { FormulaFields } from '../../setup/formula-fields.ts'
import '../icon/icon.ts'
import { suggestionsFor } from '../setup-formula/formula-words.ts'
import type { Suggestion, WordAtCaret } from '../setup-formula/formula-words.ts'
import '../setup-formula/setup-formula.ts'
import type { FsSetupFormula } from '../setup-formula/setup-formula.ts'
import '../setup-formula-palette/setup-formula-palette.ts'
import type { Piece } from '../setup-formula-palette/setup-formula-palette.ts'
import '../setup-formula-sample/setup-formula-sample.ts'
import { checkStateStyles } from '../setup-formula/check-state.styles.ts'
import { setupFormulaBuilderStyles } from './setup-formula-builder.styles.ts'

const typingPauseMs = 300

// The same for everybody until the server is another one.
let language: Promise<FormulaLanguage> | undefined

@customElement('fs-setup-formula-builder')
export class FsSetupFormulaBuilder extends FsElement {
  static override styles = [setupFormulaBuilderStyles, checkStateStyles]

  @property() object = ''
  /** The field that is to have the formula; '' for others. */
  @property() field = ''
  @property() value = ''
  @property() label = ''
  @property() context: FormulaContext = 'field'
  /** What the formula must give; anything when undefined. */
  @property({ attribute: false }) result: FormulaResultInfo | undefined
  @property() blanks: 'zero' | 'blank' = 'blank'
  /** The message at the formula when the form was sent too early. */
  @property() error = ''
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private language: FormulaLanguage | undefined
  @state() private check: FormulaCheck | undefined
  @state() private trouble = ''
  @state() private recordId = ''
  @query('fs-setup-formula') private text!: FsSetupFormula
  #fields = new FormulaFields('')
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked: AbortController | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#learn()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
    this.#asked?.abort()
  }

  override focus(): void {
    this.text.focus()
  }

  async #learn(): Promise<void> {
    try {
      language ??= formulas.language()
      this.language = await language
    } catch (error) {
      language = undefined
      this.trouble = errorText(error)
    }
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    // A default is worked out before there is a record: it has globals alone.
    if (changed.has('object') || changed.has('context'))
      this.#fields = new FormulaFields(this.context === 'default' ? '' : this.object)
    const keys = ['object', 'value', 'context', 'result', 'blanks', 'recordId']
    if (!keys.some((key) => changed.has(key))) return
    clearTimeout(this.#timer)
    const pause = changed.has('value') && changed.get('value') !== undefined ? typingPauseMs : 0
    this.#timer = setTimeout(() => void this.#ask(), pause)
  }

  async #ask(): Promise<void> {
    this.#asked?.abort()
    if (this.value.trim() === '') return this.#told(undefined)
    const asked = new AbortController()
    this.#asked = asked
    try {
      const { object, value: text, context, blanks, result, recordId, field } = this
      const more = {
        ...(result ? { result } : {}),
        ...(recordId === '' ? {} : { recordId }),
        ...(field === '' ? {} : { field }),
      }
      this.#told(await formulas.check({ object, text, context, blanks, ...more }, asked.signal))
      this.trouble = ''
    } catch (error) {
      if (!asked.signal.aborted) this.trouble = errorText(error)
    }
  }

  #told(check: FormulaCheck | undefined): void {
    this.check = check
    this.emit<FormulaCheck | undefined>('formula-checked', check)
  }

  protected override render(): unknown {
    const object = findObject(this.screen, this.object)?.label ?? this.object
    return html`<div class="bench">
      <div class="side">
        <fs-setup-formula-palette
          .language=${this.language}
          .context=${this.context}
          .fields=${this.#fields}
          .objectLabel=${object}
          @piece-insert=${(event: CustomEvent<Piece>) =>
            this.text.insert(event.detail.text, event.detail.back)}
        ></fs-setup-formula-palette>
      </div>
      <div class="main">
        <span class="label" aria-hidden="true">${this.label}</span>
        <fs-setup-formula
          .value=${this.value}
          .label=${this.label}
          .problem=${this.check?.problem ?? null}
          .suggest=${(at: WordAtCaret) => this.#suggest(at)}
          @text-change=${(event: CustomEvent<{ text: string }>) => this.#changed(event)}
        ></fs-setup-formula>
        <div role="status">${this.#state()}</div>
        <fs-setup-formula-sample
          .object=${this.object}
          .screen=${this.screen}
          .context=${this.context}
          .recordId=${this.recordId}
          .check=${this.check}
          @record-choose=${(event: CustomEvent<string>) => (this.recordId = event.detail)}
        ></fs-setup-formula-sample>
      </div>
    </div>`
  }

  #state(): unknown {
    const trouble = this.trouble || this.error
    const problem = this.check?.problem
    if (problem) {
      const { line, column, message } = problem
      return html`<p class="state wrong">
        <fs-icon name="error"></fs-icon>
        <span
          >${t('Line {line}, column {column}: {reason}', { line, column, reason: message })}</span
        >
      </p>`
    }
    if (trouble !== '')
      return html`<p class="state wrong"><fs-icon name="error"></fs-icon>${trouble}</p>`
    if (this.check === undefined)
      return html`<p class="state soft">
        ${t('Type, or choose from the list. Ctrl+Space shows suggestions.')}
      </p>`
    return html`<p class="state right">
        <fs-icon name="check-circle"></fs-icon>
        <span
          >${t('The formula is right: it gives {type}.', { type: typeLabel(this.check.type) })}</span
        >
      </p>
      ${
        this.check.computedInSql === false
          ? html`<p class="state soft">
              ${t('Lists cannot be filtered or sorted by this formula: it is worked out after the records are read.')}
            </p>`
          : nothing
      }`
  }

  #changed(event: CustomEvent<{ text: string }>): void {
    event.stopPropagation()
    this.value = event.detail.text
    this.emit('formula-change', { text: this.value })
  }

  async #suggest(at: WordAtCaret): Promise<readonly Suggestion[]> {
    if (this.language === undefined) return []
    const fields = await this.#fields.at(at.path)
    return suggestionsFor(at, { language: this.language, context: this.context, fields })
  }
}

function typeLabel(type: string | undefined): string {
  const labels = new Map([
    ['number', t('a number')],
    ['text', t('a text')],
    ['boolean', t('true or false')],
    ['date', t('a date')],
    ['datetime', t('a date and time')],
    ['time', t('a time')],
    ['picklist', t('a picklist value')],
    ['multipicklist', t('picklist values')],
    ['location', t('a location')],
    ['null', t('always nothing')],
  ])
  return labels.get(type ?? '') ?? type ?? ''
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-formula-builder': FsSetupFormulaBuilder
  }
}
