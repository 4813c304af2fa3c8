/** The bell of the header: how much is new, and a panel with the latest notifications; kept current by the live events. */
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { errorText } from '../../base/api-error.ts'
import { objectOfId } from '../../base/app-context.ts'
import { FsElement } from '../../base/element.ts'
import { formatDateTime } from '../../base/formats.ts'
import { live } from '../../base/live.ts'
import { paths } from '../../base/navigation.ts'
import { formatOf } from '../../base/page-element.ts'
import { t } from '../../base/text.ts'
import { Turns } from '../../base/turns.ts'
import type { AppInfo, AppScreen } from '../../base/wire.ts'
import { notifications, type NotificationInfo } from '../../notifications-api.ts'
import '../icon/icon.ts'
import { placeBelow } from '../menu/place-below.ts'
import '../skeleton/skeleton.ts'
import { notificationBellStyles } from './notification-bell.styles.ts'

const countShownMax = 99
/** A burst of news is asked for once. */
const pauseMs = 200

@customElement('fs-notification-bell')
export class FsNotificationBell extends FsElement {
  static override styles = notificationBellStyles

  @property({ attribute: false }) screen: AppScreen | undefined
  @property({ attribute: false }) app: AppInfo | undefined
  @state() private unread = 0
  @state() private entries: readonly NotificationInfo[] | undefined
  @state() private problem = ''
  @state() private open = false
  #stop: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #turns = new Turns()

  override connectedCallback(): void {
    super.connectedCallback()
    this.#stop = live.onNotification(() => {
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => void this.#load(), pauseMs)
    })
    void this.#load()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    clearTimeout(this.#timer)
  }

  async #load(): Promise<void> {
    const isLatest = this.#turns.next()
    try {
      const unread = await notifications.unread()
      const entries = this.open ? await notifications.latest() : undefined
      if (!isLatest()) return
      this.unread = unread
      if (entries !== undefined) this.entries = entries
      this.problem = ''
    } catch (error) {
      // The bell of a page that is open stays as it was; the panel says why it shows nothing.
      if (isLatest()) this.problem = errorText(error)
    }
  }

  protected override render(): unknown {
    const { unread } = this
    const label =
      unread === 0
        ? t('Notifications')
        : t('Notifications: {count, plural, one {# unread} other {# unread}}', { count: unread })
    return html`<button
        type="button"
        class="icon-button opener"
        aria-haspopup="dialog"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${label}
        title=${label}
        @click=${() => void this.#toggle()}
      >
        <fs-icon name="bell"></fs-icon>
        ${
          unread === 0
            ? nothing
            : html`<span class="count" aria-hidden="true"
                >${unread > countShownMax ? `${countShownMax}+` : unread}</span
              >`
        }
      </button>
      <div
        popover="auto"
        role="dialog"
        aria-label=${t('Notifications')}
        @toggle=${(event: ToggleEvent) => (this.open = event.newState === 'open')}
      >
        ${this.open ? this.#panel() : nothing}
      </div>`
  }

  #panel(): unknown {
    return html`<header>
        <h2>${t('Notifications')}</h2>
        ${
          this.unread === 0
            ? nothing
            : html`<button class="button small" @click=${() => void this.#readAll()}>
                ${t('Mark all as read')}
              </button>`
        }
      </header>
      ${this.#entries()}`
  }

  #entries(): unknown {
    if (this.problem !== '') return html`<p class="none" role="alert">${this.problem}</p>`
    if (!this.entries) return html`<fs-skeleton lines="4"></fs-skeleton>`
    if (this.entries.length === 0) {
      return html`<p class="soft none">${t('Nothing has happened yet that concerns you.')}</p>`
    }
    return html`<ul role="list">
      ${this.entries.map((entry) => html`<li>${this.#entry(entry)}</li>`)}
    </ul>`
  }

  #entry(entry: NotificationInfo): unknown {
    const content = html`
      ${entry.read ? nothing : html`<span class="dot" aria-hidden="true"></span>`}
      <span class="title"
        >${entry.messageTitle}${
          entry.read ? nothing : html`<span class="hidden"> (${t('unread')})</span>`
        }</span
      >
      <span class="body">${entry.messageBody}</span>
      <span class="soft small"
        >${formatDateTime(entry.mostRecentActivityDate, formatOf(this.screen))}</span
      >
    `
    const shape = `entry ${entry.read ? '' : 'unread'}`
    const { target } = entry
    const object = target === null ? undefined : objectOfId(this.screen, target)
    if (target === null || object === undefined) {
      return html`<button class=${shape} @click=${() => void this.#read(entry)}>${content}</button>`
    }
    const path = paths.record(this.app?.name ?? 'all', object.name, target)
    return html`<a class=${shape} href=${path} @click=${() => void this.#follow(entry)}
      >${content}</a
    >`
  }

  async #toggle(): Promise<void> {
    const panel = this.renderRoot.querySelector<HTMLElement>('[popover]')
    const opener = this.renderRoot.querySelector<HTMLElement>('.opener')
    if (!panel || !opener) return
    if (this.open) {
      panel.hidePopover()
      return
    }
    this.open = true
    panel.showPopover()
    placeBelow(opener, panel)
    await this.#load()
    await this.updateComplete
    placeBelow(opener, panel)
  }

  async #follow(entry: NotificationInfo): Promise<void> {
    this.renderRoot.querySelector<HTMLElement>('[popover]')?.hidePopover()
    await this.#read(entry)
  }

  async #read({ id, read }: NotificationInfo): Promise<void> {
    if (read) return
    await this.#try(() => notifications.read(id))
  }

  async #readAll(): Promise<void> {
    await this.#try(() => notifications.readAll())
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      await this.#load()
    } catch (error) {
      this.problem = errorText(error)
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-notification-bell': FsNotificationBell
  }
}
