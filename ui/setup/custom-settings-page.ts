/** Custom settings: what holds for everybody, for a profile and for one user, each row made and changed here. */
import { consume } from '@lit/context'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { appContext } from '../base/app-context.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import type { Edit } from '../base/form-state.ts'
import { formatValue } from '../base/formats.ts'
import { setPageTitle } from '../base/navigation.ts'
import { formatOf } from '../base/page-element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { AppScreen, FieldInfo, Value } from '../base/wire.ts'
import type { EditorContext } from '../editors/editor-element.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/dialog/dialog.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/field-editor/field-editor.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-table/setup-table.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { ObjectBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { selectControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { componentColumns, namedTable } from './named-table.ts'
import { loadSetting, type Setting, type SettingRow } from './setting-rows.ts'
import { loadAll, type Component } from './setup-api.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

interface Draft {
  /** Undefined for a new row. */
  readonly row: SettingRow | undefined
  readonly ownerId: string
  readonly values: ReadonlyMap<string, Value>
}

@customElement('fs-setup-custom-settings-page')
export class FsSetupCustomSettingsPage extends FsElement {
  static override styles = [
    formStyles,
    setupPageStyles,
    css`
      form {
        display: grid;
        gap: var(--fs-space-3);
      }
    `,
  ]

  @property({ attribute: false }) route: SetupRoute | undefined
  @consume({ context: appContext, subscribe: true })
  @state()
  private screen: AppScreen | undefined
  @state() private settings: readonly Component<ObjectBody>[] | undefined
  @state() private setting: Setting | undefined
  @state() private draft: Draft | undefined
  @state() private problem = ''
  @state() private refused = ''
  readonly #turns = new Turns()

