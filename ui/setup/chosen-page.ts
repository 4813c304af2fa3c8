/** Delegated administration, and the limits of programs: the list, and one of them with what is chosen for it. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/empty-state/empty-state.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-chosen/setup-chosen.ts'
import '../elements/setup-plan-dialog/setup-plan-dialog.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import {
  choicesFor,
  chosenKind,
  namesIn,
  usersByName,
  withNames,
  type ChosenBody,
  type ChosenKind,
  type ChosenList,
} from './chosen-kinds.ts'
import { crumbs } from './crumbs.ts'
import { deriveApiName } from './derive-name.ts'
import { asBody } from './field-changes.ts'
import { textControl, type Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { apiNameColumn, namedTable } from './named-table.ts'
import { planComponent } from './plan-component.ts'
import { loadAll, type Component } from './setup-api.ts'
import { setupPath, type SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

type Row = Component<ChosenBody>

@customElement('fs-setup-chosen-page')
export class FsSetupChosenPage extends FsElement {
  static override styles = [formStyles, setupPageStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private rows: readonly Row[] | undefined
  @state() private choices: ReadonlyMap<string, readonly Choice[]> = new Map()
  @state() private draft: ChosenBody | undefined
  /** The label of a new one, as it is typed. */
  @state() private newLabel: string | undefined
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  readonly #turns = new Turns()

  get #kind(): ChosenKind {
    return chosenKind(this.route?.page === 'connected-apps' ? 'connected-apps' : 'delegate-groups')
  }

  get #name(): string | undefined {
    const { route } = this
    const isOurs = route?.page === 'connected-apps' || route?.page === 'delegate-groups'
    return isOurs ? route.name : undefined
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) {
      this.rows = undefined
      this.#forget()
      void this.#load()
    }
    setPageTitle(this.#name ?? this.#kind.heading, t('Setup'))
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    const kind = this.#kind
    try {
      const [rows, choices] = await Promise.all([loadAll(kind.type), choicesFor(kind)])
      if (!isLatest()) return
      this.rows = rows
      this.choices = choices
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  #forget(): void {
    this.draft = undefined
    this.newLabel = undefined
    this.makePlan = undefined
  }

  protected override render(): unknown {
    const kind = this.#kind
    const row = this.rows?.find(({ fullName }) => fullName === this.#name)
    return html`
      <fs-page-header
        .heading=${row?.label ?? this.#name ?? kind.heading}
        .above=${t('Setup')}
        icon=${kind.icon}
      >
        ${
          this.#name === undefined
            ? nothing
            : crumbs([{ label: kind.heading, route: { page: kind.page } }])
        }
        <div slot="actions">${this.#actions(kind, row)}</div>
      </fs-page-header>
      <p class="soft">${kind.about}</p>
      ${this.newLabel === undefined ? nothing : this.#form(kind, this.newLabel)}
      ${this.#content(kind, row)}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #actions(kind: ChosenKind, row: Row | undefined): unknown {
    if (row !== undefined) return this.#rowActions(kind, row)
    if (kind.newLabel === undefined || this.#name !== undefined) return nothing
    return html`<button class="button primary" @click=${() => (this.newLabel = '')}>
      <fs-icon name="plus"></fs-icon>${kind.newLabel}
    </button>`
  }

  #rowActions({ type }: ChosenKind, { fullName, body: from }: Row): unknown {
    const { draft } = this
    return html`<a class="button" href=${setupPath({ page: 'component', type, fullName })}>
        <fs-icon name="code"></fs-icon>${t('JSON')}
      </a>
      <button
        class="button"
        @click=${() => (this.makePlan = () => metadata.plan([{ type, fullName, delete: true }]))}
      >
        ${t('Delete')}
      </button>
      <button class="button" ?disabled=${draft === undefined} @click=${() => this.#forget()}>
        ${t('Discard changes')}
      </button>
      <button
        class="button primary"
        ?disabled=${draft === undefined}
        @click=${() => (this.makePlan = () => planComponent({ type, fullName, from, body: asBody(draft ?? from) }))}
      >
        ${t('Review the plan')}
      </button>`
  }

  #form({ type, newLabel }: ChosenKind, label: string): unknown {
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        const fullName = deriveApiName(label, '')
        if (fullName === '') return
        const body = asBody({ fullName, label: label.trim(), loginAccess: false })
        this.makePlan = () => metadata.plan([{ type, fullName, body }])
      }}
    >
      <header>
        <h2>${newLabel}</h2>
        <button type="button" class="button" @click=${() => (this.newLabel = undefined)}>
          ${t('Cancel')}
        </button>
        <button class="button primary">${t('Review the plan')}</button>
      </header>
      <div class="padded fields">
        ${textControl({
          name: 'label',
          label: t('Label'),
          value: label,
          required: true,
          onInput: (typed) => (this.newLabel = typed),
        })}
      </div>
    </form>`
  }

  #content(kind: ChosenKind, row: Row | undefined): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.rows === undefined) return html`<fs-skeleton lines="6"></fs-skeleton>`
    if (this.#name === undefined) return this.#table(kind, this.rows)
    if (row === undefined)
      return html`<fs-empty-state icon="search" .heading=${t('There is nothing of this name')}>
      </fs-empty-state>`
    return kind.lists.map((list) => this.#list(list, row))
  }

  #table({ heading, icon, empty, page, lists }: ChosenKind, rows: readonly Row[]): unknown {
    return namedTable<Row>({
      caption: heading,
      rows,
      empty: { icon, ...empty },
      columns: [
        {
          key: 'label',
          label: t('Label'),
          sortValue: (row) => row.label,
          cell: (row) => html`<a href=${setupPath({ page, name: row.fullName })}>${row.label}</a>`,
        },
        apiNameColumn<Row>(),
        ...lists.map(({ name, heading: label }) => ({
          key: name,
          label,
          cell: (row: Row) => namesIn(row.body, name).join(', ') || '—',
        })),
      ],
    })
  }

  #list({ name, heading, addLabel, emptyText, from }: ChosenList, row: Row): unknown {
    const body = this.draft ?? row.body
    const finder = from === undefined ? { label: addLabel, find: usersByName } : undefined
    return html`<section class="panel">
      <div class="padded">
        <fs-setup-chosen
          id=${name}
          .heading=${heading}
          .addLabel=${addLabel}
          .emptyText=${emptyText}
          .choices=${this.choices.get(from ?? '') ?? []}
          .chosen=${namesIn(body, name)}
          .findLabel=${finder?.label ?? ''}
          .find=${finder?.find}
          @chosen-change=${(event: CustomEvent<{ chosen: readonly string[] }>) =>
            (this.draft = withNames(body, name, event.detail.chosen))}
        ></fs-setup-chosen>
      </div>
    </section>`
  }

  async #applied(): Promise<void> {
    const { page } = this.#kind
    const made = this.newLabel === undefined ? undefined : deriveApiName(this.newLabel, '')
    this.#forget()
    await this.#load()
    showToast({ kind: 'success', text: t('The plan was applied.') })
    const isGone = this.rows?.some(({ fullName }) => fullName === this.#name) !== true
    if (made !== undefined) await router.navigate(setupPath({ page, name: made }))
    else if (this.#name !== undefined && isGone) await router.navigate(setupPath({ page }))
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-chosen-page': FsSetupChosenPage
  }
}
