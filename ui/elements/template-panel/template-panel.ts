/** A version of a template while it is built: its steps, publishing it, and taking it further as a new version. */
import { html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { records } from '../../api.ts'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { paths } from '../../base/navigation.ts'
import { router } from '../../base/router.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { RecordScreen } from '../../base/wire.ts'
import { plans } from '../../plans-api.ts'
import { newStep, templateSteps, type TemplateStep } from '../../templates-api.ts'
import { confirm } from '../dialog/confirm.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { planPanelStyles } from '../plan-panel/plan-panel.styles.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'

@customElement('fs-template-panel')
export class FsTemplatePanel extends FsElement {
  static override styles = planPanelStyles

  @property({ attribute: false }) recordId = ''
  @property({ attribute: false }) content: RecordScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  /** Undefined while they are read: those of another version are of no use. */
  @state() private steps: readonly TemplateStep[] | undefined
  readonly #turns = new Turns()

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('recordId')) return
    this.steps = undefined
    void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const steps = await templateSteps(this.recordId)
      if (isLatest()) this.steps = steps
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  get #isDraft(): boolean {
    return this.content?.editable === true && this.content.record['Status'] === 'Draft'
  }

  protected override render(): unknown {
    const { steps } = this
    if (steps === undefined) return html`<fs-skeleton lines="4"></fs-skeleton>`
    return html`<header>
        <h2>${t('Steps of the template')}</h2>
        ${this.#buttons()}
      </header>
      ${
        this.#isDraft
          ? nothing
          : html`<p class="none soft">
              ${t('This version stays as it is. Make a new version to change the template.')}
            </p>`
      }
      ${
        steps.length === 0
          ? html`<p class="none soft">${t('There are no steps yet.')}</p>`
          : html`<ol>
              ${steps.map((step) => this.#line(step))}
            </ol>`
      }`
  }

  #buttons(): unknown {
    if (this.#isDraft) {
      return html`<button class="button" @click=${() => void this.#edit(undefined)}>
          ${t('Add step')}
        </button>
        <button class="button primary" @click=${() => void this.#publish()}>
          ${t('Publish')}
        </button>`
    }
    return html`<button class="button" @click=${() => void this.#clone()}>
      ${t('New version')}
    </button>`
  }

  #line(step: TemplateStep): unknown {
    return html`<li>
      <div class="what">
        ${step.name}
        <span class="soft">${this.#about(step)}</span>
      </div>
      ${
        this.#isDraft
          ? html`<button
                class="button"
                aria-label=${t('Edit {name}', { name: step.name })}
                @click=${() => void this.#edit(step)}
              >
                ${t('Edit')}
              </button>
              <button
                class="button"
                aria-label=${t('Remove {name}', { name: step.name })}
                @click=${() => void this.#remove(step)}
              >
                ${t('Remove')}
              </button>`
          : nothing
      }
    </li>`
  }

  #about({ object, required, days, after, ownerKind, ownerName }: TemplateStep): string {
    const { context } = this
    const kind = (context && findObject(context.screen, object)?.label) ?? object
    const before = (this.steps ?? []).filter(({ id }) => id !== undefined && after.includes(id))
    return [
      kind,
      required ? t('required') : undefined,
      days === ''
        ? undefined
        : t('{count, plural, one {# day} other {# days}}', { count: Number(days) }),
      ownerKind === 'named' || ownerKind === 'role' ? ownerName : undefined,
      before.length === 0
        ? undefined
        : t('after {names}', { names: before.map(({ name }) => name).join(', ') }),
    ]
      .filter((part) => part !== undefined)
      .join(' · ')
  }

  async #edit(given: TemplateStep | undefined): Promise<void> {
    const { editStep } = await import('./step-dialog.ts')
    const steps = this.steps ?? []
    const last = Math.max(0, ...steps.map(({ order }) => order))
    const step = given ?? newStep(last + 1)
    const others = steps.filter(({ id }) => id !== step.id)
    if (await editStep({ versionId: this.recordId, step, others })) await this.#load()
  }

  async #remove({ id, name }: TemplateStep): Promise<void> {
    const isMeant = await confirm({
      heading: t('Remove this step?'),
      text: t('{name} is taken out of the template.', { name }),
      confirmLabel: t('Remove'),
      danger: true,
    })
    if (!isMeant || id === undefined) return
    await this.#try(() => records.remove('ActionPlanTemplateItem', id))
    await this.#load()
  }

  async #publish(): Promise<void> {
    const isMeant = await confirm({
      heading: t('Publish this version?'),
      text: t('Plans can be started from it. It cannot be changed any more.'),
      confirmLabel: t('Publish'),
    })
    if (!isMeant) return
    if (await this.#try(() => plans.publish(this.recordId))) {
      showToast({ kind: 'success', text: t('The version is published.') })
    }
  }

  async #clone(): Promise<void> {
    await this.#try(async () => {
      const id = await plans.clone(this.recordId)
      const app = this.context?.app ?? ''
      await router.navigate(paths.record(app, 'ActionPlanTemplateVersion', id))
    })
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
      return false
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-template-panel': FsTemplatePanel
  }
}
