/** The wizard for a new field: kind, details, access, layouts, and the plan to review. Nothing is saved before. */
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
import '../elements/setup-access/setup-access.ts'
import '../elements/setup-details/setup-details.ts'
import type { FsSetupDetails } from '../elements/setup-details/setup-details.ts'
import '../elements/setup-kinds/setup-kinds.ts'
import '../elements/setup-placement/setup-placement.ts'
import '../elements/setup-review/setup-review.ts'
import type { PlanApplied } from '../elements/setup-review/setup-review.ts'
import '../elements/setup-steps/setup-steps.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { loadFieldContext } from './field-context.ts'
import type { FieldContext } from './field-context.ts'
import { fieldChanges } from './field-changes.ts'
import type { AccessChoices, Placements } from './field-changes.ts'
import { startDraft } from './field-draft.ts'
import type { FieldDraft } from './field-draft.ts'
import { FieldForm } from './field-form.ts'
import { fieldKind } from './field-kinds.ts'
import { isComputed } from './kind-of.ts'
import type { KindName } from './kind-of.ts'
import { crumbs } from './crumbs.ts'
import { isImplicitSubmit } from './implicit-submit.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { wizardStyles } from './wizard-styles.ts'
import { problemNotice } from './problem-notice.ts'

const reviewStep = 4

