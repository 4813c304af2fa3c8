/** A new object: names, record name, sharing, tabs and access; then the plan. Usable at once. */
import { html } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { setPageTitle } from '../base/navigation.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import type { ComponentSummary, Plan } from '../base/wire-metadata.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/page-header/page-header.ts'
import '../elements/setup-errors/setup-errors.ts'
import type { FsSetupErrors } from '../elements/setup-errors/setup-errors.ts'
import '../elements/setup-review/setup-review.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import type { DraftErrors } from './check-draft.ts'
import type { ApplicationBody, PermissionSetBody } from './component-bodies.ts'
import { crumbs } from './crumbs.ts'
import { formStyles } from './form-styles.ts'
import { blankObject, checkObject, objectChanges, relabelObject } from './object-changes.ts'
import type { ObjectDraft } from './object-changes.ts'
import { objectForm } from './object-form.ts'
import { loadAll } from './setup-api.ts'
import type { Component } from './setup-api.ts'
import { setupPath } from './setup-route.ts'
import type { SetupRoute } from './setup-route.ts'
import { setupPageStyles } from './setup-styles.ts'
import { wizardStyles } from './wizard-styles.ts'
import { problemNotice } from './problem-notice.ts'

interface Around {
  readonly objects: readonly ComponentSummary[]
  readonly apps: readonly Component<ApplicationBody>[]
  readonly permissionSets: readonly Component<PermissionSetBody>[]
}

@customElement('fs-setup-new-object-page')
export class FsSetupNewObjectPage extends FsElement {
  static override styles = [formStyles, setupPageStyles, wizardStyles]

  @property({ attribute: false }) route: SetupRoute | undefined
  @state() private around: Around | undefined
  @state() private draft: ObjectDraft = blankObject
  @state() private errors: DraftErrors = new Map()
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  @query('fs-setup-errors') private summary!: FsSetupErrors
  #liftGuard: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    setPageTitle(t('New object'), t('Setup'))
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#liftGuard?.()
  }

  async #load(): Promise<void> {
    try {
      this.around = await loadAround()
      this.problem = ''
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      <fs-page-header .heading=${t('New object')} icon="cube">
        ${crumbs([{ label: t('Object Manager'), route: { page: 'objects' } }])}
      </fs-page-header>
      ${this.#content()}
    `
  }

  #content(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.around === undefined) return html`<fs-skeleton lines="8"></fs-skeleton>`
    return this.makePlan === undefined ? this.#form(this.around) : this.#review(this.makePlan)
  }

  #form(around: Around): unknown {
    return html`<form
      class="panel wizard"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault()
        void this.#toReview(around)
      }}
    >
      <fs-setup-errors
        .errors=${this.errors}
        @error-select=${(event: CustomEvent<{ name: string }>) =>
          this.renderRoot.querySelector<HTMLElement>(`#${event.detail.name}`)?.focus()}
      ></fs-setup-errors>
      ${objectForm({
        draft: this.draft,
        errors: this.errors,
        apps: around.apps,
        permissionSets: around.permissionSets,
        change: (change) => this.#change(change),
        relabel: (label) => this.#replace(relabelObject(this.draft, label)),
      })}
      <footer>
        <span class="grow"></span>
        <a class="button quiet" href=${setupPath({ page: 'objects' })}>${t('Cancel')}</a>
        <button class="button primary">${t('Review the plan')}</button>
      </footer>
    </form>`
  }

  #change(change: Partial<ObjectDraft>): void {
    this.#replace({ ...this.draft, ...change })
  }

  #replace(draft: ObjectDraft): void {
    this.draft = draft
    if (this.errors.size > 0) this.errors = this.#check(draft)
    this.#liftGuard ??= router.guard(() =>
      confirm({
        heading: t('Leave the new object?'),
        text: t('What you have entered is not saved.'),
        confirmLabel: t('Leave'),
        cancelLabel: t('Stay'),
        danger: true,
      }),
    )
  }

  #check(draft: ObjectDraft): DraftErrors {
    const names = this.around?.objects.map((object) => object.fullName) ?? []
    return checkObject(draft, names)
  }

  async #toReview(around: Around): Promise<void> {
    this.errors = this.#check(this.draft)
    if (this.errors.size === 0) {
      this.makePlan = () => this.#plan(around)
      return
    }
    await this.updateComplete
    await this.summary.updateComplete
    this.summary.focus()
  }

  // Read afresh: applications and permission sets may have changed meanwhile.
  async #plan(around: Around): Promise<Plan> {
    const isTouched = this.draft.apps.size > 0 || this.draft.access.size > 0
    const current = isTouched ? await loadAround() : around
    return metadata.plan(objectChanges(this.draft, current))
  }

  #review(makePlan: () => Promise<Plan>): unknown {
    return html`<div class="panel wizard">
      <h2 tabindex="-1">${t('Review')}</h2>
      <fs-setup-review
        .load=${makePlan}
        .summary=${t('Add the object {object}', { object: this.draft.label.trim() })}
        .applyLabel=${t('Create object')}
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
    const { label, apiName } = this.draft
    showToast({ kind: 'success', text: t('The object {label} is there.', { label: label.trim() }) })
    await router.navigate(setupPath({ page: 'object', object: apiName, tab: 'fields' }))
  }
}

async function loadAround(): Promise<Around> {
  const [objects, apps, permissionSets] = await Promise.all([
    metadata.list('CustomObject'),
    loadAll('CustomApplication'),
    loadAll('PermissionSet'),
  ])
  return { objects, apps, permissionSets }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-new-object-page': FsSetupNewObjectPage
  }
}
