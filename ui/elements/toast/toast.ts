/** Short messages at the edge of the screen; errors stay until dismissed, others leave after a while. */
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { repeat } from 'lit/directives/repeat.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../icon/icon.ts'
import { toastStyles } from './toast.styles.ts'

export interface Toast {
  readonly kind: 'success' | 'error' | 'info'
  readonly text: string
  /** A link to what the message names. */
  readonly link?: { readonly path: string; readonly label: string }
  readonly action?: { readonly label: string; run(): void }
}

interface Shown extends Toast {
  readonly number: number
}

const plainMs = 6_000
const actionableMs = 12_000
const shownMax = 4

let region: FsToastRegion | undefined
let waiting: readonly Toast[] = []

function setRegion(shown: FsToastRegion | undefined): void {
  region = shown
}

/** Shows a message; may be called from anywhere. */
export function showToast(toast: Toast): void {
  if (region) region.add(toast)
  else waiting = [...waiting, toast]
}

/** Stands once, in the shell. */
@customElement('fs-toast-region')
export class FsToastRegion extends FsElement {
  static override styles = toastStyles

  @state() private shown: readonly Shown[] = []
  #next = 1

  override connectedCallback(): void {
    super.connectedCallback()
    setRegion(this)
    for (const toast of waiting) this.add(toast)
    waiting = []
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    if (region === this) setRegion(undefined)
  }

  add(toast: Toast): void {
    const number = this.#next++
    this.shown = [...this.shown, { ...toast, number }].slice(-shownMax)
    if (toast.kind === 'error') return
    const ms = toast.action || toast.link ? actionableMs : plainMs
    setTimeout(() => this.#dismissUnlessUsed(number), ms)
  }

  // A message under the pointer or holding the focus waits for the user.
  #dismissUnlessUsed(number: number): void {
    const used = this.renderRoot.querySelector(
      `[data-number="${number}"]:is(:hover, :focus-within)`,
    )
    if (used) setTimeout(() => this.#dismissUnlessUsed(number), plainMs)
    else this.#dismiss(number)
  }

  #dismiss(number: number): void {
    this.shown = this.shown.filter((toast) => toast.number !== number)
  }

  protected override render(): unknown {
    const errors = this.shown.filter((toast) => toast.kind === 'error')
    const others = this.shown.filter((toast) => toast.kind !== 'error')
    return html`
      <div role="alert">
        ${repeat(
          errors,
          (toast) => toast.number,
          (toast) => this.#toast(toast),
        )}
      </div>
      <div role="status">
        ${repeat(
          others,
          (toast) => toast.number,
          (toast) => this.#toast(toast),
        )}
      </div>
    `
  }

  #toast(toast: Shown): unknown {
    const icon = { success: 'check-circle', error: 'error', info: 'info' } as const
    return html`<div class="toast ${toast.kind}" data-number=${toast.number}>
      <fs-icon name=${icon[toast.kind]}></fs-icon>
      <p>
        ${toast.text}
        ${toast.link ? html`<a href=${toast.link.path}>${toast.link.label}</a>` : nothing}
      </p>
      ${
        toast.action
          ? html`<button class="button quiet" @click=${() => this.#run(toast)}>
              ${toast.action.label}
            </button>`
          : nothing
      }
      <button
        class="icon-button small"
        aria-label=${t('Dismiss')}
        @click=${() => this.#dismiss(toast.number)}
      >
        <fs-icon name="close"></fs-icon>
      </button>
    </div>`
  }

  #run(toast: Shown): void {
    this.#dismiss(toast.number)
    toast.action?.run()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-toast-region': FsToastRegion
  }
}
