/** The clocks that run on a record: how long is left, what is overdue, stands still or was met. */
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { deadlinesOf, type Deadline } from '../../approvals-api.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime, parseInstant } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { DeadlineSource } from '../../base/wire.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import { planPanelStyles } from '../plan-panel/plan-panel.styles.ts'

const tickMs = 30_000
const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000]

/** Whose deadlines are shown. */
export interface DeadlinesOf extends DeadlineSource {
  readonly recordId: string
  /** What the record is to the one of the page, where it is another. */
  readonly label: string
}

interface ShownDeadline extends Deadline {
  readonly label: string
}

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

  @property({
    attribute: false,
    hasChanged: (now, before) => JSON.stringify(now) !== JSON.stringify(before),
  })
  sources: readonly DeadlinesOf[] = []
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private deadlines: readonly ShownDeadline[] = []
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    // Until it is known whether there is anything to show.
    this.hidden = true
    this.#timer = setInterval(() => this.requestUpdate(), tickMs)
    this.#stop = live.onRecord((event) => {
      const isOurs = ({ object, recordId }: DeadlinesOf): boolean =>
        event.object === object || event.id === recordId
      if (this.sources.some(isOurs)) void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
    this.#stop?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('sources')) void this.#load()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    const found = await Promise.allSettled(
      this.sources.map(async (source) => {
        const own = await deadlinesOf(source, source.recordId)
        return own.map((one) => ({ ...one, label: source.label }))
      }),
    )
    if (!isLatest()) return
    // Whoever may not read deadlines has a page without them.
    this.deadlines = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
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

  #deadline({ name, target, completed, stopped, label }: ShownDeadline, moment: number): unknown {
    const due = timeOf(target)
    const end = timeOf(completed)
    const since = timeOf(stopped)
    const now = since ?? moment
    const isLate = due !== undefined && (end ?? now) > due
    return html`<li>
      ${chip({ isDone: end !== undefined, isStopped: since !== undefined, isLate })}
      <span class="what"
        >${name}<span class="soft"
          >${[
            ...(label === '' ? [] : [label]),
            ...(target === undefined
              ? []
              : [t('until {moment}', { moment: this.#moment(target) })]),
          ].join(' · ')}</span
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

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInstant(text)?.getTime()
}

interface State {
  readonly isDone: boolean
  readonly isStopped: boolean
  readonly isLate: boolean
}

function chip({ isDone, isStopped, isLate }: State): unknown {
  if (isDone && isLate) return html`<span class="chip danger">${t('Met too late')}</span>`
  if (isDone) return html`<span class="chip success">${t('Met')}</span>`
  if (isLate) return html`<span class="chip danger">${t('Overdue')}</span>`
  return isStopped
    ? html`<span class="chip">${t('On hold')}</span>`
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
