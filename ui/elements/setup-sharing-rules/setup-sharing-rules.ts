/** The sharing rules of one object: a table, and a form for one of them; saved through a plan. Fires `rules-saved`. */
import { html, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { metadata, records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { chipStyles } from '../../base/base-styles.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { Plan } from '../../base/wire-metadata.ts'
import type { DraftErrors } from '../../setup/check-draft.ts'
import type { SharingRulesBody } from '../../setup/component-bodies.ts'
import { asBody } from '../../setup/field-changes.ts'
import { filterFields } from '../../setup/field-choices.ts'
import { radioControl, selectControl, textControl, type Choice } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import { deleteButton } from '../../setup/member-part.ts'
import { namedTable } from '../../setup/named-table.ts'
import { principalChoices } from '../../setup/principals.ts'
import { loadBody } from '../../setup/setup-api.ts'
import { partStyles } from '../../setup/setup-styles.ts'
import {
  blankSharingRule,
  checkSharingRule,
  labelled,
  ruleDrafts,
  withRule,
  type RuleDraft,
  type RuleItem,
} from '../../setup/sharing-rule-draft.ts'
import { levelWord } from '../sharing/sharing-words.ts'
import '../setup-chosen/setup-chosen.ts'
import '../setup-errors/setup-errors.ts'
import type { FsSetupErrors } from '../setup-errors/setup-errors.ts'
import '../setup-filters/setup-filters.ts'
import '../setup-plan-dialog/setup-plan-dialog.ts'
import type { Column } from '../setup-table/setup-table.ts'
import { problemNotice } from '../../setup/problem-notice.ts'

@customElement('fs-setup-sharing-rules')
export class FsSetupSharingRules extends FsElement {
  static override styles = [formStyles, chipStyles, partStyles]

  @property() object = ''
  @state() private body: SharingRulesBody | undefined
  @state() private fields: readonly Choice[] = []
  @state() private people: readonly Choice[] = []
  @state() private draft: RuleDraft | undefined
  @state() private isNew = false
  @state() private errors: DraftErrors = new Map()
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-errors') private summary!: FsSetupErrors
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('object') && this.object !== '') void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    const { object } = this
    this.draft = undefined
    try {
      const known = await metadata.list('SharingRules')
      const [body, describe, people] = await Promise.all([
        known.some(({ fullName }) => fullName === object)
          ? loadBody('SharingRules', object)
          : undefined,
        records.describe(object),
        principalChoices({ withQueues: true }),
      ])
      if (!isLatest()) return
      this.body = body
      this.fields = filterFields(describe)
      this.people = people
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <div class="bar">
        <h2 tabindex="-1">${t('Sharing rules')}</h2>
        ${
          this.draft === undefined
            ? html`<button
                class="button primary"
                @click=${() => this.#show(blankSharingRule, true)}
              >
                <fs-icon name="plus"></fs-icon>${t('New rule')}
              </button>`
            : nothing
        }
      </div>
      ${problemNotice(this.problem)}
      ${this.draft === undefined ? this.#list() : this.#form(this.draft)}
      <fs-setup-plan-dialog
        .load=${this.makePlan}
        @plan-closed=${() => (this.makePlan = undefined)}
        @plan-applied=${() => void this.#applied()}
      ></fs-setup-plan-dialog>
    `
  }

  #list(): unknown {
    return namedTable({
      caption: t('Sharing rules'),
      columns: this.#columns(),
      rows: ruleDrafts(this.body),
      empty: {
        icon: 'users',
        heading: t('No sharing rule yet'),
        text: t('A rule opens records to more people, by who owns them or by their values.'),
      },
    })
  }

  #columns(): readonly Column<RuleDraft>[] {
    return [
      {
        key: 'label',
        label: t('Rule'),
        sortValue: (row) => row.label,
        cell: (row) =>
          html`<button class="button link" @click=${() => this.#show(row, false)}>
            ${row.label}
          </button>`,
      },
      { key: 'what', label: t('Records'), cell: (row) => this.#meant(row) },
      { key: 'to', label: t('Opened to'), cell: (row) => this.#names(row.to) },
      { key: 'access', label: t('Access'), cell: (row) => levelWord(row.accessLevel) },
      {
        key: 'delete',
        label: t('Actions'),
        labelHidden: true,
        cell: (row) => deleteButton(row.label, () => this.#plan({ remove: row.fullName })),
      },
    ]
  }

  #meant({ kind, from, items }: RuleDraft): string {
    if (kind === 'owner') return t('Owned by: {names}', { names: this.#names(from) })
    return t('{count, plural, one {One condition} other {# conditions}}', { count: items.length })
  }

  #names(chosen: readonly string[]): string {
    return chosen
      .map((value) => {
        const choice = this.people.find((one) => one.value === value)
        return choice?.label ?? value.slice(value.indexOf(':') + 1)
      })
      .join(', ')
  }

  #show(draft: RuleDraft, isNew: boolean): void {
    this.isNew = isNew
    this.draft = draft
    this.errors = new Map()
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.panel h2')?.focus(),
    )
  }

  #form(draft: RuleDraft): unknown {
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#review(draft)
      }}
    >
      <header>
        <h2 tabindex="-1">${this.isNew ? t('New rule') : draft.label}</h2>
        <button type="button" class="button" @click=${() => (this.draft = undefined)}>
          ${t('Cancel')}
        </button>
        <button class="button primary">${t('Review the plan')}</button>
      </header>
      <div class="padded stack">
        <fs-setup-errors
          .errors=${this.errors}
          @error-select=${(event: CustomEvent<{ name: string }>) =>
            this.renderRoot.querySelector<HTMLElement>(`#${event.detail.name}`)?.focus()}
        ></fs-setup-errors>
        <div class="fields">${this.#basics(draft)}</div>
      </div>
      <div class="padded fields">${this.#people(draft)}</div>
    </form>`
  }

  #basics(draft: RuleDraft): unknown {
    const { errors } = this
    return html`
      ${textControl({
        name: 'rule-label',
        label: t('Label'),
        value: draft.label,
        error: errors.get('rule-label'),
        required: true,
        lengthMax: 80,
        onInput: (label) => this.#edit(this.isNew ? labelled(draft, label) : { ...draft, label }),
      })}
      ${textControl({
        name: 'rule-name',
        label: t('Name'),
        value: draft.fullName,
        error: errors.get('rule-name'),
        required: true,
        disabled: !this.isNew,
        mono: true,
        lengthMax: 80,
        onInput: (fullName) => this.#edit({ ...draft, fullName, nameTyped: true }),
      })}
      ${textControl({
        name: 'rule-description',
        label: t('Description'),
        value: draft.description,
        lengthMax: 255,
        onInput: (description) => this.#edit({ ...draft, description }),
      })}
      ${selectControl({
        name: 'rule-access',
        label: t('Access'),
        value: draft.accessLevel,
        choices: ['Read', 'Edit'].map((value) => ({ value, label: levelWord(value) })),
        onInput: (accessLevel) => this.#edit({ ...draft, accessLevel }),
      })}
      ${radioControl({
        name: 'rule-kind',
        label: t('Which records'),
        value: draft.kind,
        choices: [
          { value: 'owner', label: t('By their owner') },
          { value: 'criteria', label: t('By their values') },
        ],
        onInput: (kind) =>
          this.#edit({ ...draft, kind: kind === 'criteria' ? 'criteria' : 'owner' }),
      })}
    `
  }

  #people(draft: RuleDraft): unknown {
    const { errors, people } = this
    const list = (name: string, heading: string, key: 'from' | 'to') =>
      html`<fs-setup-chosen
        id=${name}
        .heading=${heading}
        .addLabel=${t('Add to: {list}', { list: heading })}
        .emptyText=${t('Nobody yet.')}
        .error=${errors.get(name) ?? ''}
        .choices=${people}
        .chosen=${draft[key]}
        @chosen-change=${(event: CustomEvent<{ chosen: readonly string[] }>) =>
          this.#edit({ ...draft, [key]: event.detail.chosen })}
      ></fs-setup-chosen>`
    return html`
      ${draft.kind === 'owner' ? list('rule-from', t('Owned by'), 'from') : this.#conditions(draft)}
      ${list('rule-to', t('Opened to'), 'to')}
    `
  }

  #conditions(draft: RuleDraft): unknown {
    const problem = this.errors.get('rule-items')
    return html`<div class="wide">
      <fs-setup-filters
        id="rule-items"
        .heading=${t('Conditions')}
        .fields=${this.fields}
        .filters=${draft.items}
        .numbered=${draft.items.length > 1}
        @filters-change=${(event: CustomEvent<{ filters: readonly RuleItem[] }>) =>
          this.#edit({ ...draft, items: event.detail.filters })}
      ></fs-setup-filters>
      ${problem === undefined ? nothing : html`<p class="error" role="alert">${problem}</p>`}
      ${
        draft.items.length > 1
          ? textControl({
              name: 'rule-logic',
              label: t('How they combine'),
              hint: t('Such as 1 AND (2 OR 3); empty: all of them.'),
              value: draft.logic,
              mono: true,
              lengthMax: 255,
              onInput: (logic) => this.#edit({ ...draft, logic }),
            })
          : nothing
      }
    </div>`
  }

  #edit(draft: RuleDraft): void {
    this.draft = draft
    if (this.errors.size > 0) this.errors = this.#check(draft)
  }

  #check(draft: RuleDraft): DraftErrors {
    const taken = this.isNew ? ruleDrafts(this.body).map(({ fullName }) => fullName) : []
    return checkSharingRule(draft, taken)
  }

  async #review(draft: RuleDraft): Promise<void> {
    this.errors = this.#check(draft)
    if (this.errors.size === 0) return this.#plan({ put: draft })
    await this.updateComplete
    await this.summary.updateComplete
    this.summary.focus()
  }

  #plan(change: Parameters<typeof withRule>[2]): void {
    const { object } = this
    this.makePlan = () => {
      const body = asBody(withRule(object, this.body, change))
      return metadata.plan([{ type: 'SharingRules', fullName: object, body }])
    }
  }

  async #applied(): Promise<void> {
    this.makePlan = undefined
    await this.#load()
    this.emit('rules-saved')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-sharing-rules': FsSetupSharingRules
  }
}
