/** The validation rules of an object: what makes a record wrong, and what people then read; each saved through a plan. */
import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { records } from '../api.ts'
import { chipStyles } from '../base/base-styles.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { FormulaCheck, FormulaResultInfo } from '../base/wire-formulas.ts'
import type { Plan } from '../base/wire-metadata.ts'
import '../elements/icon/icon.ts'
import '../elements/menu/menu.ts'
import type { MenuItem } from '../elements/menu/menu.ts'
import '../elements/setup-errors/setup-errors.ts'
import type { FsSetupErrors } from '../elements/setup-errors/setup-errors.ts'
import '../elements/setup-formula-builder/setup-formula-builder.ts'
import type { Column } from '../elements/setup-table/setup-table.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ObjectBody, ValidationRuleBody } from './component-bodies.ts'
import { columnFields } from './field-choices.ts'
import { checkControl, selectControl, textControl } from './form-controls.ts'
import type { Choice } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { activeChip, memberPart } from './member-part.ts'
import { planMember, planMemberDelete } from './member-plan.ts'
import { namedTable } from './named-table.ts'
import type { ObjectPart } from './object-tabs.ts'
import { blankRule, checkRule, renameRule } from './rule-draft.ts'
import { partStyles } from './setup-styles.ts'

const truth: FormulaResultInfo = { type: 'Checkbox' }

@customElement('fs-setup-rules')
export class FsSetupRules extends FsElement implements ObjectPart {
  static override styles = [formStyles, chipStyles, partStyles]

