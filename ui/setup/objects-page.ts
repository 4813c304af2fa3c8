/** The Object Manager: all objects with quick find. */
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { live } from '../base/live.ts'
import { setPageTitle } from '../base/navigation.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { ComponentSummary, JournalEntry } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { searchControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { lastChanges } from './setup-api.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { formatMoment } from './format-moment.ts'
import { problemNotice } from './problem-notice.ts'

interface ObjectRow {
  readonly name: string
  readonly label: string
  readonly isCustom: boolean
  readonly fields: number
  readonly last: JournalEntry | undefined
}

@customElement('fs-setup-objects-page')
export class FsSetupObjectsPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private rows: readonly ObjectRow[] | undefined
  @state() private problem = ''
  @state() private search = ''
  #stop: (() => void) | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('Object Manager'), t('Setup'))
    this.#stop = live.onModel(() => void this.#load())
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [objects, fields, journal] = await Promise.all([
        metadata.list('CustomObject'),
        metadata.list('CustomField'),
        metadata.journal(),
      ])
      if (!isLatest()) return
      this.rows = rowsOf(objects, fields, journal)
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('Object Manager')} .above=${t('Setup')} icon="cube">
        <div slot="actions">
          <a class="button primary" href=${setupPath({ page: 'new-object' })}>${t('New object')}</a>
        </div>
      </fs-page-header>
      ${this.problem === '' ? this.#list() : problemNotice(this.problem)}
    `
  }

  #list(): unknown {
    if (this.rows === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const wanted = this.search.trim().toLowerCase()
    const rows = this.rows.filter((row) =>
      `${row.label} ${row.name}`.toLowerCase().includes(wanted),
    )
    return html`
      <div class="bar">
        ${searchControl({
          label: t('Find an object'),
          value: this.search,
          onInput: (search) => (this.search = search),
        })}
        <span class="soft" role="status">
          ${t('{count, plural, one {# object} other {# objects}}', { count: rows.length })}
        </span>
      </div>
      <div class="panel">
        ${
          rows.length === 0
            ? html`<fs-empty-state
                icon="search"
                .heading=${t('No object matches')}
                .text=${t('Try a part of its label or API name.')}
              ></fs-empty-state>`
            : html`<fs-setup-table
                .caption=${t('Objects')}
                .columns=${columns()}
                .rows=${rows}
                .rowKey=${(row: ObjectRow) => row.name}
              ></fs-setup-table>`
        }
      </div>
    `
  }
}

function rowsOf(
  objects: readonly ComponentSummary[],
  fields: readonly ComponentSummary[],
  journal: readonly JournalEntry[],
): readonly ObjectRow[] {
  const counts = new Map<string, number>()
  for (const field of fields) {
    const object = field.fullName.split('.')[0] ?? ''
    counts.set(object, (counts.get(object) ?? 0) + 1)
  }
  const last = lastChanges(journal)
  return objects
    .map(({ fullName, label }) => ({
      name: fullName,
      label: label ?? fullName,
      isCustom: fullName.endsWith('__c'),
      fields: counts.get(fullName) ?? 0,
      last: last.get(fullName),
    }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
}

function columns(): readonly Column<ObjectRow>[] {
  return [
    {
      key: 'label',
      label: t('Label'),
      sortValue: (row) => row.label,
      cell: (row) =>
        html`<a href=${setupPath({ page: 'object', object: row.name, tab: 'fields' })}
          >${row.label}</a
        >`,
    },
    {
      key: 'name',
      label: t('API name'),
      sortValue: (row) => row.name,
      cell: (row) => html`<span class="mono">${row.name}</span>`,
    },
    {
      key: 'type',
      label: t('Type'),
      sortValue: (row) => (row.isCustom ? 1 : 0),
      cell: (row) =>
        row.isCustom
          ? html`<span class="chip accent">${t('Custom')}</span>`
          : html`<span class="chip">${t('Shipped')}</span>`,
    },
    {
      key: 'fields',
      label: t('Fields'),
      numeric: true,
      sortValue: (row) => row.fields,
      cell: (row) => row.fields,
    },
    {
      key: 'last',
      label: t('Last change'),
      sortValue: (row) => row.last?.at ?? '',
      cell: (row) =>
        row.last === undefined
          ? html`<span class="soft">—</span>`
          : html`<a href=${setupPath({ page: 'history', number: row.last.number })}
              >${formatMoment(row.last.at)}</a
            >`,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-objects-page': FsSetupObjectsPage
  }
}
