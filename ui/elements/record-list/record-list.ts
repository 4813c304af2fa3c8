/** A list of records: a virtualised grid where there is room, two-line entries where there is not. */
import '@vaadin/grid'
import '@vaadin/grid/vaadin-grid-sort-column.js'
import type { Grid, GridDataProvider } from '@vaadin/grid'
import { columnBodyRenderer, columnHeaderRenderer } from '@vaadin/grid/lit.js'
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import type { LookupPlace } from '../../api.ts'
import { FsElement } from '../../base/element.ts'
import { isEmpty, isFigure } from '../../base/formats.ts'
import { fieldOf } from '../../base/form-state.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { recordName } from '../../base/record-names.ts'
import { columnPaths } from '../../base/soql.ts'
import { t } from '../../base/text.ts'
import type { FieldInfo, ObjectScreen, WireRecord } from '../../base/wire.ts'
import { plainValue, renderValue } from '../field-value/render-value.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../problem/problem.ts'
import '../skeleton/skeleton.ts'
import { columnWidth } from './column-width.ts'
import { pickListeners } from './pick-rows.ts'
import { recordListStyles } from './record-list.styles.ts'
import { renderRowMenu } from './row-menu.ts'
import { pageRows, RowSource } from './row-source.ts'

export interface SortOrder {
  readonly field: string
  readonly direction: 'asc' | 'desc'
}

export interface RowsState {
  readonly count: number
  readonly more: boolean
  readonly at: Date
}

const refreshPauseMs = 400
const narrow = '(max-width: 720px)'

/**
 * Fires `sort-change` with the wanted order, `rows-change` after each load, `record-pick` with the picked row.
 * Slot: what stands there when there are no rows.
 */
@customElement('fs-record-list')
export class FsRecordList extends FsElement {
  static override styles = recordListStyles

