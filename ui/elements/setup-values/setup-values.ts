/** The values of a picklist as an editable table; text of many lines may be pasted. Fires `values-change`. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { isChecked, textControl, valueOf } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import {
  addPasted,
  changeRow,
  findValueFaults,
  moveRow,
  rowOf,
} from '../../setup/picklist-values.ts'
import type { ValueFault, ValueMark, ValueRow } from '../../setup/picklist-values.ts'
import '../icon/icon.ts'
import { setupValuesStyles } from './setup-values.styles.ts'

@customElement('fs-setup-values')
export class FsSetupValues extends FsElement {
  static override styles = [formStyles, setupValuesStyles]

  @property({ attribute: false }) values: readonly ValueRow[] = []
  /** Columns of marks that values of this list may bear. */
  @property({ attribute: false }) marks: readonly ValueMark[] = []
  @property() error = ''
  @property({ type: Boolean, attribute: 'show-faults' }) showFaults = false
  @state() private pasting = false
  @state() private pasted = ''
  @state() private moved = ''

  protected override willUpdate(): void {
    // An empty list starts with the box for pasting, the quickest way to fill it.
    if (!this.hasUpdated) this.pasting = this.values.length === 0
  }

  /** The first input of the table, or the box for pasting. */
  focusFirst(): void {
    this.renderRoot.querySelector<HTMLElement>('textarea, [aria-invalid="true"], input')?.focus()
  }

  protected override render(): unknown {
    return html`
      ${this.values.length === 0 ? nothing : this.#table()}
      ${this.pasting ? this.#paste() : nothing}
      <div class="bar">
        <button type="button" class="button" @click=${() => void this.#add()}>
          <fs-icon name="plus"></fs-icon>${t('Add value')}
        </button>
        ${
          this.pasting
            ? nothing
            : html`<button type="button" class="button quiet" @click=${() => (this.pasting = true)}>
                ${t('Paste values')}
              </button>`
        }
        ${this.error === '' ? nothing : html`<span class="error">${this.error}</span>`}
        <span class="visually-hidden" role="status">${this.moved}</span>
      </div>
    `
  }

  #paste(): unknown {
    return html`<div class="paste">
      ${textControl({
        name: 'paste',
        label: t('Values, one per line'),
        hint: t('A tab between label and API name is understood, as copied from a spreadsheet.'),
        value: this.pasted,
        lines: 5,
        onInput: (pasted) => (this.pasted = pasted),
      })}
      <div class="bar">
        <button
          type="button"
          class="button"
          ?disabled=${this.pasted.trim() === ''}
          @click=${() => this.#takePasted()}
        >
          ${t('Take over')}
        </button>
      </div>
    </div>`
  }

  /** Lines still in the box count as given when the step is left. */
  takeRest(): readonly ValueRow[] {
    return this.pasted.trim() === '' ? this.values : addPasted(this.values, this.pasted)
  }

  #takePasted(): void {
    this.#change(addPasted(this.values, this.pasted))
    this.pasted = ''
    this.pasting = false
  }

  #table(): unknown {
    const faults = this.showFaults ? findValueFaults(this.values) : new Map<number, ValueFault>()
    return html`<table aria-label=${t('Picklist values')}>
      <thead>
        <tr>
          <th scope="col">${t('Label')}</th>
          <th scope="col">${t('API name')}</th>
          <th scope="col" class="narrow">${t('Default')}</th>
          <th scope="col" class="narrow">${t('Active')}</th>
          ${this.marks.map((mark) => html`<th scope="col" class="narrow">${markLabel(mark)}</th>`)}
          <th scope="col"><span class="visually-hidden">${t('Order')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${this.values.map((row, index) => this.#row(row, index, faults.get(index)))}
      </tbody>
    </table>`
  }

  #row(row: ValueRow, index: number, fault: ValueFault | undefined): unknown {
    const name = row.label || t('value {number}', { number: index + 1 })
    return html`<tr>
      <td>
        <input
          type="text"
          aria-label=${t('Label of {name}', { name })}
          aria-invalid=${fault === undefined ? 'false' : 'true'}
          .value=${live(row.label)}
          @input=${(event: Event) => this.#edit(index, { label: valueOf(event) })}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event, index)}
        />
        ${fault === undefined ? nothing : html`<span class="error">${faultText(fault)}</span>`}
      </td>
      <td>
        <input
          type="text"
          class="mono"
          spellcheck="false"
          aria-label=${t('API name of {name}', { name })}
          aria-invalid=${fault === undefined ? 'false' : 'true'}
          .value=${live(row.name)}
          @input=${(event: Event) => this.#edit(index, { name: valueOf(event) })}
        />
      </td>
      <td class="narrow" data-label=${t('Default')}>
        <input
          type="checkbox"
          aria-label=${t('{name} is the default', { name })}
          .checked=${live(row.isDefault)}
          @change=${(event: Event) => this.#edit(index, { isDefault: isChecked(event) })}
        />
      </td>
      <td class="narrow" data-label=${t('Active')}>
        <input
          type="checkbox"
          aria-label=${t('{name} is active', { name })}
          .checked=${live(row.active)}
          @change=${(event: Event) => this.#edit(index, { active: isChecked(event) })}
        />
      </td>
      ${this.marks.map((mark) => this.#mark(mark, index, name))}
      <td class="tools">${this.#tools(index, name)}</td>
    </tr>`
  }

  #mark(mark: ValueMark, index: number, name: string): unknown {
    const label = markLabel(mark)
    const present = this.values[index]?.marks ?? []
    const others = present.filter((one) => one !== mark)
    return html`<td class="narrow" data-label=${label}>
      <input
        type="checkbox"
        aria-label=${t('{name} counts as: {mark}', { name, mark: label })}
        .checked=${live(present.includes(mark))}
        @change=${(event: Event) =>
          this.#edit(index, { marks: isChecked(event) ? [...others, mark] : others })}
      />
    </td>`
  }

  #tools(index: number, name: string): unknown {
    return html`<button
        type="button"
        class="icon-button small"
        aria-label=${t('Move {name} up', { name })}
        ?disabled=${index === 0}
        @click=${() => this.#move(index, index - 1)}
      >
        <fs-icon name="chevron-up"></fs-icon>
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label=${t('Move {name} down', { name })}
        ?disabled=${index === this.values.length - 1}
        @click=${() => this.#move(index, index + 1)}
      >
        <fs-icon name="chevron-down"></fs-icon>
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label=${t('Remove {name}', { name })}
        @click=${() => this.#change(this.values.filter((_, at) => at !== index))}
      >
        <fs-icon name="close"></fs-icon>
      </button>`
  }

  #edit(index: number, change: Partial<Omit<ValueRow, 'derived'>>): void {
    this.#change(changeRow(this.values, index, change))
  }

  #move(from: number, to: number): void {
    this.moved = t('{name} is now at place {place} of {count}.', {
      name: this.values[from]?.label ?? '',
      place: to + 1,
      count: this.values.length,
    })
    this.#change(moveRow(this.values, from, to))
  }

  // Enter in a label goes to the next row, and makes one at the end.
  #onKey(event: KeyboardEvent, index: number): void {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (index === this.values.length - 1) void this.#add()
    else this.#labels()[index + 1]?.focus()
  }

  async #add(): Promise<void> {
    this.#change([...this.takeRest(), rowOf('')])
    this.pasted = ''
    this.pasting = false
    await this.updateComplete
    this.#labels().at(-1)?.focus()
  }

  #labels(): readonly HTMLInputElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLInputElement>('td:first-child input')]
  }

  #change(values: readonly ValueRow[]): void {
    this.values = values
    this.emit('values-change', { values })
  }
}

function markLabel(mark: ValueMark): string {
  const labels: Readonly<Record<ValueMark, string>> = {
    closed: t('Closed'),
    won: t('Won'),
    converted: t('Converted'),
    highPriority: t('High priority'),
  }
  return labels[mark]
}

function faultText(fault: ValueFault): string {
  const texts: Readonly<Record<ValueFault, string>> = {
    missing: t('Enter a label and an API name.'),
    duplicate: t('This API name is there already.'),
    'two defaults': t('Only one value can be the default.'),
    none: t('Enter at least one value.'),
  }
  return texts[fault]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-values': FsSetupValues
  }
}
