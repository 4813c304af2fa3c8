/** Which values of a dependent picklist go with which controlling value: a grid of boxes. Fires `matrix-change`. */
import { html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { allowCells, isAllowed } from '../../setup/dependency-matrix.ts'
import type { Matrix } from '../../setup/dependency-matrix.ts'
import { isChecked } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { setupMatrixStyles } from './setup-matrix.styles.ts'

export interface MatrixValue {
  readonly name: string
  readonly label: string
}

@customElement('fs-setup-matrix')
export class FsSetupMatrix extends FsElement {
  static override styles = [formStyles, setupMatrixStyles]

  @property({ attribute: false }) matrix: Matrix = new Map()
  /** Rows. */
  @property({ attribute: false }) values: readonly MatrixValue[] = []
  /** Columns. */
  @property({ attribute: false }) controlling: readonly MatrixValue[] = []

  protected override render(): unknown {
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${t('Dependent values')}>
      <table>
        <thead>
          <tr>
            <td></td>
            ${this.controlling.map(
              (column) =>
                html`<th scope="col">
                  ${column.label}
                  <button
                    type="button"
                    class="button link small"
                    aria-label=${t('All values for {name}', { name: column.label })}
                    @click=${() => this.#toggleColumn(column.name)}
                  >
                    ${t('All')}
                  </button>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.values.map((row) => this.#row(row))}
        </tbody>
      </table>
    </div>`
  }

  #row(row: MatrixValue): unknown {
    return html`<tr>
      <th scope="row">${row.label}</th>
      ${this.controlling.map(
        (column) =>
          html`<td>
            <label>
              <input
                type="checkbox"
                aria-label=${t('{value} for {controlling}', {
                  value: row.label,
                  controlling: column.label,
                })}
                .checked=${live(isAllowed(this.matrix, row.name, column.name))}
                @change=${(event: Event) => this.#set([row.name], [column.name], isChecked(event))}
              />
            </label>
          </td>`,
      )}
    </tr>`
  }

  #toggleColumn(controlling: string): void {
    const names = this.values.map((value) => value.name)
    const isFull = names.every((name) => isAllowed(this.matrix, name, controlling))
    this.#set(names, [controlling], !isFull)
  }

  #set(values: readonly string[], controlling: readonly string[], allowed: boolean): void {
    this.emit('matrix-change', {
      matrix: allowCells(this.matrix, { values, controlling }, allowed),
    })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-matrix': FsSetupMatrix
  }
}
