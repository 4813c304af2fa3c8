/** Edits a field: the same details as in the wizard, then the plan, with figures where the type changes. */
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
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-details/setup-details.ts'
import type { FsSetupDetails } from '../elements/setup-details/setup-details.ts'
import '../elements/setup-review/setup-review.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { FieldBody, ObjectBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { asBody } from './field-changes.ts'
import { loadFieldContext } from './field-context.ts'
import type { FieldContext } from './field-context.ts'
import { draftOf, startDraft } from './field-draft.ts'
import type { FieldDraft } from './field-draft.ts'
import { FieldForm } from './field-form.ts'
import { fieldKind, fieldKinds } from './field-kinds.ts'
import { kindOf } from './kind-of.ts'
import { selectControl } from './form-controls.ts'
import { formStyles } from './form-styles.ts'
import { describeOrNone, loadBody } from './setup-api.ts'
import { isImplicitSubmit } from './implicit-submit.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { wizardStyles } from './wizard-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-field-page')
export class FsSetupFieldPage extends FsElement {
  static override styles = [formStyles, setupPageStyles, wizardStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private context: FieldContext | undefined
  @state() private stored: FieldBody | undefined
  /** The field as whoever reads calls it. */
  @state() private label = ''
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-details') private details!: FsSetupDetails
  readonly #form = new FieldForm(this, { isNew: false })
  #liftGuard: (() => void) | undefined
  readonly #turns = new Turns()

  get #object(): string {
    return this.route?.page === 'field' ? this.route.object : ''
  }

  get #field(): string {
    return this.route?.page === 'field' ? this.route.field : ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [context, describe] = await Promise.all([
        loadFieldContext(this.#object),
        describeOrNone(this.#object),
      ])
      if (!isLatest()) return
      const before = findField(context.object, this.#field)
      if (before === undefined) {
        this.problem = t('{object} has no field {field}.', {
          object: this.#object,
          field: this.#field,
        })
        return
      }
      this.context = context
      this.stored = before
      this.problem = ''
      this.#form.start(context, draftOf(before))
      const info = describe?.fields.find((one) => one.name === before.fullName)
      this.label = info?.label ?? before.label ?? before.fullName
      setPageTitle(this.label, context.label, t('Setup'))
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const label = this.context?.label ?? this.#object
    return html`
      <fs-page-header .heading=${this.label || this.#field} icon="pencil">
        ${crumbs([
          { label: t('Object Manager'), route: { page: 'objects' } },
          { label, route: { page: 'object', object: this.#object, tab: 'details' } },
          { label: t('Fields and relationships'), route: this.#fieldsRoute },
        ])}
        <p slot="meta" class="soft small">
          <span class="mono">${this.#object}.${this.#field}</span>${this.#formerNames()}
        </p>
      </fs-page-header>
      ${this.#content()}
    `
  }

  #formerNames(): string {
    const names = this.stored?.previousNames ?? []
    if (names.length === 0) return ''
    const known = { count: names.length, names: names.join(', ') }
    return ` · ${t('{count, plural, one {Former name: {names}} other {Former names: {names}}}', known)}`
  }

  get #fieldsRoute(): SetupRoute {
    return { page: 'object', object: this.#object, tab: 'fields' }
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.stored === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    if (fieldKind(kindOf(this.stored)) === undefined) return this.#notEditable(this.stored)
    return this.makePlan === undefined ? this.#edit() : this.#review(this.makePlan)
  }

  #notEditable(field: FieldBody): unknown {
    const fullName = `${this.#object}.${field.fullName}`
    return html`<p class="notice">
      <fs-icon name="info"></fs-icon>
      <span>
        ${t('Fields of this kind are edited as JSON.')}
        <a href=${setupPath({ page: 'component', type: 'CustomField', fullName })}
          >${t('Open the JSON')}</a
        >
      </span>
    </p>`
  }

