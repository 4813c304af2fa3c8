/** Value sets: lists of values that several picklists share or standard fields have; each is edited here and saved through a plan. */
import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/icon/icon.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-errors/setup-errors.ts'
import type { FsSetupErrors } from '../elements/setup-errors/setup-errors.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/setup-replace-value/setup-replace-value.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import '../elements/setup-values/setup-values.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ValueSetBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { asBody } from './field-changes.ts'
import { checkControl, textControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { componentColumns, namedTable } from './named-table.ts'
import { marksOfSet } from './picklist-values.ts'
import type { ValueMark, ValueRow } from './picklist-values.ts'
import { planComponent } from './plan-component.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { checkSet, relabelSet, valueSetDraftOf, valueSetOf } from './value-set-draft.ts'
import type { ValueSetDraft } from './value-set-draft.ts'
import { loadValueSets, valueSetFile, type ValueSet } from './value-sets.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-value-sets-page')
export class FsSetupValueSetsPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private sets: readonly ValueSet[] | undefined
  @state() private problem = ''
  @state() private draft: ValueSetDraft | undefined
  @state() private errors: DraftErrors = new Map()
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-errors') private summary!: FsSetupErrors
  readonly #turns = new Turns()

  get #name(): string | undefined {
    return this.route?.page === 'value-sets' ? this.route.name : undefined
  }

  get #isNew(): boolean {
    return this.#name === 'new'
  }

  get #set(): ValueSet | undefined {
    return this.sets?.find((one) => one.fullName === this.#name)
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    this.draft = undefined
    this.errors = new Map()
    try {
      const sets = await loadValueSets()
      if (!isLatest()) return
      this.sets = sets
      this.problem = ''
      if (this.#isNew) this.draft = valueSetDraftOf(undefined)
      else if (this.#set !== undefined) {
        this.draft = valueSetDraftOf(this.#set.body, this.#marks)
      }
      setPageTitle(this.#title, t('Setup'))
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  /** Standard sets alone decide what is closed, won and the like. */
  get #marks(): readonly ValueMark[] {
    return this.#set?.type === 'StandardValueSet' ? marksOfSet(this.#set.body.fullName) : []
  }

  get #title(): string {
    if (this.#name === undefined) return t('Value sets')
    return this.#isNew ? t('New value set') : (this.#set?.label ?? this.#name)
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${this.#title} .above=${t('Setup')} icon="list">
        ${
          this.#name === undefined
            ? html`<a
                slot="actions"
                class="button primary"
                href=${setupPath({ page: 'value-sets', name: 'new' })}
                ><fs-icon name="plus"></fs-icon>${t('New value set')}</a
              >`
            : crumbs([{ label: t('Value sets'), route: { page: 'value-sets' } }])
        }
      </fs-page-header>
      ${this.#content()}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        .confirmName=${this.#name ?? ''}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.sets === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (this.#name === undefined) return this.#list(this.sets)
    if (this.draft === undefined)
      return html`<fs-empty-state
        icon="search"
        .heading=${t('There is no such value set')}
      ></fs-empty-state>`
    return this.#form(this.draft)
  }

  #list(sets: readonly ValueSet[]): unknown {
    return namedTable({
      caption: t('Value sets'),
      columns: columns(),
      rows: sets,
      empty: {
        icon: 'list',
        heading: t('No value set yet'),
        text: t('Picklists of several objects can share one list of values.'),
      },
    })
  }

  #form(draft: ValueSetDraft): unknown {
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#review()
      }}
    >
      <header>
        <h2>${t('Details')}</h2>
        <a class="button" href=${setupPath({ page: 'value-sets' })}>${t('Cancel')}</a>
        <button class="button primary">${t('Review the plan')}</button>
      </header>
      <div class="padded">
        <fs-setup-errors
          .errors=${this.errors}
          @error-select=${(event: CustomEvent<{ name: string }>) =>
            this.renderRoot.querySelector<HTMLElement>(`#${event.detail.name}`)?.focus()}
        ></fs-setup-errors>
        <div class="fields">${this.#identity(draft)}</div>
      </div>
      <div class="padded">
        <div class="bar">
          <h3>${t('Values')}</h3>
          <span class="grow"></span>
          ${this.#isNew ? nothing : this.#replace(draft)}
        </div>
        <fs-setup-values
          id="set-values"
          .values=${draft.values}
          .marks=${this.#marks}
          .error=${this.errors.get('set-values') ?? ''}
          ?show-faults=${this.errors.has('set-values')}
          @values-change=${(event: CustomEvent<{ values: readonly ValueRow[] }>) =>
            this.#change({ values: event.detail.values })}
        ></fs-setup-values>
      </div>
    </form>`
  }

  #replace(draft: ValueSetDraft): unknown {
    return html`<fs-setup-replace-value
      type=${this.#set?.type ?? 'GlobalValueSet'}
      .fullName=${draft.fullName}
      .values=${(this.#set?.body.customValue ?? []).map(({ fullName, label }) => ({
        value: fullName,
        label: label ?? fullName,
      }))}
      @object-changed=${() => void this.#load()}
    ></fs-setup-replace-value>`
  }

  /** The sets of standard fields are known by their names alone. */
  #identity(draft: ValueSetDraft): unknown {
    const isOwn = this.#set?.type !== 'StandardValueSet'
    return html`
      ${isOwn ? this.#label(draft) : nothing}
      ${textControl({
        name: 'set-name',
        label: t('API name'),
        value: draft.fullName,
        error: this.errors.get('set-name'),
        required: true,
        disabled: !this.#isNew,
        mono: true,
        onInput: (fullName) => this.#change({ fullName, nameDerived: fullName === '' }),
      })}
      ${isOwn ? this.#description(draft) : nothing}
      ${checkControl({
        name: 'set-sorted',
        label: t('Show in the order of the labels'),
        checked: draft.sorted,
        onInput: (sorted) => this.#change({ sorted }),
      })}
    `
  }

  #label(draft: ValueSetDraft): unknown {
    return textControl({
      name: 'set-label',
      label: t('Label'),
      value: draft.label,
      error: this.errors.get('set-label'),
      required: true,
      lengthMax: 80,
      onInput: (label) => this.#change(relabelSet(draft, label)),
    })
  }

  #description(draft: ValueSetDraft): unknown {
    return textControl({
      name: 'set-description',
      label: t('Description'),
      value: draft.description,
      lengthMax: 255,
      onInput: (description) => this.#change({ description }),
    })
  }

  #change(change: Partial<ValueSetDraft>): void {
    if (this.draft === undefined) return
    this.draft = { ...this.draft, ...change }
    if (this.errors.size > 0) this.errors = this.#check(this.draft)
  }

  #check(draft: ValueSetDraft): DraftErrors {
    return checkSet(draft, this.#isNew ? (this.sets ?? []).map((set) => set.fullName) : [])
  }

  async #review(): Promise<void> {
    const rest = this.renderRoot.querySelector('fs-setup-values')?.takeRest()
    if (rest !== undefined) this.#change({ values: rest })
    const { draft } = this
    if (draft === undefined) return
    this.errors = this.#check(draft)
    if (this.errors.size > 0) {
      await this.updateComplete
      await this.summary.updateComplete
      this.summary.focus()
      return
    }
    this.makePlan = () => planSet(draft, this.#set)
  }

  async #applied(): Promise<void> {
    this.makePlan = undefined
    showToast({ kind: 'success', text: t('The value set was saved.') })
    await router.navigate(setupPath({ page: 'value-sets' }))
  }
}

function planSet(draft: ValueSetDraft, before: ValueSet | undefined): Promise<Plan> {
  const type = before?.type ?? 'GlobalValueSet'
  const edited = { type, fullName: draft.fullName }
  const body = asBody(valueSetFile(type, valueSetOf(draft, before?.body)))
  if (before === undefined) return metadata.plan([{ ...edited, body }])
  return planComponent({ ...edited, from: valueSetFile(type, before.body), body })
}

function columns(): readonly Column<ValueSet>[] {
  return [
    ...componentColumns<ValueSetBody>((name) => ({ page: 'value-sets', name })),
    {
      key: 'values',
      label: t('Values'),
      numeric: true,
      sortValue: (row) => row.body.customValue?.length ?? 0,
      cell: (row) => row.body.customValue?.length ?? 0,
    },
  ]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-value-sets-page': FsSetupValueSetsPage
  }
}
