/** The rows of a list as a virtualised grid: sorting by its headings, choosing rows, picking one. */
import '@vaadin/grid'
import '@vaadin/grid/vaadin-grid-sort-column.js'
import type { GridDataProvider } from '@vaadin/grid'
import { columnBodyRenderer, columnHeaderRenderer } from '@vaadin/grid/lit.js'
import { html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { isFigure } from '../../base/formats.ts'
import { recordName } from '../../base/record-names.ts'
import { recordTypeField, screenOfType } from '../../base/record-types.ts'
import { cellError, draftedFields, shownRow } from '../../base/row-drafts.ts'
import { editableNames } from '../../base/row-forms.ts'
import { chosenOf, isSelected, noSelection, withoutRows, withRows } from '../../base/selection.ts'
import type { Selection } from '../../base/selection.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, WireRecord } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { columnWidth } from './column-width.ts'
import { editListeners } from './edit-keys.ts'
import { pickListeners } from './pick-rows.ts'
import { recordGridStyles } from './record-grid.styles.ts'
import { renderAllBox, renderCell, renderDraftCell, renderRowBox } from './render-cell.ts'
import { renderRowMenu } from './row-menu.ts'
import { pageRows, type RowSource } from './row-source.ts'
import type { NextCell, ShownDrafts, WantedCell } from './row-editing.ts'
import { afterToggle, rowKeys } from './select-rows.ts'

export interface SortOrder {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

/** Fires `sort-change`, `record-pick`, `selection-change`, `cell-edit`, and `row-change` after a row's menu did something. */
@customElement('fs-record-grid')
export class FsRecordGrid extends FsElement {
  static override styles = recordGridStyles

  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) fields: readonly FieldInfo[] = []
  @property({ attribute: false }) source: RowSource | undefined
  /** As many as are loaded: tells that there are more of them. */
  @property({ type: Number }) count = 0
  /** Asks for the next rows of the source. */
  @property({ attribute: false }) loadMore: () => Promise<void> = () => Promise.resolve()
  @property({ attribute: false }) orderBy: readonly SortOrder[] = []
  @property({ attribute: false }) context: ValueContext | undefined
  @property({ attribute: false }) selection: Selection = noSelection
  @property() label = ''
  @property({ type: Boolean }) picks = false
  @property({ type: Boolean }) selects = false
  /** Cells may be edited in place. */
  @property({ type: Boolean }) edits = false
  @property({ attribute: false }) shown: ShownDrafts | undefined
  readonly #picking = pickListeners((row) => this.emit<WireRecord>('record-pick', row))
  readonly #choosing = rowKeys({
    toggle: (row) => this.#toggle(row),
    all: () => this.#select(withRows(this.selection, this.#rows)),
  })
  readonly #editing = editListeners({ open: (cell) => this.#open(cell.row, cell.field) })
  readonly #keys = {
    capture: true,
    handleEvent: (event: Event): void => {
      if (this.selects) this.#choosing.handleEvent(event)
      if (this.edits && !event.defaultPrevented) this.#editing.keydown.handleEvent(event)
    },
  }
  #lastToggled = ''
  #sortTimer: ReturnType<typeof setTimeout> | undefined

  /** The rows of the source are others now. */
  clearCache(): void {
    this.renderRoot.querySelector('vaadin-grid')?.clearCache()
  }

  get #rows(): readonly WireRecord[] {
    return this.source?.rows ?? []
  }

  protected override render(): unknown {
    return html`<vaadin-grid
      aria-label=${this.label}
      .dataProvider=${this.#provider}
      .pageSize=${pageRows}
      .multiSort=${false}
      .itemIdPath=${'Id'}
      .selectedItems=${[...this.selection.values()]}
      @sorter-changed=${() => this.#sorted()}
      @click=${this.picks ? this.#picking.click : null}
      @keydown=${this.picks ? this.#picking.keydown : this.#keys}
      @dblclick=${this.edits ? this.#editing.dblclick : null}
    >
      ${this.selects ? this.#boxColumn() : nothing}
      ${repeat(
        this.fields,
        (field) => field.name,
        (field, index) => this.#column(field, index),
      )}
      ${this.picks ? nothing : this.#menuColumn()}
    </vaadin-grid>`
  }

  #boxColumn(): unknown {
    const [rows, { selection }] = [this.#rows, this]
    const chosen = chosenOf(selection, rows)
    const toggle = (): void => {
      this.#select(chosen === 'all' ? withoutRows(selection, rows) : withRows(selection, rows))
    }
    return html`<vaadin-grid-column
      width="52px"
      flex-grow="0"
      frozen
      ${columnHeaderRenderer(
        () => html`${renderAllBox({ chosen, label: undefined, toggle })}`,
        [chosen, rows, selection],
      )}
      ${columnBodyRenderer<WireRecord>((row) => html`${this.#box(row)}`, [selection])}
    ></vaadin-grid-column>`
  }

  #box(row: WireRecord): unknown {
    if (!this.object) return nothing
    return renderRowBox({
      name: recordName(this.object.describe, row),
      checked: isSelected(this.selection, row),
      toggle: (event) => this.#toggle(row, event instanceof MouseEvent && event.shiftKey),
    })
  }

  #toggle(row: WireRecord, isRange = false): void {
    const [rows, { selection }] = [this.#rows, this]
    const from = isRange ? this.#lastToggled : ''
    this.#lastToggled = row.Id ?? ''
    this.#select(afterToggle({ rows, selection }, row, from))
  }

  #select(selection: Selection): void {
    this.emit<Selection>('selection-change', selection)
  }

  #menuColumn(): unknown {
    const heading = html`<span class="visually-hidden">${t('Actions')}</span>`
    return html`<vaadin-grid-column
      width="52px"
      flex-grow="0"
      frozen-to-end
      ${columnHeaderRenderer(() => heading, [])}
      ${columnBodyRenderer<WireRecord>((row) => html`${this.#rowMenu(row)}`, [this.object])}
    ></vaadin-grid-column>`
  }

  #rowMenu(row: WireRecord): unknown {
    if (!this.object) return nothing
    const { describe } = this.object
    const changed = (): void => void this.emit('row-change')
    return renderRowMenu({ describe, row, app: this.context?.app ?? 'all', changed })
  }

  #column(field: FieldInfo, index: number): unknown {
    const order = this.orderBy[0]
    const direction = order?.field === field.name ? order.direction : null
    const body = columnBodyRenderer<WireRecord>(
      (row) => html`${this.#cell(field, row)}`,
      [this.context, field, this.edits, this.shown],
    )
    const align = isFigure(field) ? 'end' : 'start'
    const width = columnWidth(field)
    if (field.sortable === false) {
      return html`<vaadin-grid-column
        resizable
        id=${field.name}
        .header=${field.label}
        .textAlign=${align}
        .width=${width}
        ?frozen=${index === 0}
        ${body}
      ></vaadin-grid-column>`
    }
    return html`<vaadin-grid-sort-column
      resizable
      id=${field.name}
      .path=${field.name}
      .header=${field.label}
      .textAlign=${align}
      .width=${width}
      .direction=${direction}
      ?frozen=${index === 0}
      ${body}
    ></vaadin-grid-sort-column>`
  }

  #cell(field: FieldInfo, row: WireRecord): unknown {
    const { context, object, picks } = this
    if (!context || !object) return nothing
    if (picks && field.nameField === true) {
      // The row itself listens.
      return html`<span class="name pick">${recordName(object.describe, row)}</span>`
    }
    const cell = { object, context, picks }
    if (picks || !this.edits) return renderCell(field, row, cell)
    const draft = this.shown?.drafts.get(row.Id ?? '')
    return renderDraftCell({
      field,
      row: shownRow(row, draft, this.shown?.names ?? new Map()),
      cell,
      isDrafted: draftedFields(draft).includes(field.name),
      error: cellError(draft, field.name),
      isEditable: this.#mayEdit(row, field),
      edit: () => void this.#open(row, field.name),
    })
  }

  #mayEdit(row: WireRecord, field: FieldInfo): boolean {
    if (!this.object) return false
    return editableNames(screenOfType(this.object, row[recordTypeField])).has(field.name)
  }

  /** False where there is nothing to edit. */
  #open(row: WireRecord, name: string): boolean {
    const field = this.fields.find((one) => one.name === name)
    const anchor = this.#cellOf(row.Id ?? '', name)
    if (!field || !anchor || !this.#mayEdit(row, field)) return false
    this.emit<WantedCell>('cell-edit', { row, field, anchor })
    return true
  }

  #cellOf(id: string, field: string): Element | undefined {
    const cells = this.renderRoot.querySelectorAll<HTMLElement>('.cell')
    const found = [...cells].find(({ dataset }) => dataset['row'] === id && dataset['of'] === field)
    return found?.closest('vaadin-grid-cell-content') ?? undefined
  }

  /** After a cell was edited: the next one of the row that can be, or the cell itself has the focus again. */
  goOn({ id, field, next }: NextCell): void {
    const row = this.#rows.find((one) => one.Id === id)
    if (!row) return
    const names = this.fields.filter((one) => this.#mayEdit(row, one)).map((one) => one.name)
    const at = names.indexOf(field) + (next === 'back' ? -1 : 1)
    const other = next === 'stay' ? undefined : names[at]
    if (other !== undefined && this.#open(row, other)) return
    // The grid's own cell around the content is what has the focus while one moves with the arrows.
    const cell = this.#cellOf(id, field)?.assignedSlot?.parentElement
    cell?.scrollIntoView({ block: 'nearest' })
    cell?.focus()
  }

  readonly #provider: GridDataProvider<WireRecord> = (request, answer) => {
    const { source } = this
    if (!source) return
    const start = request.page * request.pageSize
    const give = (): void => {
      const rows = source.rows.slice(start, start + request.pageSize)
      // The one row beyond the end is what the grid asks for when it is scrolled to.
      answer([...rows], source.rows.length + (source.more ? 1 : 0))
    }
    if (start < source.rows.length || !source.more) give()
    else void this.loadMore().then(give)
  }

  // One click changes two sorters, the new one and the one before: what they say together counts.
  #sorted(): void {
    clearTimeout(this.#sortTimer)
    this.#sortTimer = setTimeout(() => this.#announceSort())
  }

  #announceSort(): void {
    const sorters = [...this.renderRoot.querySelectorAll('vaadin-grid-sorter')]
    const active = sorters.find((sorter) => sorter.direction)
    const wanted =
      active?.path && active.direction
        ? { field: active.path, direction: active.direction }
        : undefined
    const [present] = this.orderBy
    const same = wanted?.field === present?.field && wanted?.direction === present?.direction
    if (!same) this.emit<SortOrder | undefined>('sort-change', wanted)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-grid': FsRecordGrid
  }
}
