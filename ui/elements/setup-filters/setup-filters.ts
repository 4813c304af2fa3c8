/** Conditions, one row each: field, comparison, and a value or another field. Fires `filters-change`. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { SummaryFilter } from '../../setup/computed-draft.ts'
import { optionList, valueOf } from '../../setup/form-controls.ts'
import type { Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../icon/icon.ts'
import { setupFiltersStyles } from './setup-filters.styles.ts'

type Filter = SummaryFilter
type Operation = Filter['operation']

@customElement('fs-setup-filters')
export class FsSetupFilters extends FsElement {
  static override styles = [formStyles, setupFiltersStyles]

  @property() heading = ''
  @property() hint = ''
  @property({ attribute: false }) fields: readonly Choice[] = []
  /** What a field may be compared with in place of a value; values alone when empty. */
  @property({ attribute: false }) valueFields: readonly Choice[] = []
  @property({ attribute: false }) filters: readonly Filter[] = []
  /** What is wrong with a filter, by its position. */
  @property({ attribute: false }) problems: ReadonlyMap<number, string> = new Map()
  /** Shows the numbers by which filters are combined. */
  @property({ type: Boolean }) numbered = false

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select, button')?.focus()
  }

  protected override render(): unknown {
    return html`
      <h3>${this.heading || t('Filters')}</h3>
      ${this.hint === '' ? nothing : html`<p class="hint">${this.hint}</p>`}
      ${this.filters.map((filter, index) => this.#row(filter, index))}
      <button
        type="button"
        class="button"
        ?disabled=${this.fields.length === 0}
        @click=${() => this.#add()}
      >
        <fs-icon name="plus"></fs-icon>${t('Add filter')}
      </button>
    `
  }

  #row(filter: Filter, index: number): unknown {
    const number = index + 1
    const problem = this.problems.get(index)
    const kinds = this.valueFields.length > 0 || filter.valueField !== undefined
    return html`<div class="row ${kinds ? 'kinds' : ''}">
        ${this.numbered ? html`<span class="number" aria-hidden="true">${number}</span>` : nothing}
        <select
          aria-label=${t('Field of filter {number}', { number })}
          aria-invalid=${problem === undefined ? 'false' : 'true'}
          @change=${(event: Event) => this.#edit(index, { field: valueOf(event) })}
        >
          ${optionList(withPresent(this.fields, filter.field), filter.field)}
        </select>
        <select
          aria-label=${t('Comparison of filter {number}', { number })}
          @change=${(event: Event) => this.#edit(index, { operation: operationOf(valueOf(event)) })}
        >
          ${optionList(operations(), filter.operation)}
        </select>
        ${kinds ? this.#kind(filter, index) : nothing}
        ${filter.valueField === undefined ? this.#value(filter, index) : this.#valueField(filter, index)}
        <button
          type="button"
          class="icon-button small"
          aria-label=${t('Remove filter {number}', { number })}
          @click=${() => this.#change(this.filters.filter((_, at) => at !== index))}
        >
          <fs-icon name="close"></fs-icon>
        </button>
      </div>
      ${problem === undefined ? nothing : html`<p class="error" role="status">${problem}</p>`}`
  }

  #kind(filter: Filter, index: number): unknown {
    const choices = [
      { value: 'value', label: t('the value') },
      { value: 'field', label: t('the field') },
    ]
    const chosen = filter.valueField === undefined ? 'value' : 'field'
    return html`<select
      aria-label=${t('What filter {number} compares with', { number: index + 1 })}
      @change=${(event: Event) => this.#setKind(index, valueOf(event))}
    >
      ${optionList(choices, chosen)}
    </select>`
  }

  #value(filter: Filter, index: number): unknown {
    return html`<input
      type="text"
      aria-label=${t('Value of filter {number}', { number: index + 1 })}
      placeholder=${t('Value')}
      .value=${live(filter.value ?? '')}
      @input=${(event: Event) => this.#edit(index, { value: valueOf(event) })}
    />`
  }

  #valueField(filter: Filter, index: number): unknown {
    const present = filter.valueField ?? ''
    return html`<select
      aria-label=${t('Other field of filter {number}', { number: index + 1 })}
      @change=${(event: Event) => this.#edit(index, { valueField: valueOf(event) })}
    >
      ${optionList(withPresent(this.valueFields, present), present)}
    </select>`
  }

  #setKind(index: number, kind: string): void {
    const first = this.valueFields[0]?.value ?? ''
    this.#change(
      this.filters.map((filter, at) => {
        if (at !== index) return filter
        const { field, operation } = filter
        return kind === 'field'
          ? { field, operation, valueField: first }
          : { field, operation, value: '' }
      }),
    )
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

/** A stored field that cannot be chosen any more still shows. */
function withPresent(fields: readonly Choice[], present: string): readonly Choice[] {
  const isKnown = fields.some((field) => field.value === present)
  return isKnown ? fields : [{ value: present, label: present }, ...fields]
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