  @property() object = ''
  @property({ attribute: false }) body: ObjectBody | undefined
  @property({ attribute: false }) item: string | undefined
  @state() private fields: readonly Choice[] = []
  @state() private problem = ''
  @state() private draft: ValidationRuleBody | undefined
  @state() private isNew = false
  @state() private formulaProblem = ''
  @state() private errors: DraftErrors = new Map()
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-errors') private summary!: FsSetupErrors
  readonly #turns = new Turns()

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('object') && this.object !== '') void this.#load()
    // An address may name a rule.
    const named = changed.has('item') && this.#rules.find((rule) => rule.fullName === this.item)
    if (named) this.#edit(named)
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const describe = await records.describe(this.object)
      if (!isLatest()) return
      this.fields = columnFields(describe)
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  get #rules(): readonly ValidationRuleBody[] {
    return this.body?.validationRules ?? []
  }

  protected override render(): unknown {
    return memberPart({
      heading: t('Validation rules'),
      add:
        this.draft === undefined
          ? { label: t('New rule'), onStart: () => this.#start() }
          : undefined,
      problem: this.problem,
      content: this.draft === undefined ? this.#list() : this.#form(this.draft),
      makePlan: this.makePlan,
      onPlanClosed: () => (this.makePlan = undefined),
      onPlanApplied: () => this.#applied(),
    })
  }

  #list(): unknown {
    return namedTable({
      caption: t('Validation rules'),
      columns: this.#columns(),
      rows: this.#rules,
      empty: {
        icon: 'check-circle',
        heading: t('No validation rule yet'),
        text: t(
          'A rule refuses records that are wrong, with a message of yours, wherever they are saved.',
        ),
      },
    })
  }

  #columns(): readonly Column<ValidationRuleBody>[] {
    return [
      {
        key: 'name',
        label: t('Rule'),
        sortValue: (row) => row.fullName,
        cell: (row) =>
          html`<button class="button link" @click=${() => this.#edit(row)}>
            ${row.fullName}
          </button>`,
      },
      { key: 'message', label: t('Message'), cell: (row) => row.errorMessage ?? '' },
      {
        key: 'place',
        label: t('Shown'),
        cell: (row) => this.#placeLabel(row.errorDisplayField),
      },
      {
        key: 'active',
        label: t('State'),
        sortValue: (row) => (row.active === true ? 0 : 1),
        cell: (row) => activeChip(row.active),
      },
      {
        key: 'actions',
        label: t('Actions'),
        labelHidden: true,
        cell: (row) => this.#actions(row),
      },
    ]
  }

  #placeLabel(field: string | undefined): string {
    if (field === undefined || field === '') return t('At the top')
    return this.fields.find((choice) => choice.value === field)?.label ?? field
  }

  #actions(row: ValidationRuleBody): unknown {
    const isActive = row.active === true
    const name = row.fullName
    const items: readonly MenuItem[] = [
      { id: 'edit', label: t('Edit'), icon: 'pencil' },
      isActive
        ? { id: 'toggle', label: t('Deactivate'), icon: 'eye-slash' }
        : { id: 'toggle', label: t('Activate'), icon: 'check-circle' },
      { id: 'delete', label: t('Delete'), icon: 'trash', danger: true },
    ]
    return html`<fs-menu
      .label=${t('Actions for {name}', { name })}
      button-class="icon-button small"
      .items=${items}
      @menu-select=${(event: CustomEvent<{ id: string }>) => this.#act(row, event.detail.id)}
    >
      <fs-icon name="more"></fs-icon>
    </fs-menu>`
  }

  #act(row: ValidationRuleBody, action: string): void {
    if (action === 'edit') this.#edit(row)
    if (action === 'toggle') this.#plan({ ...row, active: row.active !== true })
    if (action === 'delete')
      this.makePlan = () => planMemberDelete(this.object, 'ValidationRule', row.fullName)
  }

  #start(): void {
    this.isNew = true
    this.#show(blankRule)
  }

  #edit(rule: ValidationRuleBody): void {
    this.isNew = false
    this.#show(rule)
  }

  #show(rule: ValidationRuleBody): void {
    this.draft = rule
    this.errors = new Map()
    this.formulaProblem = ''
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.panel h2')?.focus(),
    )
  }

  #form(rule: ValidationRuleBody): unknown {
    const { errors } = this
    return html`<form
      class="panel"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#review(rule)
      }}
    >
      <header>
        <h2 tabindex="-1">${this.isNew ? t('New rule') : rule.fullName}</h2>
        <button type="button" class="button" @click=${() => (this.draft = undefined)}>
          ${t('Cancel')}
        </button>
        <button class="button primary">${t('Review the plan')}</button>
      </header>
      <div class="padded stack">
        <fs-setup-errors
          .errors=${errors}
          @error-select=${(event: CustomEvent<{ name: string }>) =>
            this.renderRoot.querySelector<HTMLElement>(`#${event.detail.name}`)?.focus()}
        ></fs-setup-errors>
        <div class="fields">${this.#names(rule)}</div>
      </div>
      <div class="padded">
        <fs-setup-formula-builder
          id="condition"
          context="rule"
          .object=${this.object}
          .label=${t('The record is refused when this is true')}
          .value=${rule.errorConditionFormula ?? ''}
          .result=${truth}
          .error=${errors.get('condition') ?? ''}
          @formula-change=${(event: CustomEvent<{ text: string }>) => {
            this.formulaProblem = ''
            this.#set({ errorConditionFormula: event.detail.text })
          }}
          @formula-checked=${(event: CustomEvent<FormulaCheck | undefined>) =>
            (this.formulaProblem = event.detail?.problem?.message ?? '')}
        ></fs-setup-formula-builder>
      </div>
      <div class="padded fields">${this.#message(rule)}</div>
    </form>`
  }

  #names(rule: ValidationRuleBody): unknown {
    return html`
      ${textControl({
        name: 'rule-name',
        label: t('Name'),
        hint: this.isNew ? t('Letters, digits and single underscores.') : undefined,
        value: rule.fullName,
        error: this.errors.get('rule-name'),
        required: true,
        disabled: !this.isNew,
        mono: true,
        lengthMax: 40,
        onInput: (name) => (this.draft = renameRule(rule, name)),
      })}
      ${textControl({
        name: 'description',
        label: t('Description'),
        hint: t('For administrators: what the rule is for.'),
        value: rule.description ?? '',
        lengthMax: 255,
        onInput: (description) => this.#set({ description }),
      })}
      ${checkControl({
        name: 'active',
        label: t('Active'),
        hint: t('The plan says how many records would be refused by it today.'),
        checked: rule.active ?? false,
        onInput: (active) => this.#set({ active }),
      })}
    `
  }

  #message(rule: ValidationRuleBody): unknown {
    return html`
      ${textControl({
        name: 'message',
        label: t('Message'),
        hint: t('What people read: what is wrong and what to do.'),
        value: rule.errorMessage ?? '',
        error: this.errors.get('message'),
        required: true,
        lines: 2,
        lengthMax: 255,
        onInput: (errorMessage) => this.#set({ errorMessage }),
      })}
      ${selectControl({
        name: 'place',
        label: t('Where the message is shown'),
        value: rule.errorDisplayField ?? '',
        choices: [{ value: '', label: t('At the top of the form') }, ...this.fields],
        onInput: (errorDisplayField) => this.#set({ errorDisplayField }),
      })}
    `
  }

  #set(change: Partial<ValidationRuleBody>): void {
    if (this.draft === undefined) return
    this.draft = { ...this.draft, ...change }
    if (this.errors.size > 0) this.errors = this.#check(this.draft)
  }

  #check(rule: ValidationRuleBody): DraftErrors {
    const taken = this.isNew ? this.#rules.map((one) => one.fullName) : []
    return checkRule(rule, { taken, formulaProblem: this.formulaProblem })
  }

  async #review(rule: ValidationRuleBody): Promise<void> {
    this.errors = this.#check(rule)
    if (this.errors.size === 0) return this.#plan(rule)
    await this.updateComplete
    await this.summary.updateComplete
    this.summary.focus()
  }

  #plan(rule: ValidationRuleBody): void {
    const { errorDisplayField, description, ...rest } = rule
    const wanted = {
      ...rest,
      ...(errorDisplayField ? { errorDisplayField } : {}),
      ...(description?.trim() ? { description } : {}),
    }
    this.makePlan = () => planMember(this.object, 'ValidationRule', wanted)
  }

  #applied(): void {
    this.makePlan = undefined
    this.draft = undefined
    showToast({ kind: 'success', text: t('The validation rules were saved.') })
    this.emit('object-changed')
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-rules': FsSetupRules
  }
}
