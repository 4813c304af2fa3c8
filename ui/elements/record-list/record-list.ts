/** A list of records: a grid where there is room, two-line entries where there is not; its rows can be worked on. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { LookupPlace } from '../../api.ts'
import { FsElement } from '../../base/element.ts'
import { fieldOf } from '../../base/form-state.ts'
import { live } from '../../base/live.ts'
import { nameFieldInfo } from '../../base/record-names.ts'
import { recordTypeField } from '../../base/record-types.ts'
import { followRows, noSelection } from '../../base/selection.ts'
import type { Selection } from '../../base/selection.ts'
import { columnPaths } from '../../base/soql.ts'
import type { FieldInfo, ObjectScreen } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../problem/problem.ts'
import '../skeleton/skeleton.ts'
import './record-entries.ts'
import './record-grid.ts'
import type { SortOrder } from './record-grid.ts'
import { recordListStyles } from './record-list.styles.ts'
import type { NextCell, ShownDrafts, WantedCell } from './row-editing.ts'
import { RowSource, type RowQuery } from './row-source.ts'
import './selection-bar.ts'

export type { SortOrder }

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
  @state() private selection: Selection = noSelection
  @state() private shown: ShownDrafts | undefined
  @state() private isNarrow = matchMedia(narrow).matches
  #loaded = false
  #stop: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

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
    // Another view begins anew, even where it shows the same rows.
    if (changed.has('listLabel')) this.selection = noSelection
    const keys = ['object', 'columns', 'scope', 'where', 'orderBy', 'within']
    if (!keys.some((key) => changed.has(key)) || !this.object) return
    const query = this.#query(this.object)
    const before = this.source?.query
    if (JSON.stringify(query) === JSON.stringify(before)) return
    // Another order keeps what was chosen; other rows do not.
    if (before && !isSameList(query, before)) {
      this.selection = noSelection
      this.#editing?.discard()
    }
    this.source = new RowSource(query)
    this.#loaded = false
    void this.refresh()
  }

  #query({ describe }: ObjectScreen): RowQuery {
    const { scope, where, orderBy, within } = this
    // Whatever the columns are: rows are called by their names, and have a type.
    const always = [nameFieldInfo(describe)?.name, fieldOf(describe, recordTypeField)?.name]
    const fields = [...this.#fields().flatMap(columnPaths), ...always.flatMap((one) => one ?? [])]
    return { object: describe.name, fields, scope, where, orderBy, within }
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
    if (this.failure === undefined) this.#show(source)
  }

  // Many changes in a row (an import) are one refresh.
  #refreshSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.refresh(), refreshPauseMs)
  }

  #show(source: RowSource): void {
    this.#loaded = true
    this.selection = followRows(this.selection, source.rows, source.more)
    this.requestUpdate()
    this.renderRoot.querySelector('fs-record-grid')?.clearCache()
    this.#tell(source)
  }

  #tell({ rows, more }: RowSource): void {
    this.emit<RowsState>('rows-change', { count: rows.length, more, at: new Date() })
  }

  async #more(source: RowSource): Promise<void> {
    try {
      await source.loadMore()
    } catch (error) {
      this.failure = error
    }
    this.requestUpdate()
    this.#tell(source)
  }

  #fields(): readonly FieldInfo[] {
    const describe = this.object?.describe
    if (!describe) return []
    return this.columns.flatMap((name) => fieldOf(describe, name) ?? [])
  }

  /** Rows are chosen to be changed or deleted. */
  get #selects(): boolean {
    const { updateable = false, deletable = false } = this.object?.describe ?? {}
    return !this.picks && (updateable || deletable)
  }

  get #edits(): boolean {
    return !this.picks && !this.isNarrow && this.object?.describe.updateable === true
  }

  /** There as soon as a cell was edited for the first time. */
  get #editing() {
    return this.shown ? this.renderRoot.querySelector('fs-row-editing') : null
  }

  async #edit(cell: WantedCell): Promise<void> {
    await import('./row-editing.ts')
    await this.renderRoot.querySelector('fs-row-editing')?.open(cell)
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
    return html`${this.isNarrow ? this.#entries(source) : this.#table(source)}${this.#bar(source)}
    ${this.#drafts()}`
  }

  #drafts(): unknown {
    if (this.picks || !this.object?.describe.updateable) return nothing
    return html`<fs-row-editing
      .object=${this.object}
      .context=${this.context}
      @drafts-change=${(event: CustomEvent<ShownDrafts>) => (this.shown = event.detail)}
      @cell-next=${(event: CustomEvent<NextCell>) => void this.#goOn(event.detail)}
      @rows-worked=${() => void this.refresh()}
    ></fs-row-editing>`
  }

  async #goOn(next: NextCell): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector('fs-record-grid')?.goOn(next)
  }

  #table(source: RowSource): unknown {
    return html`<fs-record-grid
      .object=${this.object}
      .fields=${this.#fields()}
      .source=${source}
      .count=${source.rows.length}
      .loadMore=${() => this.#more(source)}
      .orderBy=${this.orderBy}
      .context=${this.context}
      .label=${this.listLabel}
      .picks=${this.picks}
      .selects=${this.#selects}
      .selection=${this.selection}
      .edits=${this.#edits}
      .shown=${this.shown}
      @selection-change=${(event: CustomEvent<Selection>) => this.#select(event)}
      @cell-edit=${(event: CustomEvent<WantedCell>) => void this.#edit(event.detail)}
      @row-change=${() => void this.refresh()}
    ></fs-record-grid>`
  }

  #entries(source: RowSource): unknown {
    return html`<fs-record-entries
      .object=${this.object}
      .fields=${this.#fields()}
      .rows=${source.rows}
      .more=${source.more}
      .context=${this.context}
      .label=${this.listLabel}
      .picks=${this.picks}
      .selects=${this.#selects}
      .selection=${this.selection}
      @selection-change=${(event: CustomEvent<Selection>) => this.#select(event)}
      @load-more=${() => void this.#more(source)}
      @row-change=${() => void this.refresh()}
    ></fs-record-entries>`
  }

  #bar(source: RowSource): unknown {
    if (this.selection.size === 0 || !this.#selects) return nothing
    return html`<fs-selection-bar
      .object=${this.object}
      .context=${this.context}
      .selection=${this.selection}
      .loaded=${source.rows}
      @selection-change=${(event: CustomEvent<Selection>) => this.#select(event)}
      @rows-worked=${() => void this.refresh()}
    ></fs-selection-bar>`
  }

  #select(event: CustomEvent<Selection>): void {
    event.stopPropagation()
    this.selection = event.detail
  }
}

/** The same rows, whatever their order and their columns. */
function isSameList(one: RowQuery, other: RowQuery): boolean {
  const key = ({ object, scope, where, within }: RowQuery): string =>
    JSON.stringify([object, scope, where, within])
  return key(one) === key(other)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-record-list': FsRecordList
  }
}
