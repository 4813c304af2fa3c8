/** What is to be done in an action plan: progress, every line with owner and deadline, another start. */
import { html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { formatDate, formatDateTime } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { RecordScreen } from '../../base/wire.ts'
import { documentObject, plans, type PlanItem } from '../../plans-api.ts'
import { confirm } from '../dialog/confirm.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../icon/icon.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { planPanelStyles } from './plan-panel.styles.ts'

@customElement('fs-plan-panel')
export class FsPlanPanel extends FsElement {
  static override styles = planPanelStyles

  @property({ attribute: false }) recordId = ''
  @property({ attribute: false }) content: RecordScreen | undefined
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private items: readonly PlanItem[] | undefined
  @state() private takesMore = false
  @state() private isAdding = false
  #stop: () => void = () => undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onRecord((event) => {
      const isOurs = this.items?.some(
        ({ id, recordId }) => id === event.id || recordId === event.id,
      )
      if (isOurs === true || event.object === 'ActionPlanItem') void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('recordId')) {
      this.items = undefined
      this.isAdding = false
    }
    if (changed.has('recordId') || changed.has('content')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const [items, takesMore] = await Promise.all([
        plans.items(this.recordId),
        plans.takesMore(this.recordId),
      ])
      if (!isLatest()) return
      this.items = items
      this.takesMore = takesMore
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  get #isOpen(): boolean {
    const value = this.content?.record['ActionPlanState']
    return this.content?.editable === true && value !== 'Completed' && value !== 'Canceled'
  }

  protected override render(): unknown {
    const { items } = this
    if (items === undefined) return html`<fs-skeleton lines="4"></fs-skeleton>`
    const counted = items.filter(({ state: one }) => one !== 'Canceled' && one !== 'Deleted')
    const done = counted.filter(({ state: one }) => one === 'Completed').length
    return html`<header>
        <h2>${t('Steps of the plan')}</h2>
        ${this.#isOpen ? this.#buttons() : nothing}
      </header>
      ${this.isAdding && this.#isOpen ? this.#form() : nothing}
      <div class="progress">
        <progress
          max=${Math.max(counted.length, 1)}
          .value=${done}
          aria-label=${t('Progress')}
        ></progress>
        <span>${t('{done} of {all} done', { done, all: counted.length })}</span>
      </div>
      ${
        items.length === 0
          ? html`<p class="none soft">${t('This plan has no steps.')}</p>`
          : html`<ol>
              ${items.map((item) => this.#line(item))}
            </ol>`
      }`
  }

  #buttons(): unknown {
    return html`<div class="button-row">
      ${
        this.takesMore
          ? html`<button
              class="button small"
              aria-expanded=${this.isAdding ? 'true' : 'false'}
              @click=${() => (this.isAdding = !this.isAdding)}
            >
              ${t('Add step')}
            </button>`
          : nothing
      }
      <button class="button small" @click=${() => void this.#shift()}>${t('Shift start…')}</button>
      <button class="button small" @click=${() => void this.#cancel()}>${t('Cancel plan…')}</button>
    </div>`
  }

  #form(): unknown {
    return html`<form @submit=${(event: SubmitEvent) => void this.#add(event)}>
      <label
        >${t('What is to be done')}<input name="what" required maxlength="255" autocomplete="off"
      /></label>
      <button class="button primary">${t('Save')}</button>
    </form>`
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const name = String(new FormData(form).get('what') ?? '').trim()
    if (name === '') return
    if (!(await this.#try(() => plans.addTask(this.recordId, name)))) return
    this.isAdding = false
    await this.#load()
  }

  #line(item: PlanItem): unknown {
    const { context } = this
    const target = context && findObject(context.screen, item.object)
    const isLinked = context !== undefined && target !== undefined && item.recordId !== undefined
    return html`<li>
      <div class="what">
        ${
          isLinked
            ? html`<a href=${paths.record(context.app, item.object, item.recordId ?? '')}
                >${item.name}</a
              >`
            : item.name
        }
        <span class="soft">${this.#about(item, target?.label ?? item.object)}</span>
      </div>
      ${stateChip(item)} ${this.#isOpen && isOpenWork(item) ? this.#completer(item) : nothing}
    </li>`
  }

  #completer(item: PlanItem): unknown {
    const { name } = item
    const isDocument = item.object === documentObject
    const label = isDocument
      ? t('Accept document {name}', { name })
      : t('Complete {name}', { name })
    return html`<button
      class="button"
      aria-label=${label}
      @click=${() => void this.#complete(item)}
    >
      ${isDocument ? t('Accept document') : t('Complete')}
    </button>`
  }

  #about({ due, owner, required }: PlanItem, kind: string): string {
    const format = this.context?.format
    const day =
      due === undefined || format === undefined
        ? undefined
        : due.length > 10
          ? formatDateTime(due, format)
          : formatDate(due, format)
    return [
      kind,
      required ? t('required') : undefined,
      day === undefined ? undefined : t('due {day}', { day }),
      owner,
    ]
      .filter((part) => part !== undefined)
      .join(' · ')
  }

  async #complete(item: PlanItem): Promise<void> {
    await this.#try(() => plans.complete(item))
    await this.#load()
  }

  async #cancel(): Promise<void> {
    const isMeant = await confirm({
      heading: t('Cancel this plan?'),
      text: t('Open steps are canceled, and their tasks go to the recycle bin.'),
      confirmLabel: t('Cancel plan'),
      cancelLabel: t('Keep plan'),
      danger: true,
    })
    if (isMeant && (await this.#try(() => plans.cancel(this.recordId)))) await this.#load()
  }

  async #shift(): Promise<void> {
    const { shiftStart } = await import('./shift-dialog.ts')
    const start = this.content?.record['StartDate']
    const format = this.context?.format
    if (format === undefined) return
    const startDate = typeof start === 'string' ? start : ''
    if (await shiftStart({ planId: this.recordId, startDate, format })) await this.#load()
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

/** Work that a button can end; an event is over when somebody says so on its line. */
function isOpenWork({ state: one, recordId, object }: PlanItem): boolean {
  const isOpen = one === 'Pending' || one === 'InProgress'
  return isOpen && recordId !== undefined && object !== 'Event'
}

function stateChip({ state: one, waits }: PlanItem): unknown {
  if (waits && one === 'Pending') return html`<span class="chip">${t('Waits for others')}</span>`
  const words: ReadonlyMap<string, readonly [string, string]> = new Map([
    ['Pending', ['', t('Open')]],
    ['InProgress', ['accent', t('At work')]],
    ['Completed', ['success', t('Done')]],
    ['Canceled', ['', t('Canceled')]],
    ['Deleted', ['', t('Canceled')]],
  ])
  const [kind, text] = words.get(one) ?? ['', one]
  return html`<span class="chip ${kind}">${text}</span>`
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-plan-panel': FsPlanPanel
  }
}
