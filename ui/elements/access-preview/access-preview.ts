/** Who would gain and lose what by a change that is not made yet: rights, and records counted person by person. */
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import type { AccessPreview } from '../../access-api.ts'
import { errorText } from '../../base/api-error.ts'
import { chipStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../icon/icon.ts'
import '../setup-table/setup-table.ts'
import type { Column } from '../setup-table/setup-table.ts'
import '../skeleton/skeleton.ts'
import { previewRows, rightText, type PreviewRow } from './preview-rows.ts'

@customElement('fs-access-preview')
export class FsAccessPreview extends FsElement {
  static override styles = [
    chipStyles,
    css`
      :host {
        display: block;
        margin-top: var(--fs-space-5);
      }
      h3 {
        margin-bottom: var(--fs-space-2);
      }
      ul {
        display: grid;
        gap: 6px;
        padding: 0;
        margin: 0 0 var(--fs-space-3);
        list-style: none;
      }
      li {
        overflow-wrap: anywhere;
      }
    `,
  ]

  /** Asks for the preview; a new function asks anew. */
  @property({ attribute: false }) load: (() => Promise<AccessPreview>) | undefined
  @state() private found: AccessPreview | undefined
  @state() private problem = ''

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('load')) void this.#ask()
  }

  async #ask(): Promise<void> {
    const { load } = this
    this.found = undefined
    this.problem = ''
    if (load === undefined) return
    try {
      const found = await load()
      if (this.load === load) this.found = found
    } catch (error) {
      if (this.load === load) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    if (this.load === undefined) return nothing
    return html`<section aria-labelledby="who" aria-busy=${this.#isAsking ? 'true' : 'false'}>
      <h3 id="who">${t('Who gains and who loses')}</h3>
      <div role="status">${this.#content()}</div>
    </section>`
  }

  get #isAsking(): boolean {
    return this.found === undefined && this.problem === ''
  }

  #content(): unknown {
    if (this.problem !== '') return html`<p>${this.problem}</p>`
    if (this.found === undefined)
      return html`<span class="visually-hidden">${t('Counting…')}</span
        ><fs-skeleton lines="3"></fs-skeleton>`
    const { rights, objects, uncounted, users } = this.found
    const rows = previewRows(this.found)
    return html`
      ${
        rights.length + rows.length + uncounted.length === 0
          ? html`<p>${t('Nobody sees or edits more or less than before.')}</p>`
          : nothing
      }
      ${
        rights.length === 0
          ? nothing
          : html`<ul>
              ${rights.map((right) => html`<li>${rightText(right)}</li>`)}
            </ul>`
      }
      ${
        rows.length === 0
          ? nothing
          : html`<fs-setup-table
              .caption=${t('Who gains and who loses')}
              .columns=${columns()}
              .rows=${rows}
              .rowKey=${(row: PreviewRow) => row.key}
            ></fs-setup-table>`
      }
      ${objects
        .filter(({ looked, records }) => looked < records)
        .map(
          ({ object, looked, records }) =>
            html`<p class="small soft">
              ${t('{object}: the newest {looked} of {records} records were counted.', { object, looked, records })}
            </p>`,
        )}
      ${
        users.looked < users.active
          ? html`<p class="small soft">
              ${t('{looked} of {active} active users were looked at.', { looked: users.looked, active: users.active })}
            </p>`
          : nothing
      }
      ${
        uncounted.length === 0
          ? nothing
          : html`<p class="small soft">
              ${t('Records cannot be counted while the same plan gives the tables new fields: {objects}.', { objects: uncounted.join(', ') })}
            </p>`
      }
    `
  }
}

function columns(): readonly Column<PreviewRow>[] {
  const counted = (key: 'read' | 'edit', label: string): Column<PreviewRow> => ({
    key,
    label,
    numeric: true,
    sortValue: (row) => row[key].gained - row[key].lost,
    cell: (row) => differenceText(row[key]),
  })
  return [
    { key: 'who', label: t('User'), sortValue: (row) => row.user, cell: (row) => row.user },
    {
      key: 'object',
      label: t('Object'),
      sortValue: (row) => row.object,
      cell: (row) => row.object,
    },
    counted('read', t('Sees')),
    counted('edit', t('Edits')),
  ]
}

function differenceText({ gained, lost }: PreviewRow['read']): unknown {
  if (gained + lost === 0) return '—'
  return html`${gained === 0 ? nothing : html`<span class="chip success">+${gained}</span>`}
  ${lost === 0 ? nothing : html`<span class="chip danger">−${lost}</span>`}`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-access-preview': FsAccessPreview
  }
}
