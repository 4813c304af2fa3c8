/** Tabs by the WAI-ARIA pattern; the panels are the page's own. Fires `tab-change` with the tab's id. */
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'

export interface Tab {
  readonly id: string
  readonly label: string
}

@customElement('fs-tabs')
export class FsTabs extends FsElement {
  static override styles = css`
    [role='tablist'] {
      display: flex;
      gap: var(--fs-space-5);
      border-bottom: 1px solid var(--fs-line);
      overflow-x: auto;
    }
    button {
      position: relative;
      min-height: 40px;
      padding: 0 2px;
      border: 0;
      background: none;
      color: var(--fs-text-soft);
      white-space: nowrap;
      cursor: pointer;
    }
    button:hover {
      color: var(--fs-text);
    }
    button:focus-visible {
      outline-offset: -2px;
    }
    button[aria-selected='true'] {
      color: var(--fs-text);
      font-weight: var(--fs-weight-strong);
    }
    button[aria-selected='true']::after {
      content: '';
      position: absolute;
      inset: auto 0 0;
      height: 2px;
      background: var(--fs-accent);
    }
  `

  @property({ attribute: false }) tabs: readonly Tab[] = []
  @property() selected = ''
  @property() label = ''

  protected override render(): unknown {
    return html`<div
      role="tablist"
      aria-label=${this.label}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    >
      ${this.tabs.map(
        (tab) =>
          html`<button
            type="button"
            role="tab"
            aria-selected=${tab.id === this.selected ? 'true' : 'false'}
            tabindex=${tab.id === this.selected ? 0 : -1}
            @click=${() => this.#choose(tab.id)}
          >
            ${tab.label}
          </button>`,
      )}
    </div>`
  }

  #choose(id: string): void {
    this.emit('tab-change', id)
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = this.tabs.findIndex((tab) => tab.id === this.selected)
    const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length]
    if (!next) return
    this.#choose(next.id)
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(),
    )
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-tabs': FsTabs
  }
}