  #edit(): unknown {
    return html`<form
      class="panel wizard"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#toReview()
      }}
      @keydown=${(event: KeyboardEvent) => {
        if (isImplicitSubmit(event)) void this.#toReview()
      }}
    >
      <div class="fields single">${this.#type()}</div>
      <fs-setup-details
        .object=${this.#object}
        .draft=${this.#form.draft}
        .errors=${this.#form.errors}
        .choices=${this.#form.choices}
        @draft-change=${(event: CustomEvent<{ change: Partial<FieldDraft> }>) =>
          this.#change(() => this.#form.change(event.detail.change))}
      ></fs-setup-details>
      <footer>
        ${this.#replaceValue()}
        <span class="grow"></span>
        <a class="button quiet" href=${setupPath(this.#fieldsRoute)}>${t('Cancel')}</a>
        <button class="button primary">${t('Review the plan')}</button>
      </footer>
    </form>`
  }

  // Values of a global set are replaced where the set is edited.
  #replaceValue(): unknown {
    const values = this.stored?.valueSet?.valueSetDefinition?.value ?? []
    if (values.length === 0) return nothing
    void import('../elements/setup-replace-value/setup-replace-value.ts')
    return html`<fs-setup-replace-value
      type="CustomField"
      .fullName=${`${this.#object}.${this.#field}`}
      .values=${values.map(({ fullName, label }) => ({ value: fullName, label: label ?? fullName }))}
      @object-changed=${() => void this.#load()}
    ></fs-setup-replace-value>`
  }

  #type(): unknown {
    const { draft } = this.#form
    const isChanged = this.stored !== undefined && draft?.type !== kindOf(this.stored)
    return selectControl({
      name: 'type',
      label: t('Kind'),
      hint: isChanged
        ? t('The plan will show which stored values can be converted.')
        : t('Another kind converts the stored values.'),
      value: draft?.type ?? '',
      choices: fieldKinds().map(({ type, label }) => ({ value: type, label })),
      onInput: (value) => this.#change(() => this.#convert(value)),
    })
  }

  // Back to the kind that the field has: with all that was declared for it.
  #convert(value: string): void {
    const { draft } = this.#form
    const kind = fieldKind(value)
    if (draft === undefined || kind === undefined || this.stored === undefined) return
    const isBack = kind.type === kindOf(this.stored)
    const named = { label: draft.label, help: draft.help, description: draft.description }
    this.#form.replace(
      isBack ? { ...draftOf(this.stored), ...named } : startDraft(kind.type, draft),
    )
  }

  #change(work: () => void): void {
    work()
    this.#liftGuard ??= router.guard(() =>
      confirm({
        heading: t('Leave without saving?'),
        text: t('What you have changed is not saved.'),
        confirmLabel: t('Leave'),
        cancelLabel: t('Stay'),
        danger: true,
      }),
    )
  }

  async #toReview(): Promise<void> {
    const draft = this.details.takeRest()
    if (draft !== undefined) this.#form.replace(draft)
    if (this.#form.check()) {
      this.makePlan = () => this.#plan()
      return
    }
    await this.updateComplete
    await this.details.updateComplete
    this.details.focusErrors()
  }

  // The declaration is read afresh, so that attributes changed meanwhile are kept.
  async #plan(): Promise<Plan> {
    const object = await loadBody('CustomObject', this.#object)
    const before = findField(object, this.#field)
    const body = asBody(this.#form.field(before))
    const fullName = `${this.#object}.${this.#field}`
    return metadata.plan([{ type: 'CustomField', fullName, body }])
  }

  #review(makePlan: () => Promise<Plan>): unknown {
    return html`<div class="panel wizard">
      <h2 tabindex="-1">${t('Review')}</h2>
      <fs-setup-review
        .load=${makePlan}
        .summary=${t('Change the field {field}', { field: this.#form.draft?.label ?? '' })}
        .applyLabel=${t('Save')}
        .confirmName=${this.#field}
        @plan-applied=${() => void this.#applied()}
      >
        <button slot="back" class="button" @click=${() => (this.makePlan = undefined)}>
          ${t('Back')}
        </button>
      </fs-setup-review>
    </div>`
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('makePlan') && this.makePlan !== undefined)
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
  }

  async #applied(): Promise<void> {
    this.#liftGuard?.()
    this.#liftGuard = undefined
    showToast({
      kind: 'success',
      text: t('The field {label} was saved.', { label: this.#form.draft?.label ?? '' }),
    })
    await router.navigate(setupPath(this.#fieldsRoute))
  }
}

function findField(object: ObjectBody, name: string): FieldBody | undefined {
  return object.fields?.find((field) => field.fullName === name)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-field-page': FsSetupFieldPage
  }
}
