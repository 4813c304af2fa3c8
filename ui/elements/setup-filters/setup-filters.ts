/** The filters of a list view, one row each: field, comparison, value. Fires `filters-change`. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { ListViewBody } from '../../setup/component-bodies.ts'
import { valueOf } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../icon/icon.ts'
import { setupFiltersStyles } from './setup-filters.styles.ts'

type Filter = NonNullable<ListViewBody['filters']>[number]
type Operation = Filter['operation']

@customElement('fs-setup-filters')
export class FsSetupFilters extends FsElement {
  static override styles = [formStyles, setupFiltersStyles]

  @property() heading = ''
  @property({ attribute: false }) fields: readonly Choice[] = []
  @property({ attribute: false }) filters: readonly Filter[] = []

  protected override render(): unknown {
    return html`
      <h3>${this.heading || t('Filters')}</h3>
      ${this.filters.map((filter, index) => this.#row(filter, index))}
      <button type="button" class="button" @click=${() => this.#add()}>
        <fs-icon name="plus"></fs-icon>${t('Add filter')}
      </button>
    `
  }

  #row(filter: Filter, index: number): unknown {
    const number = index + 1
    return html`<div class="row">
      <select
        aria-label=${t('Field of filter {number}', { number })}
        @change=${(event: Event) => this.#edit(index, { field: valueOf(event) })}
      >
        ${this.#fieldChoices(filter.field).map(
          ({ value, label }) =>
            html`<option value=${value} ?selected=${value === filter.field}>${label}</option>`,
        )}
      </select>
      <select
        aria-label=${t('Comparison of filter {number}', { number })}
        @change=${(event: Event) => this.#edit(index, { operation: operationOf(valueOf(event)) })}
      >
        ${operations().map(
          ({ value, label }) =>
            html`<option value=${value} ?selected=${value === filter.operation}>${label}</option>`,
        )}
      </select>
      <input
        type="text"
        aria-label=${t('Value of filter {number}', { number })}
        placeholder=${t('Value')}
        .value=${live(filter.value ?? '')}
        @input=${(event: Event) => this.#edit(index, { value: valueOf(event) })}
      />
      <button
        type="button"
        class="icon-button small"
        aria-label=${t('Remove filter {number}', { number })}
        @click=${() => this.#change(this.filters.filter((_, at) => at !== index))}
      >
        <fs-icon name="close"></fs-icon>
      </button>
    </div>`
  }

  /** A stored field that cannot be chosen any more still shows. */
  #fieldChoices(present: string): readonly Choice[] {
    const isKnown = this.fields.some((field) => field.value === present)
    return isKnown ? this.fields : [{ value: present, label: present }, ...this.fields]
  }

  #add(): void {
    const field = this.fields[0]?.value
    if (field !== undefined)
      this.#change([...this.filters, { field, operation: 'equals', value: '' }])
  }

  #edit(index: number, change: Partial<Filter>): void {
    this.#change(
      this.filters.map((filter, at) => (at === index ? { ...filter, ...change } : filter)),
    )
  }

  #change(filters: readonly Filter[]): void {
    this.emit('filters-change', { filters })
  }
}

function operations(): readonly { readonly value: Operation; readonly label: string }[] {
  return [
    { value: 'equals', label: t('equals') },
    { value: 'notEqual', label: t('does not equal') },
    { value: 'lessThan', label: t('is less than') },
    { value: 'greaterThan', label: t('is greater than') },
    { value: 'lessOrEqual', label: t('is at most') },
    { value: 'greaterOrEqual', label: t('is at least') },
    { value: 'contains', label: t('contains') },
    { value: 'notContain', label: t('does not contain') },
    { value: 'startsWith', label: t('starts with') },
    { value: 'includes', label: t('includes') },
    { value: 'excludes', label: t('excludes') },
  ]
}

function operationOf(value: string): Operation {
  return operations().find((entry) => entry.value === value)?.value ?? 'equals'
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-filters': FsSetupFilters
  }
}