@customElement('fs-setup-new-field-page')
export class FsSetupNewFieldPage extends FsElement {
  static override styles = [setupPageStyles, wizardStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private context: FieldContext | undefined
  @state() private problem = ''
  @state() private step = 0
  @state() private kindError = ''
  @state() private access: AccessChoices = new Map()
  @state() private placements: Placements = new Map()
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-details') private details!: FsSetupDetails
  readonly #form = new FieldForm(this, { isNew: true })
  #liftGuard: (() => void) | undefined
  readonly #turns = new Turns()

  get #object(): string {
    return this.route?.page === 'new-field' ? this.route.object : ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('route')) void this.#load()
  }

  async #load(): Promise<void> {
    this.problem = ''
    const isLatest = this.#turns.next()
    try {
      const context = await loadFieldContext(this.#object)
      if (!isLatest()) return
      setPageTitle(t('New field'), context.label)
      this.#startOver(context)
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  #startOver(context: FieldContext): void {
    this.context = context
    this.#form.start(context, undefined)
    this.step = 0
    this.kindError = ''
    this.access = new Map()
    this.placements = new Map(
      context.layouts.flatMap((layout) =>
        (layout.body.layoutSections ?? []).length > 0 ? [[layout.fullName, 0] as const] : [],
      ),
    )
    this.makePlan = undefined
  }

  protected override render(): unknown {
    const label = this.context?.label ?? this.#object
    return html`
      <fs-page-header .heading=${t('New field on {object}', { object: label })} icon="cube">
        ${crumbs([
          { label: t('Object Manager'), route: { page: 'objects' } },
          { label, route: { page: 'object', object: this.#object, tab: 'details' } },
          {
            label: t('Fields and relationships'),
            route: { page: 'object', object: this.#object, tab: 'fields' },
          },
        ])}
      </fs-page-header>
      ${this.#content()}
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.context === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    const steps = stepLabels()
    return html`
      <fs-setup-steps
        .steps=${steps}
        .current=${this.step}
        @step-select=${(event: CustomEvent<{ step: number }>) => this.#goTo(event.detail.step)}
      ></fs-setup-steps>
      <form
        class="panel wizard"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault()
          void this.#next()
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (isImplicitSubmit(event)) void this.#next()
        }}
      >
        <h2 tabindex="-1">${steps[this.step]}</h2>
        <div class="step">${this.#step(this.context)}</div>
        ${this.step === reviewStep ? nothing : this.#foot()}
      </form>
    `
  }

  #step(context: FieldContext): unknown {
    if (this.step === 0)
      return html`<fs-setup-kinds
        .kind=${this.#form.draft?.type ?? ''}
        .error=${this.kindError}
        @kind-change=${(event: CustomEvent<{ kind: KindName }>) => this.#choose(event.detail.kind)}
        @kind-chosen=${() => void this.#next()}
      ></fs-setup-kinds>`
    if (this.step === 1) return this.#detailsStep()
    if (this.step === 2)
      return html`<fs-setup-access
        .object=${this.#object}
        .permissionSets=${context.permissionSets}
        .readOnly=${isComputed(this.#form.draft?.type)}
        .access=${this.access}
        @access-change=${(event: CustomEvent<{ access: AccessChoices }>) =>
          (this.access = event.detail.access)}
      ></fs-setup-access>`
    if (this.step === 3)
      return html`<fs-setup-placement
        .layouts=${context.layouts}
        .placements=${this.placements}
        @placement-change=${(event: CustomEvent<{ placements: Placements }>) =>
          (this.placements = event.detail.placements)}
      ></fs-setup-placement>`
    return this.#review()
  }

  #detailsStep(): unknown {
    const kind = fieldKind(this.#form.draft?.type)
    return html`
      <p class="soft kind">${kind?.label ?? ''} · ${kind?.purpose ?? ''}</p>
      <fs-setup-details
        isNew
        .object=${this.#object}
        .draft=${this.#form.draft}
        .errors=${this.#form.errors}
        .choices=${this.#form.choices}
        @draft-change=${(event: CustomEvent<{ change: Partial<FieldDraft> }>) =>
          this.#form.change(event.detail.change)}
      ></fs-setup-details>
    `
  }

  #review(): unknown {
    return html`<fs-setup-review
      .load=${this.makePlan}
      .summary=${t('Add the field {field} to {object}', {
        field: this.#form.draft?.label.trim() ?? '',
        object: this.context?.label ?? this.#object,
      })}
      .applyLabel=${t('Save')}
      .anotherLabel=${t('Save and new')}
      @plan-applied=${(event: CustomEvent<PlanApplied>) => void this.#applied(event.detail)}
    >
      <button type="button" slot="back" class="button" @click=${() => this.#goTo(3)}>
        ${t('Back')}
      </button>
    </fs-setup-review>`
  }

  #foot(): unknown {
    return html`<footer>
      ${
        this.step === 0
          ? nothing
          : html`<button type="button" class="button" @click=${() => this.#goTo(this.step - 1)}>
              ${t('Back')}
            </button>`
      }
      <span class="grow"></span>
      <a class="button quiet" href=${this.#fieldsPath}>${t('Cancel')}</a>
      <button type="submit" class="button primary">
        ${this.step === 3 ? t('Review the plan') : t('Next')}
      </button>
    </footer>`
  }

  get #fieldsPath(): string {
    return setupPath({ page: 'object', object: this.#object, tab: 'fields' })
  }

  #choose(kind: KindName): void {
    if (this.context === undefined) return
    this.kindError = ''
    const draft = startDraft(kind, this.#form.draft)
    this.#form.start(this.context, draft)
    this.#form.replace(draft)
    this.#liftGuard ??= router.guard(() => this.#mayLeave())
  }

  async #next(): Promise<void> {
    if (this.step === 0 && this.#form.draft === undefined) {
      this.kindError = t('Choose a kind of field first.')
      return
    }
    if (this.step === 1 && !(await this.#detailsAreFine())) return
    if (this.step === 3) this.makePlan = () => this.#plan()
    if (this.step < reviewStep) this.#goTo(this.step + 1)
  }

  async #detailsAreFine(): Promise<boolean> {
    const draft = this.details.takeRest()
    if (draft !== undefined) this.#form.replace(draft)
    if (this.#form.check()) return true
    await this.updateComplete
    await this.details.updateComplete
    this.details.focusErrors()
    return false
  }

  #goTo(step: number): void {
    this.step = step
  }

  protected override updated(changed: Map<string, unknown>): void {
    // The first step leaves the focus with the page's heading.
    if (!changed.has('step') || changed.get('step') === undefined) return
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus()
    window.scrollTo({ top: 0 })
  }

  // Bodies are read afresh: somebody may have changed a permission set or layout meanwhile.
  async #plan(): Promise<Plan> {
    const context = await loadFieldContext(this.#object)
    const changes = fieldChanges({
      object: this.#object,
      field: this.#form.field(),
      access: this.access,
      permissionSets: context.permissionSets,
      placements: this.placements,
      layouts: context.layouts,
    })
    return metadata.plan(changes)
  }

  async #applied({ another }: PlanApplied): Promise<void> {
    this.#liftGuard?.()
    this.#liftGuard = undefined
    showToast({
      kind: 'success',
      text: t('The field {label} was added.', { label: this.#form.draft?.label ?? '' }),
    })
    if (another) await this.#load()
    else await router.navigate(this.#fieldsPath)
  }

  #mayLeave(): Promise<boolean> {
    return confirm({
      heading: t('Leave the new field?'),
      text: t('What you have entered is not saved.'),
      confirmLabel: t('Leave'),
      cancelLabel: t('Stay'),
      danger: true,
    })
  }
}

function stepLabels(): readonly string[] {
  return [t('Kind'), t('Details'), t('Access'), t('Layouts'), t('Review')]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-new-field-page': FsSetupNewFieldPage
  }
}
