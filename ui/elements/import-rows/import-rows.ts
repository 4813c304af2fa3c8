/** What becomes, or became, of each row of an import, by verdict and page by page. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { PropertyValues } from 'lit'
import { imports } from '../../api.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import type { ImportRow, ImportRows, RowVerdict } from '../../base/wire-imports.ts'
import '../problem/problem.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'
import '../skeleton/skeleton.ts'
import '../tabs/tabs.ts'
import { importRowsStyles } from './import-rows.styles.ts'

const cellsShown = 4

@customElement('fs-import-rows')
export class FsImportRows extends FsElement {
  static override styles = importRowsStyles

  @property() app = ''
  @property() object = ''
  @property({ attribute: 'import-id' }) importId = ''
  @property() of: 'import' | 'undo' = 'import'
  @property({ attribute: false }) columns: readonly string[] = []
  /** How many rows there are of each verdict; those of none are not offered. */
  @property({ attribute: false }) counts: Readonly<Record<RowVerdict, number>> | undefined
  /** Rows that were found were deleted, not changed. */
  @property({ type: Boolean }) deletes = false
  /** The rows are those of a rehearsal: nothing has happened yet. */
  @property({ type: Boolean }) rehearsal = false
  @state() private verdict: RowVerdict | '' = ''
  @state() private rows: readonly ImportRow[] | undefined
  @state() private next: number | null = null
  @state() private failure: unknown

  protected override willUpdate(changed: PropertyValues): void {
    const isOther = ['importId', 'of', 'counts'].some((name) => changed.has(name))
    if (!isOther || this.importId === '') return
    this.verdict = (this.counts?.refused ?? 0) > 0 ? 'refused' : ''
    void this.#load()
  }

  async #load(): Promise<void> {
    this.rows = undefined
    await this.#add([], 0)
  }

  async #add(before: readonly ImportRow[], from: number): Promise<void> {
    const { verdict } = this
    try {
      let page: ImportRows = { rows: [], next: from }
      // Pages of a long file may hold none of this verdict.
      while (page.rows.length === 0 && page.next !== null) {
        page = await imports.rows(this.importId, { verdict, from: page.next, of: this.of })
      }
      if (verdict !== this.verdict) return
      this.rows = [...before, ...page.rows]
      this.next = page.next
      this.failure = undefined
    } catch (error) {
      this.failure = error
    }
  }

  protected override render(): unknown {
    if (this.failure !== undefined) {
      return html`<fs-problem
        .error=${this.failure}
        @retry=${() => void this.#load()}
      ></fs-problem>`
    }
    return html`
      <fs-tabs
        .label=${t('Rows')}
        .tabs=${this.#tabs()}
        .selected=${this.verdict}
        @tab-change=${(event: CustomEvent<string>) => this.#show(event.detail)}
      ></fs-tabs>
      ${this.rows === undefined ? html`<fs-skeleton lines="6"></fs-skeleton>` : this.#table(this.rows)}
      ${
        this.next === null || this.rows === undefined
          ? nothing
          : html`<button
              class="button"
              @click=${() => void this.#add(this.rows ?? [], this.next ?? 0)}
            >
              ${t('Show more rows')}
            </button>`
      }
    `
  }

  #tabs(): readonly { readonly id: string; readonly label: string }[] {
    const { counts } = this
    const all = (['refused', 'created', 'changed'] as const).filter(
      (verdict) => (counts?.[verdict] ?? 0) > 0,
    )
    return [
      { id: '', label: t('All rows') },
      ...all.map((verdict) => ({ id: verdict, label: this.#word(verdict) })),
    ]
  }

  #word(verdict: RowVerdict): string {
    if (verdict === 'refused') return t('Refused')
    if (this.of === 'undo') return t('Taken back')
    if (verdict === 'created') return this.rehearsal ? t('Would be added') : t('Added')
    if (this.deletes) return this.rehearsal ? t('Would be deleted') : t('Deleted')
    return this.rehearsal ? t('Would change') : t('Changed')
  }

  #show(verdict: string): void {
    this.verdict = verdict as RowVerdict | ''
    void this.#load()
  }

  #table(rows: readonly ImportRow[]): unknown {
    if (rows.length === 0) return html`<p class="soft none">${t('There are no such rows.')}</p>`
    return html`<fs-setup-table
      .caption=${t('Rows of the file')}
      .columns=${this.#columns()}
      .rows=${rows}
      .rowKey=${(row: ImportRow) => `${row.row} ${row.id}`}
    ></fs-setup-table>`
  }

  #columns(): readonly Column<ImportRow>[] {
    const figure = (row: ImportRow): unknown => row.row
    const shown = this.of === 'undo' ? [] : this.columns.slice(0, cellsShown)
    return [
      { key: 'row', label: t('Row'), numeric: true, cell: figure },
      { key: 'verdict', label: t('What happens'), cell: (row) => this.#verdict(row) },
      ...shown.map((label, index) => ({
        key: `cell ${index}`,
        label,
        cell: (row: ImportRow): unknown => row.cells[index] ?? '',
      })),
    ]
  }

  #verdict({ verdict, id, problems }: ImportRow): unknown {
    const word = this.#word(verdict)
    const named =
      id === '' ? word : html`<a href=${paths.record(this.app, this.object, id)}>${word}</a>`
    if (verdict !== 'refused') return html`<span>${named}</span>`
    return html`<div>
      <span class="chip danger">${named}</span>
      <ul role="list">
        ${problems.map(
          ({ message, fields }) =>
            html`<li>
              ${message}${
                fields.length === 0
                  ? nothing
                  : html` <span class="soft">${fields.join(', ')}</span>`
              }
            </li>`,
        )}
      </ul>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-import-rows': FsImportRows
  }
}
