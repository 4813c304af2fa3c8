/** The list views of an object: columns and filters, each saved through a plan. */
import { html } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/setup-field-list/setup-field-list.ts'
import '../elements/setup-filters/setup-filters.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { ListViewBody, ObjectBody } from './component-bodies.ts'
import { deriveApiName } from './derive-name.ts'
import { columnFields, filterFields } from './field-choices.ts'
import type { Choice } from './form-controls.ts'
import { selectControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { deleteButton, memberPart } from './member-part.ts'
import { planMember, planMemberDelete } from './member-plan.ts'
import { apiNameColumn, namedTable } from './named-table.ts'
import type { ObjectPart } from './object-tabs.ts'
import { partStyles } from './setup-styles.ts'

const columnsMax = 15

@customElement('fs-setup-list-views')
export class FsSetupListViews extends FsElement implements ObjectPart {
  static override styles = [formStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private columns: readonly Choice[] = []
  @state() private filters: readonly Choice[] = []
  @state() private nameField = 'Name'
  @state() private problem = ''
  @state() private draft: ListViewBody | undefined
  @state() private isNew = false
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('object') && this.object !== '') void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const describe = await records.describe(this.object)
      if (!isLatest()) return
      this.columns = columnFields(describe)
      this.filters = filterFields(describe)
      this.nameField = describe.fields.find((field) => field.nameField)?.name ?? 'Name'
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return memberPart({
      heading: t('List views'),
      add: {
        label: t('New list view'),
        disabled: this.columns.length === 0,
        onStart: () => this.#start(),
      },
      problem: this.problem,
      content: this.draft === undefined ? this.#list() : this.#form(this.draft),
      makePlan: this.makePlan,
      onPlanClosed: () => (this.makePlan = undefined),
      onPlanApplied: () => this.#applied(),
    })
  }

  #list(): unknown {
    return namedTable({
      caption: t('List views'),
      columns: this.#tableColumns(),
      rows: this.body?.listViews ?? [],
      empty: {
        icon: 'list',
        heading: t('No list view yet'),
        text: t('The screens then list all records by name.'),
      },
    })
  }

  #tableColumns(): readonly Column<ListViewBody>[] {
    return [
      {
        key: 'label',
        label: t('Label'),
        sortValue: (row) => row.label ?? row.fullName,
        cell: (row) =>
          html`<button class="button link" @click=${() => this.#edit(row)}>
            ${row.label ?? row.fullName}
          </button>`,
      },
      apiNameColumn(t('Name')),
      {
        key: 'columns',
        label: t('Columns'),
        numeric: true,
        cell: (row) => row.columns?.length ?? 0,
      },
      {
        key: 'filters',
        label: t('Filters'),
        numeric: true,
        cell: (row) => row.filters?.length ?? 0,
      },
      {
        key: 'delete',
        label: t('Delete'),
        labelHidden: true,
        cell: (row) =>
          deleteButton(row.label ?? row.fullName, () => {
            this.makePlan = () => planMemberDelete(this.object, 'ListView', row.fullName)
          }),
      },
    ]
  }

  #start(): void {
    this.isNew = true
    const columns = [this.nameField]
    this.draft = { fullName: '', label: '', filterScope: 'Everything', columns }
  }

  #edit(view: ListViewBody): void {
    this.isNew = false
    this.draft = view
  }

  #form(view: ListViewBody): unknown {
    const label = view.label ?? view.fullName
    const isComplete = label.trim() !== '' && (view.columns ?? []).length > 0
    return html`<section class="panel">
      <header>
        <h2>${label.trim() === '' ? t('New list view') : label}</h2>
        <button class="button" @click=${() => (this.draft = undefined)}>${t('Cancel')}</button>
        <button
          class="button primary"
          ?disabled=${!isComplete}
          @click=${() => (this.makePlan = () => planMember(this.object, 'ListView', view))}
        >
          ${t('Review the plan')}
        </button>
      </header>
      <div class="padded fields">
        ${textControl({
          name: 'label',
          label: t('Label'),
          value: view.label ?? '',
          required: true,
          onInput: (value) => this.#set(value),
        })}
        ${selectControl({
          name: 'filterScope',
          label: t('Whose records'),
          value: view.filterScope ?? 'Everything',
          choices: [
            { value: 'Everything', label: t('All that the person may read') },
            { value: 'Mine', label: t('Their own') },
          ],
          onInput: (value) =>
            (this.draft = { ...view, filterScope: value === 'Mine' ? 'Mine' : 'Everything' }),
        })}
        <fs-setup-field-list
          .label=${t('Columns in order')}
          .choices=${this.columns}
          .chosen=${view.columns ?? []}
          .max=${columnsMax}
          @fields-change=${(event: CustomEvent<{ fields: readonly string[] }>) =>
            (this.draft = { ...view, columns: event.detail.fields })}
        ></fs-setup-field-list>
        <fs-setup-filters
          .fields=${this.filters}
          .filters=${view.filters ?? []}
          @filters-change=${(event: CustomEvent<{ filters: ListViewBody['filters'] }>) =>
            (this.draft = { ...view, filters: event.detail.filters ?? [] })}
        ></fs-setup-filters>
      </div>
    </section>`
  }

  #set(label: string): void {
    if (this.draft === undefined) return
    const fullName = this.isNew ? deriveApiName(label, '') : this.draft.fullName
    this.draft = { ...this.draft, label, fullName }
  }

  #applied(): void {
    this.makePlan = undefined
    this.draft = undefined
    showToast({ kind: 'success', text: t('The list views were saved.') })
    this.emit('object-changed')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-list-views': FsSetupListViews
  }
}
