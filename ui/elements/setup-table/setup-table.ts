/**
 * A plain, sortable table for the lists of Setup; on narrow screens each row becomes a card whose
 * cells carry their column's label.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { chipStyles, tableStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { t, textLanguage } from '../../base/text.ts'
import '../icon/icon.ts'
import '../menu/menu.ts'
import { setupTableStyles } from './setup-table.styles.ts'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  /** Figures are aligned at the end. */
  readonly numeric?: boolean
  /** Shown to assistive technology only (the column of row menus). */
  readonly labelHidden?: boolean
  /** What the column is sorted by; without it the column cannot be sorted. */
  sortValue?(row: Row): string | number
  cell(row: Row): unknown
}

interface Sorting {
  readonly key: string
  readonly descending: boolean
}

@customElement('fs-setup-table')
export class FsSetupTable<Row = unknown> extends FsElement {
  static override styles = [tableStyles, chipStyles, setupTableStyles]

  /** The table's name for assistive technology. */
  @property() caption = ''
  @property({ attribute: false }) columns: readonly Column<Row>[] = []
  @property({ attribute: false }) rows: readonly Row[] = []
  @property({ attribute: false }) rowKey: (row: Row) => unknown = (row) => row
  @state() private sorting: Sorting | undefined

  protected override render(): unknown {
    return html`<table class="table" role="table" aria-label=${this.caption}>
      <thead role="rowgroup">
        <tr role="row">
          ${this.columns.map((column) => this.#heading(column))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          this.#sorted(),
          (row) => this.rowKey(row),
          (row) => this.#row(row),
        )}
      </tbody>
    </table>`
  }

  #row(row: Row): unknown {
    return html`<tr role="row">
      ${this.columns.map(
        (column) =>
          html`<td
            role="cell"
            class=${column.numeric ? 'number' : ''}
            data-label=${column.labelHidden ? nothing : column.label}
          >
            ${column.cell(row)}
          </td>`,
      )}
    </tr>`
  }

  #heading(column: Column<Row>): unknown {
    const sorted = this.sorting?.key === column.key ? this.sorting : undefined
    const direction = sorted?.descending ? 'descending' : 'ascending'
    const isSortable = column.sortValue !== undefined
    const label = column.labelHidden
      ? html`<span class="visually-hidden">${column.label}</span>`
      : column.label
    return html`<th
      role="columnheader"
      scope="col"
      class=${column.numeric ? 'number' : ''}
      aria-sort=${sorted === undefined ? nothing : direction}
    >
      ${
        isSortable
          ? html`<button
              class="sort"
              title=${t('Sort by {column}', { column: column.label })}
              @click=${() => this.#sortBy(column)}
            >
              ${label}
              ${
                sorted === undefined
                  ? nothing
                  : html`<fs-icon name=${sorted.descending ? 'arrow-down' : 'arrow-up'}></fs-icon>`
              }
            </button>`
          : label
      }
    </th>`
  }

  #sortBy(column: Column<Row>): void {
    const isSame = this.sorting?.key === column.key
    const descending = isSame ? !this.sorting?.descending : column.numeric === true
    this.sorting = { key: column.key, descending }
  }

  #sorted(): readonly Row[] {
    const value = this.columns.find((column) => column.key === this.sorting?.key)?.sortValue
    if (value === undefined || this.sorting === undefined) return this.rows
    const sign = this.sorting.descending ? -1 : 1
    return this.rows.toSorted((one, other) => sign * compare(value(one), value(other)))
  }
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  const collator = new Intl.Collator(textLanguage(), { numeric: true, sensitivity: 'base' })
  return collator.compare(String(one), String(other))
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-table': FsSetupTable
  }
}