  @property({ attribute: false }) object: ObjectScreen | undefined
  @property({ attribute: false }) columns: readonly string[] = []
  @property({ attribute: false }) scope: string | null = null
  @property({ attribute: false }) where: readonly string[] = []
  @property({ attribute: false }) orderBy: readonly SortOrder[] = []
  @property({ attribute: false }) within: LookupPlace | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  @property({ attribute: 'list-label' }) listLabel = ''
  /** Rows are picked, not opened: no links, no menus. */
  @property({ type: Boolean }) picks = false
  @state() private source: RowSource | undefined
  @state() private failure: unknown
  @state() private isNarrow = matchMedia(narrow).matches
  readonly #listeners = pickListeners((row) => this.emit<WireRecord>('record-pick', row))
  #loaded = false
  #stop: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #sortTimer: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    const media = matchMedia(narrow)
    const follow = (): void => {
      this.isNarrow = media.matches
    }
    media.addEventListener('change', follow)
    this.#stop = [
      () => media.removeEventListener('change', follow),
      live.onRecord((event) => {
        if (event.object === this.object?.describe.name) this.#refreshSoon()
      }),
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stop) stop()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues): void {
    const keys = ['object', 'columns', 'scope', 'where', 'orderBy', 'within']
    if (!keys.some((key) => changed.has(key)) || !this.object) return
    const query = {
      object: this.object.describe.name,
      fields: this.#fields().flatMap(columnPaths),
      scope: this.scope,
      where: this.where,
      orderBy: this.orderBy,
      within: this.within,
    }
    if (JSON.stringify(query) === JSON.stringify(this.source?.query)) return
    this.source = new RowSource(query)
    this.#loaded = false
    void this.refresh()
  }

  /** Asks for the rows again, keeping place and length. */
  async refresh(): Promise<void> {
    const { source } = this
    if (!source) return
    try {
      await source.refresh()
      this.failure = undefined
    } catch (error) {
      this.failure = error
    }
    if (source !== this.source) return
    if (this.failure === undefined) this.#show()
  }

  // Many changes in a row (an import) are one refresh.
  #refreshSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.refresh(), refreshPauseMs)
  }

  #show(): void {
    const source = this.source
    if (!source) return
    this.#loaded = true
    this.requestUpdate()
    this.#grid?.clearCache()
    this.emit<RowsState>('rows-change', {
      count: source.rows.length,
      more: source.more,
      at: new Date(),
    })
  }

  get #grid(): Grid<WireRecord> | null {
    return this.renderRoot.querySelector<Grid<WireRecord>>('vaadin-grid')
  }

  #fields(): readonly FieldInfo[] {
    const describe = this.object?.describe
    if (!describe) return []
    return this.columns.flatMap((name) => fieldOf(describe, name) ?? [])
  }

  protected override render(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.refresh()}
      ></fs-problem>`
    }
    const source = this.source
    if (!source || !this.#loaded) return html`<fs-skeleton lines="10"></fs-skeleton>`
    if (source.rows.length === 0) return html`<slot></slot>`
    return this.isNarrow ? this.#entries(source) : this.#table()
  }

  #table(): unknown {
    return html`<vaadin-grid
      aria-label=${this.listLabel}
      .dataProvider=${this.#provider}
      .pageSize=${pageRows}
      .multiSort=${false}
      @sorter-changed=${() => this.#sorted()}
      @click=${this.picks ? this.#listeners.click : null}
      @keydown=${this.picks ? this.#listeners.keydown : null}
    >
      ${repeat(
        this.#fields(),
        (field) => field.name,
        (field, index) => this.#column(field, index),
      )}
      ${this.picks ? nothing : this.#menuColumn()}
    </vaadin-grid>`
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

  #column(field: FieldInfo, index: number): unknown {
    const order = this.orderBy[0]
    const direction = order?.field === field.name ? order.direction : null
    const body = columnBodyRenderer<WireRecord>(
      (row) => html`${this.#cell(field, row)}`,
      [this.context, field],
    )
    const align = isFigure(field) ? 'end' : 'start'
    const width = columnWidth(field)
    if (field.sortable === false) {
      return html`<vaadin-grid-column
        resizable
        .header=${field.label}
        .textAlign=${align}
        .width=${width}
        ?frozen=${index === 0}
        ${body}
      ></vaadin-grid-column>`
    }
    return html`<vaadin-grid-sort-column
      resizable
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
    const { context, object } = this
    if (!context || !object) return nothing
    return field.nameField === true ? this.#name(row) : this.#value(field, row, context)
  }

  // A link would lead away from where the row is picked for.
  #value(field: FieldInfo, row: WireRecord, context: ValueContext): unknown {
    if (this.picks) return plainValue(field, row, context)
    return renderValue(field, row, { ...context, dense: true })
  }

  #name(row: WireRecord): unknown {
    const { name: object = '' } = this.object?.describe ?? {}
    const name = this.object ? recordName(this.object.describe, row) : ''
    if (this.picks) {
      // In the grid the row itself listens; as an entry the name is the button.
      const pick = (): boolean => this.emit<WireRecord>('record-pick', row)
      return this.isNarrow
        ? html`<button class="button link name" @click=${pick}>${name}</button>`
        : html`<span class="name pick">${name}</span>`
    }
    const path = paths.record(this.context?.app ?? 'all', object, row.Id ?? '')
    return html`<a class="name" href=${path}>${name}</a>`
  }

  readonly #provider: GridDataProvider<WireRecord> = (request, answer) => {
    const source = this.source
    if (!source) return
    const start = request.page * request.pageSize
    const give = (): void => {
      const rows = source.rows.slice(start, start + request.pageSize)
      // The one row beyond the end is what the grid asks for when it is scrolled to.
      answer([...rows], source.rows.length + (source.more ? 1 : 0))
    }
    if (start < source.rows.length || !source.more) give()
    else void this.#more(source).then(give)
  }

  async #more(source: RowSource): Promise<void> {
    try {
      await source.loadMore()
    } catch (error) {
      this.failure = error
    }
    this.requestUpdate()
    this.emit<RowsState>('rows-change', {
      count: source.rows.length,
      more: source.more,
      at: new Date(),
    })
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

  #rowMenu(row: WireRecord): unknown {
    if (!this.object) return nothing
    const { describe } = this.object
    const changed = (): void => void this.refresh()
    return renderRowMenu({ describe, row, app: this.context?.app ?? 'all', changed })
  }

  #entries(source: RowSource): unknown {
    const second = this.#fields().filter((field) => field.nameField !== true)
    return html`<ul class="entries" role="list" aria-label=${this.listLabel}>
        ${repeat(
          source.rows,
          (row) => row.Id,
          (row) => this.#entry(row, second),
        )}
      </ul>
      ${
        source.more
          ? html`<button class="button more" @click=${() => void this.#more(source)}>
              ${t('Load more')}
            </button>`
          : nothing
      }`
  }

  #entry(row: WireRecord, second: readonly FieldInfo[]): unknown {
    const { context, object } = this
    if (!context || !object) return nothing
    const shown = second.filter((field) => !isEmpty(row[field.name])).slice(0, 4)
    return html`<li>
      <div class="entry">
        ${this.#name(row)}
        <dl>
          ${shown.map(
            (field) =>
              html`<div>
                <dt>${field.label}</dt>
                <dd>${this.#value(field, row, context)}</dd>
              </div>`,
          )}
        </dl>
      </div>
      ${this.picks ? nothing : this.#rowMenu(row)}
    </li>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-list': FsRecordList
  }
}
