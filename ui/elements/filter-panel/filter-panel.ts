/** Filters of a list: rows of field, operator and value; complete rows work at once. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import {
  filterKind,
  needsValue,
  operatorLabel,
  operatorsOf,
  relativeSpans,
} from '../../base/filters.ts'
import type { FilterOperator, FilterRow } from '../../base/filters.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo } from '../../base/wire.ts'
import '../icon/icon.ts'
import { filterPanelStyles } from './filter-panel.styles.ts'

/** Fires `filters-change` with the rows, and `close-panel`. */
@customElement('fs-filter-panel')
export class FsFilterPanel extends FsElement {
  static override styles = filterPanelStyles

  @property({ attribute: false }) fields: readonly FieldInfo[] = []
  @property({ attribute: false }) rows: readonly FilterRow[] = []

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select, .add')?.focus()
  }

  protected override render(): unknown {
    return html`<aside aria-label=${t('Filters')}>
      <header>
        <h2>${t('Filters')}</h2>
        <button
          class="icon-button"
          aria-label=${t('Close filters')}
          @click=${() => this.emit('close-panel')}
        >
          <fs-icon name="close"></fs-icon>
        </button>
      </header>
      <div class="rows">
        ${
          this.rows.length === 0
            ? html`<p class="soft">${t('No filter besides the view’s own.')}</p>`
            : this.rows.map((row, index) => this.#row(row, index))
        }
        <div class="button-row">
          <button class="button add" @click=${() => this.#add()}>
            <fs-icon name="plus"></fs-icon>${t('Add filter')}
          </button>
          ${
            this.rows.length > 0
              ? html`<button class="button quiet" @click=${() => this.#send([])}>
                  ${t('Clear all')}
                </button>`
              : nothing
          }
        </div>
      </div>
    </aside>`
  }

  get #choices(): readonly FieldInfo[] {
    return this.fields
      .filter((field) => filterKind(field) !== 'none')
      .toSorted((one, other) => one.label.localeCompare(other.label))
  }

  #row(row: FilterRow, index: number): unknown {
    const field = this.fields.find((one) => one.name === row.field)
    if (!field) return nothing
    return html`<fieldset>
      <legend class="visually-hidden">${t('Filter {number}', { number: index + 1 })}</legend>
      <div class="line">
        <label
          >${t('Field')}
          <select @change=${(event: Event) => this.#setField(index, selected(event))}>
            ${this.#choices.map(
              (one) =>
                html`<option value=${one.name} ?selected=${one.name === row.field}>
                  ${one.label}
                </option>`,
            )}
          </select>
        </label>
        <button
          class="icon-button"
          aria-label=${t('Remove the filter on {label}', { label: field.label })}
          @click=${() => this.#send(this.rows.filter((_, at) => at !== index))}
        >
          <fs-icon name="trash"></fs-icon>
        </button>
      </div>
      <label
        >${t('Operator')}
        <select
          @change=${(event: Event) =>
            this.#replace(index, { ...row, operator: selected(event) as FilterOperator })}
        >
          ${operatorsOf(field).map(
            (one) =>
              html`<option value=${one} ?selected=${one === row.operator}>
                ${operatorLabel(one, field)}
              </option>`,
          )}
        </select>
      </label>
      ${needsValue(row.operator) ? this.#value(row, index, field) : nothing}
    </fieldset>`
  }

  #value(row: FilterRow, index: number, field: FieldInfo): unknown {
    const kind = filterKind(field)
    const put = (values: readonly string[]): void => this.#replace(index, { ...row, values })
    if (kind === 'choice' || kind === 'choices') return this.#checks(row, field, put)
    if (row.operator === 'within') return this.#select(row, relativeSpans(), put)
    if (kind === 'truth') {
      const choices = [
        { value: 'true', label: t('Yes') },
        { value: 'false', label: t('No') },
      ]
      return this.#select(row, choices, put)
    }
    return html`<label
      >${t('Value')}
      <input
        type=${kind === 'day' ? 'date' : 'text'}
        inputmode=${kind === 'number' ? 'decimal' : 'text'}
        .value=${row.values[0] ?? ''}
        @change=${(event: Event) => put([selected(event)])}
      />
    </label>`
  }

  #select(
    row: FilterRow,
    choices: readonly { readonly value: string; readonly label: string }[],
    put: (values: readonly string[]) => void,
  ): unknown {
    return html`<label
      >${t('Value')}
      <select @change=${(event: Event) => put([selected(event)])}>
        <option value="" ?selected=${row.values.length === 0}>${t('Choose…')}</option>
        ${choices.map(
          (one) =>
            html`<option value=${one.value} ?selected=${one.value === row.values[0]}>
              ${one.label}
            </option>`,
        )}
      </select>
    </label>`
  }

  #checks(row: FilterRow, field: FieldInfo, put: (values: readonly string[]) => void): unknown {
    const toggle = (value: string): void =>
      put(
        row.values.includes(value)
          ? row.values.filter((one) => one !== value)
          : [...row.values, value],
      )
    return html`<div class="checks" role="group" aria-label=${t('Values')}>
      ${(field.picklistValues ?? []).map(
        (entry) =>
          html`<label class="check">
            <input
              type="checkbox"
              .checked=${row.values.includes(entry.value)}
              @change=${() => toggle(entry.value)}
            />${entry.label}
          </label>`,
      )}
    </div>`
  }

  #add(): void {
    const field = this.#choices[0]
    if (field) this.#send([...this.rows, startRow(field)])
  }

  #setField(index: number, name: string): void {
    const field = this.fields.find((one) => one.name === name)
    if (field) this.#replace(index, startRow(field))
  }

  #replace(index: number, row: FilterRow): void {
    this.#send(this.rows.with(index, row))
  }

  #send(rows: readonly FilterRow[]): void {
    this.emit('filters-change', rows)
  }
}

function startRow(field: FieldInfo): FilterRow {
  return { field: field.name, operator: operatorsOf(field)[0] ?? 'equals', values: [] }
}

function selected(event: Event): string {
  const target = event.target
  return target instanceof HTMLSelectElement || target instanceof HTMLInputElement
    ? target.value
    : ''
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-filter-panel': FsFilterPanel
  }
}
