/** The clocks that run on a case: how long is left, what is overdue, what was met. */
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deadlinesOf, type Deadline } from '../../approvals-api.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime, parseInstant } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { planPanelStyles } from '../plan-panel/plan-panel.styles.ts'

const tickMs = 30_000
const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000]

@customElement('fs-deadline-panel')
export class FsDeadlinePanel extends FsElement {
  static override styles = [
    planPanelStyles,
    css`
      .late {
        color: var(--fs-danger);
        font-weight: var(--fs-weight-strong);
      }
      .left {
        font-variant-numeric: tabular-nums;
      }
    `,
  ]

  @property() caseId = ''
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private deadlines: readonly Deadline[] = []
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    // Until it is known whether there is anything to show.
    this.hidden = true
    this.#timer = setInterval(() => this.requestUpdate(), tickMs)
    this.#stop = live.onRecord((event) => {
      if (event.object === 'CaseMilestone' || event.id === this.caseId) void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('caseId') && this.caseId !== '') void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    const [found] = await Promise.allSettled([deadlinesOf(this.caseId)])
    if (!isLatest()) return
    // Whoever may not read deadlines has a page without them.
    this.deadlines = found.status === 'fulfilled' ? found.value : []
    this.hidden = this.deadlines.length === 0
  }

  protected override render(): unknown {
    if (this.deadlines.length === 0) return nothing
    const now = Date.now()
    return html`<header><h2>${t('Deadlines')}</h2></header>
      <ol>
        ${this.deadlines.map((deadline) => this.#deadline(deadline, now))}
      </ol>`
  }

  #deadline({ name, target, completed }: Deadline, now: number): unknown {
    const due = target === undefined ? undefined : parseInstant(target)?.getTime()
    const end = completed === undefined ? undefined : parseInstant(completed)?.getTime()
    const isLate = due !== undefined && (end ?? now) > due
    return html`<li>
      ${chip({ isDone: end !== undefined, isLate })}
      <span class="what"
        >${name}<span class="soft"
          >${target === undefined ? '' : t('until {moment}', { moment: this.#moment(target) })}</span
        ></span
      >
      ${
        due === undefined || end !== undefined
          ? nothing
          : html`<span class="left ${isLate ? 'late' : ''}">${leftText(due - now)}</span>`
      }
    </li>`
  }

  #moment(text: string): string {
    return this.context ? formatDateTime(text, this.context.format) : text
  }
}

function chip({ isDone, isLate }: { readonly isDone: boolean; readonly isLate: boolean }): unknown {
  if (isDone && isLate) return html`<span class="chip danger">${t('Met too late')}</span>`
  if (isDone) return html`<span class="chip success">${t('Met')}</span>`
  return isLate
    ? html`<span class="chip danger">${t('Overdue')}</span>`
    : html`<span class="chip accent">${t('Running')}</span>`
}

/** In the two largest units, as people say it. */
function leftText(ms: number): string {
  const amount = Math.abs(ms)
  const [days, hours] = [Math.floor(amount / dayMs), Math.floor((amount % dayMs) / hourMs)]
  const minutes = Math.floor((amount % hourMs) / minuteMs)
  const time =
    days > 0
      ? t('{days} d {hours} h', { days, hours })
      : t('{hours} h {minutes} min', { hours, minutes })
  return ms < 0 ? t('{time} overdue', { time }) : t('{time} left', { time })
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-deadline-panel': FsDeadlinePanel
  }
}
