/** Numbers, money and percentages: typed by the locale's separators, kept exact. */
import '@vaadin/text-field'
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { countDigits, decimalValue, parseDecimal } from '../base/decimal-input.ts'
import { formatValue } from '../base/formats.ts'
import { sameValue } from '../base/form-state.ts'
import { t } from '../base/text.ts'
import { EditorElement, inputText } from './editor-element.ts'
import { editorStyles } from './editor.styles.ts'

@customElement('fs-number-editor')
export class FsNumberEditor extends EditorElement {
  static override styles = editorStyles

  /** What stands in the control while it is edited. */
  @state() private draft: string | undefined
  #reported: unknown

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A value from outside (a merge, a reset) replaces the draft; the echo of our own report does not.
    if (changed.has('value') && !sameValue(this.value, asValue(this.#reported))) {
      this.draft = undefined
    }
  }

  protected override render(): unknown {
    const type = this.describe?.type
    return html`<vaadin-text-field
      data-control
      manual-validation
      autocomplete="off"
      .label=${this.label}
      .helperText=${this.help}
      .required=${this.required}
      .disabled=${this.disabled}
      .invalid=${this.error !== ''}
      .errorMessage=${this.error}
      .value=${this.draft ?? this.#shown()}
      @input=${(event: Event) => this.#input(inputText(event))}
      @blur=${() => this.#finish()}
    >
      ${type === 'currency' ? html`<span slot="prefix">${this.#currencySymbol()}</span>` : nothing}
      ${type === 'percent' ? html`<span slot="suffix">%</span>` : nothing}
    </vaadin-text-field>`
  }

  protected override updated(): void {
    this.renderRoot.querySelector('input')?.setAttribute('inputmode', 'decimal')
  }

  get #locale(): string {
    return this.context?.format.locale ?? 'en-US'
  }

  // Grouped and with its scale, in the hand too: a text that changed on focus would lose caret and selection.
  #shown(): string {
    const { describe, context, value } = this
    if (!describe || !context || value === null || value === '') return ''
    return formatValue(value, { ...describe, type: 'double' }, context.format)
  }

  #finish(): void {
    if (this.draft !== undefined && this.#problem(this.draft) === undefined) this.draft = undefined
  }

  #input(text: string): void {
    this.draft = text
    const problem = this.#problem(text)
    const digits = parseDecimal(text, this.#locale)
    const value = digits === undefined ? null : decimalValue(digits)
    if (problem === undefined) this.#reported = value
    this.change(value, problem)
  }

  #problem(text: string): string | undefined {
    if (text.trim() === '') return undefined
    const digits = parseDecimal(text, this.#locale)
    if (digits === undefined) return t('Enter a number.')
    const scale = this.describe?.scale ?? 0
    if (countDigits(digits).fraction <= scale) return undefined
    return t('At most {count, plural, one {# decimal place} other {# decimal places}}.', {
      count: scale,
    })
  }

  #currencySymbol(): string {
    const currency = this.context?.format.currency ?? 'USD'
    const parts = new Intl.NumberFormat(this.#locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    }).formatToParts(0)
    return parts.find((part) => part.type === 'currency')?.value ?? currency
  }
}

function asValue(reported: unknown): string | number | null {
  return typeof reported === 'string' || typeof reported === 'number' ? reported : null
}
