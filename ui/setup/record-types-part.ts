/** The record types of an object: values, use and layouts of each, saved through one plan. */
import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { chipStyles } from '../base/base-styles.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/setup-record-type/setup-record-type.ts'
import type {
  FsSetupRecordType,
  LimitedPicklist,
} from '../elements/setup-record-type/setup-record-type.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ObjectBody, RecordTypeBody } from './component-bodies.ts'
import type { Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { activeChip, deleteButton, memberPart } from './member-part.ts'
import { planMemberDelete } from './member-plan.ts'
import { apiNameColumn, namedTable } from './named-table.ts'
import type { ObjectPart } from './object-tabs.ts'
import { checkType, typeChanges, typeDraftOf, valuesOfField } from './record-type-draft.ts'
import type { RecordTypeDraft, TypeSurroundings } from './record-type-draft.ts'
import { layoutLabel, layoutsOf, loadAll, loadBody } from './setup-api.ts'
import { partStyles } from './setup-styles.ts'
import { loadValueSets } from './value-sets.ts'

interface Around extends Omit<TypeSurroundings, 'object'> {
  readonly picklists: readonly LimitedPicklist[]
  readonly layouts: readonly Choice[]
}

@customElement('fs-setup-record-types')
export class FsSetupRecordTypes extends FsElement implements ObjectPart {
  static override styles = [formStyles, chipStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private around: Around | undefined
  @state() private problem = ''
  @state() private draft: RecordTypeDraft | undefined
  @state() private isNew = false
  @state() private errors: DraftErrors = new Map()
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-record-type') private form!: FsSetupRecordType
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('body') && this.body !== undefined) void this.#load(this.body)
  }

  async #load(body: ObjectBody): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const around = await loadAround(body)
      if (!isLatest()) return
      this.around = around
      this.problem = ''
      const named = this.#types.find((type) => type.fullName === this.item)
      if (named !== undefined && this.draft === undefined) this.#edit(named)
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  get #types(): readonly RecordTypeBody[] {
    return this.body?.recordTypes ?? []
  }

  protected override render(): unknown {
    return memberPart({
      heading: t('Record types'),
      add:
        this.draft === undefined
          ? {
              label: t('New record type'),
              disabled: this.around === undefined,
              onStart: () => this.#edit(undefined),
            }
          : undefined,
      problem: this.problem,
      content: this.draft === undefined ? this.#list() : this.#editor(this.draft),
      makePlan: this.makePlan,
      onPlanClosed: () => (this.makePlan = undefined),
      onPlanApplied: () => this.#applied(),
    })
  }

  #list(): unknown {
    return namedTable({
      caption: t('Record types'),
      columns: this.#columns(),
      rows: this.#types,
      empty: {
        icon: 'apps',
        heading: t('No record type yet'),
        text: t(
          'Record types give the records of one object different picklist values and layouts.',
        ),
      },
    })
  }

  #columns(): readonly Column<RecordTypeBody>[] {
    const labelOf = (row: RecordTypeBody): string => row.label ?? row.fullName
    return [
      {
        key: 'label',
        label: t('Label'),
        sortValue: labelOf,
        cell: (row) =>
          html`<button
            class="button link"
            ?disabled=${this.around === undefined}
            @click=${() => this.#edit(row)}
          >
            ${labelOf(row)}
          </button>`,
      },
      apiNameColumn(),
      { key: 'description', label: t('Description'), cell: (row) => row.description ?? '—' },
      {
        key: 'picklists',
        label: t('Limited picklists'),
        numeric: true,
        cell: (row) => row.picklistValues?.length ?? 0,
      },
      {
        key: 'active',
        label: t('State'),
        cell: (row) => activeChip(row.active),
      },
      {
        key: 'delete',
        label: t('Delete'),
        labelHidden: true,
        cell: (row) =>
          deleteButton(labelOf(row), () => {
            this.makePlan = () => planMemberDelete(this.object, 'RecordType', row.fullName)
          }),
      },
    ]
  }

  #edit(type: RecordTypeBody | undefined): void {
    if (this.body === undefined || this.around === undefined) return
    this.isNew = type === undefined
    this.errors = new Map()
    this.draft = typeDraftOf(type, { ...this.around, object: this.body })
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.panel h2')?.focus(),
    )
  }

  #editor(draft: RecordTypeDraft): unknown {
    const { around, body } = this
    if (around === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const choices = (list: readonly { fullName: string; label: string }[]): readonly Choice[] =>
      list.map(({ fullName, label }) => ({ value: fullName, label }))
    return html`<section class="panel">
      <header>
        <h2 tabindex="-1">${this.isNew ? t('New record type') : draft.label}</h2>
        <button class="button" @click=${() => (this.draft = undefined)}>${t('Cancel')}</button>
        <button class="button primary" @click=${() => this.#review(draft)}>
          ${t('Review the plan')}
        </button>
      </header>
      <div class="padded">
        <fs-setup-record-type
          .isNew=${this.isNew}
          .draft=${draft}
          .errors=${this.errors}
          .picklists=${around.picklists}
          .layouts=${around.layouts}
          .compactLayouts=${(body?.compactLayouts ?? []).map(({ fullName, label }) => ({
            value: fullName,
            label: label ?? fullName,
          }))}
          .profiles=${choices(around.profiles)}
          .permissionSets=${choices(around.permissionSets)}
          @type-change=${(event: CustomEvent<{ change: Partial<RecordTypeDraft> }>) =>
            this.#set({ ...draft, ...event.detail.change })}
        ></fs-setup-record-type>
      </div>
    </section>`
  }

  #set(draft: RecordTypeDraft): void {
    this.draft = draft
    if (this.errors.size > 0) this.errors = this.#check(draft)
  }

  #check(draft: RecordTypeDraft): DraftErrors {
    return checkType(draft, this.isNew ? this.#types.map((type) => type.fullName) : [])
  }

  #review(draft: RecordTypeDraft): void {
    this.errors = this.#check(draft)
    if (this.errors.size > 0) return void this.updateComplete.then(() => this.form.focusErrors())
    this.makePlan = () => planType(this.object, draft)
  }

  #applied(): void {
    this.makePlan = undefined
    this.draft = undefined
    showToast({ kind: 'success', text: t('The record types were saved.') })
    this.emit('object-changed')
  }
}

async function loadAround(body: ObjectBody): Promise<Around> {
  const [profiles, permissionSets, layouts, sets] = await Promise.all([
    loadAll('Profile'),
    loadAll('PermissionSet'),
    layoutsOf(body.fullName),
    loadValueSets(),
  ])
  const valuesBySet = new Map(sets.map((set) => [set.fullName, set.body.customValue ?? []]))
  const picklists = (body.fields ?? [])
    .filter((field) => field.type === 'Picklist' || field.type === 'MultiselectPicklist')
    .map((field) => ({
      field: field.fullName,
      label: field.label ?? field.fullName,
      values: valuesOfField(field, valuesBySet),
    }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
  return {
    profiles,
    permissionSets,
    picklists,
    layouts: layouts.map(({ fullName }) => ({ value: fullName, label: layoutLabel(fullName) })),
  }
}

// Read afresh: somebody may have changed a profile or a permission set meanwhile.
async function planType(object: string, draft: RecordTypeDraft): Promise<Plan> {
  const [body, profiles, permissionSets] = await Promise.all([
    loadBody('CustomObject', object),
    loadAll('Profile'),
    loadAll('PermissionSet'),
  ])
  return metadata.plan(typeChanges(draft, { object: body, profiles, permissionSets }))
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-record-types': FsSetupRecordTypes
  }
}
