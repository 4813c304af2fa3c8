/** Fields and relationships of an object: the list, and what can be done with each field. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata, records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { JournalEntry } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/icon/icon.ts'
import '../elements/setup-field-actions/setup-field-actions.ts'
import type { FieldTask } from '../elements/setup-field-actions/setup-field-actions.ts'
import '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import type { ObjectBody } from './component-bodies.ts'
import { fieldColumns } from './field-columns.ts'
import { deletedFields, fieldRows } from './field-rows.ts'
import type { DeletedField, FieldRow } from './field-rows.ts'
import { searchControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { formatMoment } from './format-moment.ts'
import type { ObjectPart } from './object-tabs.ts'
import { setupPath } from './setup-route.ts'
import { partStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-fields')
export class FsSetupFields extends FsElement implements ObjectPart {
  static override styles = [formStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private rows: readonly FieldRow[] | undefined
  @state() private journal: readonly JournalEntry[] = []
  @state() private problem = ''
  @state() private search = ''
  @state() private task: FieldTask | undefined
  #hasActed = false
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('body') && this.body !== undefined) void this.#load(this.body)
  }

  async #load(body: ObjectBody): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [describe, usage, journal] = await Promise.all([
        records.describe(this.object),
        metadata.usage(this.object),
        metadata.journal(),
      ])
      if (!isLatest()) return
      this.rows = fieldRows(body, describe.fields, usage)
      this.journal = journal
      this.problem = ''
      await this.updateComplete
      this.#keepFocus()
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  // The row that the dialog was opened from may be gone.
  #keepFocus(): void {
    if (this.#hasActed && document.activeElement === document.body)
      this.renderRoot.querySelector('h2')?.focus()
    this.#hasActed = false
  }

  protected override render(): unknown {
    return html`
      <div class="bar">
        <h2 tabindex="-1">${t('Fields and relationships')}</h2>
        <span class="grow"></span>
        ${searchControl({
          label: t('Find a field'),
          value: this.search,
          onInput: (search) => (this.search = search),
        })}
        <a class="button primary" href=${setupPath({ page: 'new-field', object: this.object })}>
          <fs-icon name="plus"></fs-icon>${t('New field')}
        </a>
      </div>
      ${this.problem === '' ? this.#list() : problemNotice(this.problem)}
      <fs-setup-field-actions
        .object=${this.object}
        .task=${this.task}
        @task-done=${() => (this.task = undefined)}
        @object-changed=${() => (this.#hasActed = true)}
      ></fs-setup-field-actions>
    `
  }

  #list(): unknown {
    if (this.rows === undefined) return html`<fs-skeleton lines="10"></fs-skeleton>`
    const wanted = this.search.trim().toLowerCase()
    const rows = this.rows.filter((row) =>
      `${row.label} ${row.name} ${row.type}`.toLowerCase().includes(wanted),
    )
    return html`
      <p class="visually-hidden" role="status">
        ${t('{count, plural, one {# field} other {# fields}}', { count: rows.length })}
      </p>
      <div class="panel">
        ${
          rows.length === 0
            ? html`<fs-empty-state
                icon="search"
                .heading=${t('No field matches')}
                .text=${t('Try a part of its label, API name or type.')}
              ></fs-empty-state>`
            : html`<fs-setup-table
                .caption=${t('Fields')}
                .columns=${fieldColumns(this.object, (task) => (this.task = task))}
                .rows=${rows}
                .rowKey=${(row: FieldRow) => row.name}
              ></fs-setup-table>`
        }
      </div>
      ${this.#deleted(this.rows)}
    `
  }

  #deleted(rows: readonly FieldRow[]): unknown {
    const names = rows.map((row) => row.name)
    const deleted = deletedFields(this.object, names, this.journal)
    if (deleted.length === 0) return nothing
    return html`<section class="panel">
      <header><h2>${t('Deleted fields')}</h2></header>
      <fs-setup-table
        .caption=${t('Deleted fields')}
        .columns=${this.#deletedColumns()}
        .rows=${deleted}
        .rowKey=${(row: DeletedField) => row.name}
      ></fs-setup-table>
    </section>`
  }

  #deletedColumns(): unknown {
    return [
      {
        key: 'name',
        label: t('API name'),
        cell: ({ name }: DeletedField) => html`<span class="mono">${name}</span>`,
      },
      {
        key: 'at',
        label: t('Deleted'),
        cell: ({ entry }: DeletedField) =>
          t('{when} by {name}', { when: formatMoment(entry.at), name: entry.by.name }),
      },
      {
        key: 'restore',
        label: t('Restore'),
        labelHidden: true,
        cell: ({ name, entry }: DeletedField) =>
          html`<button
            class="button"
            @click=${() => (this.task = { kind: 'restore', name, entry: entry.number })}
          >
            <fs-icon name="undo"></fs-icon>${t('Restore')}
          </button>`,
      },
    ]
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-fields': FsSetupFields
  }
}
