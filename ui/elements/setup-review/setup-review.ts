/**
 * Asks the server for a plan, shows it, and applies it when the person agrees. Nothing changes before.
 * Fires `plan-loaded` with the plan, and `plan-applied` with the journal entry.
 * Slot `back`: buttons at the start of the foot.
 */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { previews, type AccessPreview } from '../../access-api.ts'
import { metadata } from '../../api.ts'
import { ApiError, errorText } from '../../base/api-error.ts'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import type { JournalEntry, Plan } from '../../base/wire-metadata.ts'
import { checkControl, textControl } from '../../setup/form-controls.ts'
import { formStyles } from '../../setup/form-styles.ts'
import '../access-preview/access-preview.ts'
import '../icon/icon.ts'
import '../setup-plan/setup-plan.ts'
import '../skeleton/skeleton.ts'
import { setupReviewStyles } from './setup-review.styles.ts'

export interface PlanApplied {
  readonly entry: JournalEntry
  /** Which of the two buttons was used. */
  readonly another: boolean
}

@customElement('fs-setup-review')
export class FsSetupReview extends FsElement {
  static override styles = [formStyles, setupReviewStyles]

  /** Makes the plan; a new function makes a new plan. */
  @property({ attribute: false }) load: (() => Promise<Plan>) | undefined
  /** Applies the plan, where that is not done by its id. */
  @property({ attribute: false }) submit: ((plan: Plan) => Promise<JournalEntry>) | undefined
  /** Typed by the person before a plan that loses data is applied. */
  @property() confirmName = ''
  @property() applyLabel = ''
  /** What the plan is for, in the person's words; else the server's summary. */
  @property() summary = ''
  /** A second button that applies and starts over ("Save and new"). */
  @property() anotherLabel = ''
  @state() private plan: Plan | undefined
  @state() private access: (() => Promise<AccessPreview>) | undefined
  @state() private problem = ''
  @state() private notice = ''
  @state() private applying = false
  @state() private consented = false
  @state() private typedName = ''

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('load')) void this.#plan()
  }

  async #plan(notice = ''): Promise<void> {
    const { load } = this
    this.plan = undefined
    this.access = undefined
    this.problem = ''
    this.notice = notice
    this.consented = false
    this.typedName = ''
    if (load === undefined) return
    try {
      const plan = await load()
      // A later call may have replaced this one.
      if (this.load !== load) return
      this.plan = plan
      if (plan.applicable && changesAccess(plan)) this.access = () => previews.plan(plan.id)
      this.emit('plan-loaded', { plan })
    } catch (error) {
      this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    return html`
      ${
        this.notice === ''
          ? nothing
          : html`<p class="notice" role="status"><fs-icon name="info"></fs-icon>${this.notice}</p>`
      }
      <div aria-live="polite" aria-busy=${this.#isLoading ? 'true' : 'false'}>${this.#body()}</div>
      <footer>
        <slot name="back"></slot>
        <span class="grow"></span>
        ${this.anotherLabel === '' ? nothing : this.#button(this.anotherLabel, true)}
        ${this.#button(this.applyLabel || t('Apply'), false)}
      </footer>
    `
  }

  get #isLoading(): boolean {
    return this.plan === undefined && this.problem === ''
  }

  #body(): unknown {
    if (this.problem !== '') return this.#failure()
    const { plan } = this
    if (plan === undefined)
      return html`<span class="visually-hidden">${t('Working out the plan…')}</span>
        <fs-skeleton lines="5"></fs-skeleton>`
    const isEmpty = plan.changes.length === 0 && plan.problems.length === 0
    return html`
      <p class="summary">
        ${isEmpty ? t('Nothing would change: it is all as you want it already.') : this.summary || plan.summary}
      </p>
      <fs-setup-plan .plan=${plan}></fs-setup-plan>
      <fs-access-preview .load=${this.access}></fs-access-preview>
      ${plan.applicable && plan.needsConsent ? this.#consent() : nothing}
    `
  }

  #failure(): unknown {
    return html`<div class="notice danger" role="alert">
      <fs-icon name="error"></fs-icon>
      <div>
        <p>${this.problem}</p>
        <button class="button link" @click=${() => void this.#plan()}>${t('Try again')}</button>
      </div>
    </div>`
  }

  #consent(): unknown {
    return html`<div class="consent">
      ${
        this.#losesData && this.confirmName !== ''
          ? textControl({
              name: 'confirm-name',
              label: t('Stored values will be lost. Type {name} to confirm.', {
                name: this.confirmName,
              }),
              value: this.typedName,
              mono: true,
              onInput: (name) => (this.typedName = name),
            })
          : checkControl({
              name: 'consent',
              label: this.#losesData
                ? t('I agree that stored values are lost.')
                : t('I agree that access to existing data changes.'),
              checked: this.consented,
              onInput: (checked) => (this.consented = checked),
            })
      }
    </div>`
  }

  get #losesData(): boolean {
    return this.plan?.steps.some((step) => step.class === 'losesData') ?? false
  }

  get #hasConsent(): boolean {
    if (!this.plan?.needsConsent) return true
    if (this.#losesData && this.confirmName !== '') return this.typedName === this.confirmName
    return this.consented
  }

  #button(label: string, another: boolean): unknown {
    const { plan } = this
    const isEmpty = plan !== undefined && plan.changes.length === 0
    const isReady = plan !== undefined && plan.applicable && !isEmpty && this.#hasConsent
    const tone = another ? '' : this.#losesData ? 'primary danger' : 'primary'
    return html`<button
      class="button ${tone}"
      ?disabled=${!isReady || this.applying}
      @click=${() => void this.#apply(another)}
    >
      ${this.applying && !another ? t('Applying…') : label}
    </button>`
  }

  async #apply(another: boolean): Promise<void> {
    const { plan } = this
    if (plan === undefined || this.applying) return
    this.applying = true
    try {
      const entry = await (this.submit?.(plan) ?? metadata.apply(plan.id, plan.needsConsent))
      this.emit<PlanApplied>('plan-applied', { entry, another })
    } catch (error) {
      await this.#refused(error)
    } finally {
      this.applying = false
    }
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof ApiError && error.code === 'MODEL_CHANGED') {
      await this.#plan(
        t('Somebody changed the model meanwhile. The plan was worked out anew: look at it again.'),
      )
      return
    }
    this.problem = errorText(error)
  }
}

/** What people may do or see follows from components of these types. */
const decidingTypes: ReadonlySet<string> = new Set([
  'CustomObject',
  'SharingRules',
  'Role',
  'Queue',
  'Group',
  'PermissionSet',
  'PermissionSetGroup',
  'Profile',
])

/** What is new is nobody's yet, but for rules. */
function changesAccess({ changes }: Plan): boolean {
  return changes.some(
    ({ type, change }) =>
      type === 'SharingRules' || (decidingTypes.has(type) && change !== 'create'),
  )
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-review': FsSetupReview
  }
}