  get #name(): string | undefined {
    return this.route?.page === 'custom-settings' ? this.route.name : undefined
  }

  get #title(): string {
    return this.#name === undefined ? t('Custom settings') : (this.setting?.object.label ?? '')
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    const isFirst = this.settings === undefined && this.setting === undefined
    if (changed.has('route') || (changed.has('screen') && isFirst)) void this.#load()
  }

  async #load(): Promise<void> {
    const name = this.#name
    // Which objects are settings stands in the screen's own list of objects.
    if (this.screen === undefined) return
    this.draft = undefined
    this.setting = undefined
    this.problem = ''
    const isLatest = this.#turns.next()
    try {
      if (name === undefined) {
        const all = await loadAll('CustomObject', (one) => this.#isSetting(one))
        if (!isLatest()) return
        this.settings = all.filter(({ body }) => body.customSettingsType === 'Hierarchy')
      } else {
        const setting = await loadSetting(name)
        if (!isLatest()) return
        this.setting = setting
      }
      setPageTitle(this.#title, t('Setup'))
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  #isSetting(name: string): boolean {
    return this.screen?.objects.find((one) => one.name === name)?.customSetting === true
  }

  protected override render(): unknown {
    const isList = this.#name === undefined
    return html`
      <fs-page-header .heading=${this.#title} .above=${t('Setup')} icon="adjustments">
        ${isList ? nothing : crumbs([{ label: t('Custom settings'), route: { page: 'custom-settings' } }])}
        ${isList || this.setting === undefined ? nothing : this.#newButton()}
      </fs-page-header>
      ${problemNotice(this.problem)} ${isList ? this.#list() : this.#rows()} ${this.#dialog()}
    `
  }

  #newButton(): unknown {
    return html`<button slot="actions" class="button primary" @click=${() => this.#edit(undefined)}>
      <fs-icon name="plus"></fs-icon>${t('New values')}
    </button>`
  }

  #list(): unknown {
    if (this.settings === undefined) return this.#waiting()
    return namedTable({
      caption: t('Custom settings'),
      columns: componentColumns<ObjectBody>((name) => ({ page: 'custom-settings', name })),
      rows: this.settings,
      empty: {
        icon: 'adjustments',
        heading: t('No custom settings'),
        text: t('A custom setting holds values that formulas and rules ask for.'),
      },
    })
  }

  #waiting(): unknown {
    return this.problem === '' ? html`<fs-skeleton lines="6"></fs-skeleton>` : nothing
  }

  #rows(): unknown {
    const { setting } = this
    if (setting === undefined) return this.#waiting()
    return html`<div class="panel">
      ${
        setting.rows.length === 0
          ? html`<fs-empty-state
              icon="adjustments"
              .heading=${t('No values yet')}
              .text=${t('Begin with the default for everybody; profiles and users may differ from it.')}
            ></fs-empty-state>`
          : html`<fs-setup-table
              .caption=${setting.object.label}
              .columns=${this.#columns(setting)}
              .rows=${setting.rows}
              .rowKey=${(row: SettingRow) => row.id}
            ></fs-setup-table>`
      }
    </div>`
  }

  #columns({ fields }: Setting): readonly Column<SettingRow>[] {
    const format = formatOf(this.screen)
    return [
      { key: 'owner', label: t('Holds for'), cell: (row) => row.owner },
      ...fields.map((field) => ({
        key: field.name,
        label: field.label,
        cell: (row: SettingRow) => formatValue(row.record[field.name], field, format),
      })),
      {
        key: 'actions',
        label: t('Actions'),
        labelHidden: true,
        numeric: true,
        cell: (row) => html`
          <button
            class="button"
            aria-label=${t('Edit {name}', { name: row.owner })}
            @click=${() => this.#edit(row)}
          >
            ${t('Edit')}
          </button>
          <button
            class="button"
            aria-label=${t('Delete {name}', { name: row.owner })}
            @click=${() => void this.#remove(row)}
          >
            ${t('Delete')}
          </button>
        `,
      },
    ]
  }

  #edit(row: SettingRow | undefined): void {
    const { setting } = this
    if (setting === undefined) return
    const taken = new Set(setting.rows.map((one) => one.ownerId))
    const free = setting.owners.find((owner) => !taken.has(owner.value))
    const values = setting.fields.map((field): [string, Value] => [
      field.name,
      row?.record[field.name] ?? (field.type === 'boolean' ? false : null),
    ])
    this.refused = ''
    this.draft = { row, ownerId: row?.ownerId ?? free?.value ?? '', values: new Map(values) }
  }

  #dialog(): unknown {
    const { draft, setting } = this
    const isOpen = draft !== undefined && setting !== undefined
    return html`<fs-dialog
      .heading=${draft?.row === undefined ? t('New values') : draft.row.owner}
      .open=${isOpen}
      @dialog-close=${() => (this.draft = undefined)}
    >
      ${isOpen ? this.#form(draft, setting) : nothing}
    </fs-dialog>`
  }

  #form(draft: Draft, setting: Setting): unknown {
    const taken = new Set(setting.rows.map((row) => row.ownerId))
    return html`<form
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#save(draft, setting)
      }}
      @value-changed=${(event: CustomEvent<Edit>) => this.#change(event.detail)}
    >
      ${problemNotice(this.refused)}
      ${
        draft.row === undefined
          ? selectControl({
              name: 'owner',
              label: t('Holds for'),
              value: draft.ownerId,
              choices: setting.owners.filter((owner) => !taken.has(owner.value)),
              onInput: (ownerId) => (this.draft = { ...draft, ownerId }),
            })
          : nothing
      }
      ${setting.fields.map((field) => this.#editor(field, draft, setting))}
      <div class="bar">
        <button type="submit" class="button primary">${t('Save')}</button>
        <button type="button" class="button" @click=${() => (this.draft = undefined)}>
          ${t('Cancel')}
        </button>
      </div>
    </form>`
  }

  #editor(field: FieldInfo, draft: Draft, { object }: Setting): unknown {
    const { screen } = this
    if (screen === undefined) return nothing
    const context: EditorContext = {
      object,
      screen,
      app: '',
      format: formatOf(screen),
      record: draft.row?.record,
      values: draft.values,
      errors: new Map(),
      isNew: draft.row === undefined,
    }
    return html`<fs-field-editor
      .field=${field}
      .value=${draft.values.get(field.name) ?? null}
      .context=${context}
    ></fs-field-editor>`
  }

  #change({ field, value, unreadable }: Edit): void {
    if (this.draft === undefined) return
    if (unreadable !== undefined) {
      this.refused = unreadable
      return
    }
    this.refused = ''
    this.draft = { ...this.draft, values: new Map(this.draft.values).set(field, value) }
  }

  async #save({ row, ownerId, values }: Draft, { object }: Setting): Promise<void> {
    if (this.refused !== '') return
    const body = Object.fromEntries(values)
    try {
      if (row === undefined) await records.create(object.name, { ...body, SetupOwnerId: ownerId })
      else await records.update(object.name, row.id, body)
      showToast({ kind: 'success', text: t('The values were saved.') })
      await this.#load()
    } catch (error) {
      this.refused = errorText(error)
    }
  }

  async #remove(row: SettingRow): Promise<void> {
    const isSure = await confirm({
      heading: t('Delete {name}', { name: row.owner }),
      text: t('The more general values hold again.'),
      confirmLabel: t('Delete'),
      cancelLabel: t('Cancel'),
      danger: true,
    })
    const { setting } = this
    if (!isSure || setting === undefined) return
    try {
      await records.remove(setting.object.name, row.id)
      await this.#load()
    } catch (error) {
      this.problem = errorText(error)
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-custom-settings-page': FsSetupCustomSettingsPage
  }
}
