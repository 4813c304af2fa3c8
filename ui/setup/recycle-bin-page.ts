/** The recycle bin: deleted records of one object, newest first, to be taken back. */
import { consume } from '@lit/context'
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { AppScreen, WireRecord } from '../base/wire.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { deletedQuery, deletedRowOf } from './deleted-records.ts'
import type { DeletedRow } from './deleted-records.ts'
import { selectControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { formatMoment } from './format-moment.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-recycle-bin-page')
export class FsSetupRecycleBinPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private rows: readonly DeletedRow[] | undefined
  @state() private problem = ''
  #loaded = ''
  readonly #turns = new Turns()

  get #object(): string {
    const named = this.route?.page === 'recycle-bin' ? this.route.object : undefined
    return named ?? this.#objects[0]?.name ?? ''
  }

  get #objects(): AppScreen['objects'] {
    const objects = this.screen?.objects ?? []
    return objects.toSorted((one, other) => one.labelPlural.localeCompare(other.labelPlural))
  }

  protected override willUpdate(): void {
    setPageTitle(t('Recycle bin'), t('Setup'))
    if (this.#object === '' || this.#object === this.#loaded) return
    this.#loaded = this.#object
    void this.#load(this.#object)
  }

  async #load(object: string): Promise<void> {
    this.rows = undefined
    this.problem = ''
    const isLatest = this.#turns.next()
    try {
      const { fields } = await records.describe(object)
      const nameField = fields.find((field) => field.nameField)?.name ?? 'Id'
      const answer = await records.queryAll(deletedQuery(object, nameField))
      if (!isLatest()) return
      this.rows = answer.records.map((record: WireRecord) => deletedRowOf(record, nameField))
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header
        .heading=${t('Recycle bin')}
        .above=${t('Setup')}
        icon="trash"
      ></fs-page-header>
      <div class="bar">
        <div class="search">
          ${selectControl({
            name: 'object',
            label: t('Object'),
            value: this.#object,
            choices: this.#objects.map(({ name, labelPlural }) => ({
              value: name,
              label: labelPlural,
            })),
            onInput: (object) => void router.navigate(setupPath({ page: 'recycle-bin', object })),
          })}
        </div>
      </div>
      ${problemNotice(this.problem)}
      ${
        this.rows === undefined && this.problem === ''
          ? html`<fs-skeleton lines="6"></fs-skeleton>`
          : this.#list(this.rows ?? [])
      }
    `
  }

  #list(rows: readonly DeletedRow[]): unknown {
    return html`<div class="panel">
      ${
        rows.length === 0
          ? html`<fs-empty-state
              icon="trash"
              .heading=${t('Nothing was deleted')}
              .text=${t('Deleted records stay here until they are purged.')}
            ></fs-empty-state>`
          : html`<fs-setup-table
              .caption=${t('Deleted records')}
              .columns=${this.#columns()}
              .rows=${rows}
              .rowKey=${(row: DeletedRow) => row.id}
            ></fs-setup-table>`
      }
    </div>`
  }

  #columns(): readonly Column<DeletedRow>[] {
    return [
      { key: 'name', label: t('Name'), sortValue: (row) => row.name, cell: (row) => row.name },
      { key: 'id', label: t('Id'), cell: (row) => html`<span class="mono">${row.id}</span>` },
      {
        key: 'at',
        label: t('Last changed'),
        sortValue: (row) => row.at,
        cell: (row) => formatMoment(row.at),
      },
      { key: 'by', label: t('Last changed by'), sortValue: (row) => row.by, cell: (row) => row.by },
      {
        key: 'restore',
        label: t('Restore'),
        labelHidden: true,
        cell: (row) =>
          html`<button
            class="button"
            aria-label=${t('Restore {name}', { name: row.name })}
            @click=${() => void this.#restore(row)}
          >
            <fs-icon name="undo"></fs-icon>${t('Restore')}
          </button>`,
      },
    ]
  }

  async #restore(row: DeletedRow): Promise<void> {
    try {
      await records.restore(row.id)
      this.rows = this.rows?.filter((other) => other.id !== row.id)
      showToast({ kind: 'success', text: t('{name} is back.', { name: row.name }) })
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-recycle-bin-page': FsSetupRecycleBinPage
  }
}
