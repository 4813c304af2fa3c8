/** The JSON of one component, to read and to edit; what is saved goes through a plan. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { metadata } from '../api.ts'
import { errorText } from '../base/api-error.ts'
import { FsElement } from '../base/element.ts'
import { router } from '../base/router.ts'
import { t } from '../base/text.ts'
import { Turns } from '../base/turns.ts'
import type { Plan } from '../base/wire-metadata.ts'
import { confirm } from '../elements/dialog/confirm.ts'
import '../elements/dialog/dialog.ts'
import '../elements/setup-json/setup-json.ts'
import '../elements/setup-review/setup-review.ts'
import '../elements/skeleton/skeleton.ts'
import { showToast } from '../elements/toast/toast.ts'
import { faultText } from './fault-text.ts'
import { formStyles } from './form-styles.ts'
import { formatJson, readJsonText } from './json-check.ts'
import type { JsonFault } from './json-check.ts'
import { componentJsonStyles } from './component-json.styles.ts'
import { planComponent } from './plan-component.ts'
import { partStyles } from './setup-styles.ts'
import { problemNotice } from './problem-notice.ts'

@customElement('fs-setup-component-json')
export class FsSetupComponentJson extends FsElement {
  static override styles = [formStyles, partStyles, componentJsonStyles]

  @property() type = ''
  @property({ attribute: 'full-name' }) fullName = ''
  @state() private stored: string | undefined
  @state() private text = ''
  @state() private problem = ''
  @state() private makePlan: (() => Promise<Plan>) | undefined
  #liftGuard: (() => void) | undefined
  readonly #turns = new Turns()

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#liftGuard?.()
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('fullName') || changed.has('type')) void this.#load()
  }

  async #load(): Promise<void> {
    this.stored = undefined
    const isLatest = this.#turns.next()
    try {
      const { body } = await metadata.get(this.type, this.fullName)
      if (!isLatest()) return
      this.stored = formatJson(body)
      this.text = this.stored
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    if (this.problem !== '') return problemNotice(this.problem)
    if (this.stored === undefined) return html`<fs-skeleton lines="10"></fs-skeleton>`
    const reading = readJsonText(this.text)
    const isDirty = this.text !== this.stored
    return html`
      <div class="bar sticky">
        <span class="grow" role="status">${this.#state(reading.faults, isDirty)}</span>
        <button class="button quiet" ?disabled=${!isDirty} @click=${() => this.#discard()}>
          ${t('Discard changes')}
        </button>
        <button
          class="button primary"
          ?disabled=${!isDirty || reading.faults.length > 0}
          @click=${() => this.#review(reading.value)}
        >
          ${t('Review the plan')}
        </button>
      </div>
      <fs-setup-json
        .value=${this.text}
        .faults=${reading.faults}
        .label=${t('JSON of {component}', { component: this.fullName })}
        @text-change=${(event: CustomEvent<{ text: string }>) => this.#edit(event.detail.text)}
      ></fs-setup-json>
      ${this.#dialog()}
    `
  }

  #state(faults: readonly JsonFault[], isDirty: boolean): unknown {
    const [first] = faults
    if (first !== undefined)
      return html`<span class="error">
        ${t('Line {line}, column {column}: {reason}', {
          line: first.line,
          column: first.column,
          reason: faultText(first),
        })}
      </span>`
    return html`<span class="soft">
      ${isDirty ? t('Valid JSON. Not saved yet.') : t('As stored.')}
    </span>`
  }

  #edit(text: string): void {
    this.text = text
    if (text === this.stored) {
      this.#liftGuard?.()
      this.#liftGuard = undefined
    } else this.#liftGuard ??= router.guard(() => this.#mayLeave())
  }

  #discard(): void {
    this.#edit(this.stored ?? '')
    void this.#load()
  }

  #review(value: unknown): void {
    if (!isBody(value)) {
      showToast({ kind: 'error', text: t('A component is one JSON object.') })
      return
    }
    const { type, fullName } = this
    const from: unknown = JSON.parse(this.stored ?? 'null')
    this.makePlan = () => planComponent({ type, fullName, from, body: value })
  }

  #dialog(): unknown {
    const close = () => (this.makePlan = undefined)
    return html`<fs-dialog
      size="large"
      .heading=${t('Review')}
      .open=${this.makePlan !== undefined}
      @dialog-close=${close}
    >
      ${
        this.makePlan === undefined
          ? nothing
          : html`<fs-setup-review
              .load=${this.makePlan}
              .applyLabel=${t('Save')}
              .confirmName=${this.fullName}
              @plan-applied=${() => void this.#applied()}
            >
              <button slot="back" class="button" @click=${close}>${t('Back')}</button>
            </fs-setup-review>`
      }
    </fs-dialog>`
  }

  async #applied(): Promise<void> {
    this.makePlan = undefined
    this.#liftGuard?.()
    this.#liftGuard = undefined
    showToast({
      kind: 'success',
      text: t('{component} was saved.', { component: this.fullName }),
    })
    this.emit('object-changed')
    await this.#load()
  }

  #mayLeave(): Promise<boolean> {
    return confirm({
      heading: t('Leave without saving?'),
      text: t('What you have changed is not saved.'),
      confirmLabel: t('Leave'),
      cancelLabel: t('Stay'),
      danger: true,
    })
  }
}

function isBody(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-component-json': FsSetupComponentJson
  }
}
