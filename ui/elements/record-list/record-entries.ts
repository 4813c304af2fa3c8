/** The rows of a list where there is no room for a table: two lines each. */
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { isEmpty } from '../../base/formats.ts'
import { recordName } from '../../base/record-names.ts'
import { chosenOf, isSelected, noSelection, withoutRows, withRows } from '../../base/selection.ts'
import type { Selection } from '../../base/selection.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, WireRecord } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { recordEntriesStyles } from './record-entries.styles.ts'
import { renderAllBox, renderCell, renderName, renderRowBox } from './render-cell.ts'
import { renderRowMenu } from './row-menu.ts'

const fieldsShownMax = 4

/** Fires `record-pick`, `selection-change`, `load-more`, and `row-change` after a row's menu did something. */
@customElement('fs-record-entries')
export class FsRecordEntries extends FsElement {
  static override styles = recordEntriesStyles

  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) fields: readonly FieldInfo[] = []
  @property({ attribute: false }) rows: readonly WireRecord[] = []
  @property({ type: Boolean }) more = false
  @property({ attribute: false }) context: ValueContext | undefined
  @property({ attribute: false }) selection: Selection = noSelection
  @property() label = ''
  @property({ type: Boolean }) picks = false
  @property({ type: Boolean }) selects = false

  protected override render(): unknown {
    const { object, context } = this
    if (!object || !context) return nothing
    const more = html`<button class="button more" @click=${() => this.emit('load-more')}>
      ${t('Load more')}
    </button>`
    return html`${this.selects ? this.#all() : nothing}
      <ul class="entries" role="list" aria-label=${this.label}>
        ${repeat(
          this.rows,
          (row) => row.Id,
          (row) => this.#entry(row, object, context),
        )}
      </ul>
      ${this.more ? more : nothing}`
  }

  #all(): unknown {
    const { rows, selection } = this
    const chosen = chosenOf(selection, rows)
    const toggle = (): void => {
      const next = chosen === 'all' ? withoutRows(selection, rows) : withRows(selection, rows)
      this.emit<Selection>('selection-change', next)
    }
    const label = html`<span class="small soft">${t('Select all loaded rows')}</span>`
    return html`<div class="all">${renderAllBox({ chosen, label, toggle })}</div>`
  }

  #entry(row: WireRecord, object: ObjectScreen, context: ValueContext): unknown {
    const second = this.fields.filter((field) => field.nameField !== true)
    const shown = second.filter((field) => !isEmpty(row[field.name])).slice(0, fieldsShownMax)
    const cell = { object, context, picks: this.picks }
    const name = recordName(object.describe, row)
    return html`<li>
      ${this.selects ? this.#box(row, name) : nothing}
      <div class="entry">
        ${
          this.picks
            ? html`<button
                class="button link name"
                @click=${() => this.emit<WireRecord>('record-pick', row)}
              >
                ${name}
              </button>`
            : renderName(row, cell)
        }
        <dl>
          ${shown.map(
            (field) =>
              html`<div>
                <dt>${field.label}</dt>
                <dd>${renderCell(field, row, cell)}</dd>
              </div>`,
          )}
        </dl>
      </div>
      ${this.picks ? nothing : this.#menu(row, object, context)}
    </li>`
  }

  #box(row: WireRecord, name: string): unknown {
    const { selection } = this
    const checked = isSelected(selection, row)
    const toggle = (): void => {
      const next = checked ? withoutRows(selection, [row]) : withRows(selection, [row])
      this.emit<Selection>('selection-change', next)
    }
    return renderRowBox({ name, checked, toggle })
  }

  #menu(row: WireRecord, { describe }: ObjectScreen, { app }: ValueContext): unknown {
    return renderRowMenu({ describe, row, app, changed: () => void this.emit('row-change') })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-entries': FsRecordEntries
  }
}
