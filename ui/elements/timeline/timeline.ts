/** What is to be done about a record and what happened: upcoming and overdue first, then month by month; with a quick composer. */
import { html, nothing } from 'lit'
import type { PropertyValues } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { findObject } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { formatDate, formatDateTime } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { objectScreen } from '../../base/object-store.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import {
  timelines,
  type ComposedKind,
  type Timeline,
  type TimelineEntry,
} from '../../timeline-api.ts'
import type { ValueContext } from '../field-value/render-value.ts'
import '../skeleton/skeleton.ts'
import { showToast } from '../toast/toast.ts'
import { timelineStyles } from './timeline.styles.ts'

const sources = new Set(['Task', 'Event', 'Interaction', 'InteractionSummary'])

@customElement('fs-timeline')
export class FsTimeline extends FsElement {
  static override styles = timelineStyles

  @property({ attribute: false }) object = ''
  @property({ attribute: false }) recordId = ''
  @property({ attribute: false }) context: ValueContext | undefined
  @state() private timeline: Timeline | undefined
  @state() private problem = ''
  @state() private composing: ComposedKind | undefined
  /** The lookups by which the composer ties what it makes; empty where the user may make none. */
  @state() private lookups: ReadonlyMap<string, string> = new Map()
  #stop: () => void = () => undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onRecord(({ object }) => {
      if (sources.has(object)) void this.#load()
    })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('recordId') || this.recordId === '') return
    this.timeline = undefined
    this.composing = undefined
    void this.#load()
    void this.#findLookups()
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const found = await timelines.read(this.recordId)
      if (isLatest()) this.timeline = found
      this.problem = ''
    } catch (error) {
      if (isLatest()) this.problem = errorText(error)
    }
  }

  async #findLookups(): Promise<void> {
    const { context } = this
    const found = new Map<string, string>()
    for (const name of ['Task', 'Event']) {
      if (!context || !findObject(context.screen, name)) continue
      const [screen] = await Promise.allSettled([objectScreen(name)])
      if (screen.status !== 'fulfilled' || !screen.value.describe.createable) continue
      const field = screen.value.describe.fields.find(
        (one) => one.createable && one.name !== 'OwnerId' && one.referenceTo?.includes(this.object),
      )
      if (field) found.set(name, field.name)
    }
    this.lookups = found
  }

  async #more(before: string): Promise<void> {
    try {
      const page = await timelines.read(this.recordId, before)
      const past = [...(this.timeline?.past ?? []), ...page.past]
      this.timeline = { upcoming: this.timeline?.upcoming ?? [], past, next: page.next }
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  protected override render(): unknown {
    return html`<div class="card">
      <header>
        <h2>${t('Activity')}</h2>
        <div class="buttons">${this.#buttons()}</div>
      </header>
      ${this.composing === undefined ? nothing : this.#composer(this.composing)} ${this.#content()}
    </div>`
  }

  #buttons(): unknown {
    const button = (kind: ComposedKind, label: string): unknown =>
      html`<button
        class="button small"
        aria-expanded=${this.composing === kind ? 'true' : 'false'}
        @click=${() => (this.composing = this.composing === kind ? undefined : kind)}
      >
        ${label}
      </button>`
    return html`${
      this.lookups.has('Task')
        ? html`${button('call', t('Log a call'))}${button('task', t('New task'))}`
        : nothing
    }${this.lookups.has('Event') ? button('event', t('New event')) : nothing}`
  }

  #composer(kind: ComposedKind): unknown {
    const isEvent = kind === 'event'
    return html`<form @submit=${(event: SubmitEvent) => void this.#compose(event, kind)}>
      <label
        >${t('Subject')}<input
          name="subject"
          required
          maxlength="255"
          .value=${kind === 'call' ? t('Call') : ''}
      /></label>
      <label
        >${isEvent ? t('Start') : t('Date')}<input
          name="when"
          type=${isEvent ? 'datetime-local' : 'date'}
          ?required=${isEvent}
          .value=${kind === 'call' ? today() : ''}
      /></label>
      <label>${t('Notes')}<textarea name="notes" rows="2"></textarea></label>
      <div><button class="button primary">${t('Save')}</button></div>
    </form>`
  }

  async #compose(event: SubmitEvent, kind: ComposedKind): Promise<void> {
    event.preventDefault()
    const form = event.target
    const field = this.lookups.get(kind === 'event' ? 'Event' : 'Task')
    if (!(form instanceof HTMLFormElement) || field === undefined) return
    const given = new FormData(form)
    const text = (name: string): string => String(given.get(name) ?? '')
    const when = kind === 'event' ? new Date(text('when')).toISOString() : text('when')
    const { recordId } = this
    try {
      const [subject, notes] = [text('subject'), text('notes')]
      await timelines.add({ kind, field, recordId, subject, when, notes })
      this.composing = undefined
      await this.#load()
    } catch (error) {
      showToast({ kind: 'error', text: errorText(error) })
    }
  }

  #content(): unknown {
    const { timeline, problem } = this
    if (problem !== '') return html`<p class="none soft" role="alert">${problem}</p>`
    if (!timeline) return html`<fs-skeleton lines="4"></fs-skeleton>`
    const { upcoming, past, next } = timeline
    if (upcoming.length + past.length === 0) {
      return html`<p class="none soft">${t('Nothing yet.')}</p>`
    }
    return html`${upcoming.length > 0 ? this.#part(t('Upcoming & overdue'), upcoming) : nothing}
    ${byMonth(past).map(([month, entries]) => this.#part(this.#month(month), entries))}
    ${
      next === null
        ? nothing
        : html`<footer>
            <button class="button" @click=${() => void this.#more(next)}>${t('Show more')}</button>
          </footer>`
    }`
  }

  #part(heading: string, entries: readonly TimelineEntry[]): unknown {
    return html`<h3>${heading}</h3>
      <ol>
        ${entries.map((entry) => this.#line(entry))}
      </ol>`
  }

  #month(month: string): string {
    const locale = document.documentElement.lang || 'en'
    const format = new Intl.DateTimeFormat(locale, {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
    return format.format(new Date(`${month}-15T00:00:00Z`))
  }

  #line(entry: TimelineEntry): unknown {
    const { context } = this
    const isLate = entry.isOpen && entry.time !== '' && entry.time.slice(0, 10) < today()
    const about = [kindLabel(entry.kind), entry.about, entry.who].filter(
      (part) => part !== null && part !== '' && part !== 'Task' && part !== 'Call',
    )
    const path = paths.record(context?.app ?? 'all', entry.object, entry.id)
    return html`<li>
      <a href=${path}>${entry.title}</a>
      <span class="soft"
        >${isLate ? html`<span class="late">${t('Overdue')}</span> · ` : nothing}${this.#time(entry)}
        · ${about.join(' · ')}</span
      >
    </li>`
  }

  #time({ time }: TimelineEntry): string {
    const format = this.context?.format
    if (time === '') return t('No date')
    if (format === undefined) return time
    return time.length === 10 ? formatDate(time, format) : formatDateTime(time, format)
  }
}

function today(): string {
  const now = new Date()
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function kindLabel(kind: string): string {
  const labels: ReadonlyMap<string, string> = new Map([
    ['task', t('Task')],
    ['call', t('Call')],
    ['email', t('Email')],
    ['event', t('Event')],
    ['interaction', t('Interaction')],
    ['summary', t('Interaction summary')],
  ])
  return labels.get(kind) ?? kind
}

/** In their order. */
function byMonth(entries: readonly TimelineEntry[]): [string, TimelineEntry[]][] {
  const months = new Map<string, TimelineEntry[]>()
  for (const entry of entries) {
    const month = entry.time.slice(0, 7)
    const known = months.get(month)
    if (known === undefined) months.set(month, [entry])
    else known.push(entry)
  }
  return [...months]
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-timeline': FsTimeline
  }
}
