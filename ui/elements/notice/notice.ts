/** A polite line in a page: something changed while you were looking. Slot: an action. */
import { css, html, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { t } from '../../base/text.ts'
import '../icon/icon.ts'

/** Fires `dismiss`. */
@customElement('fs-notice')
export class FsNotice extends FsElement {
  static override styles = css`
    :host {
      display: block;
    }
    /* Out of the flow while empty, so that it takes no gap. */
    :host([text='']) {
      position: absolute;
    }
    .line {
      display: flex;
      align-items: center;
      gap: var(--fs-space-2);
      padding: 6px 8px 6px 12px;
      border-radius: var(--fs-radius-m);
      background: var(--fs-accent-soft);
    }
    .line.warning {
      background: var(--fs-warning-soft);
    }
    fs-icon {
      color: var(--fs-accent);
    }
    .warning fs-icon {
      color: var(--fs-warning);
    }
    p {
      flex: 1;
    }
  `

  /** Empty: nothing is shown, but the region stays, so that the next text is announced. */
  @property({ reflect: true }) text = ''
  @property() kind: 'info' | 'warning' = 'info'

  protected override render(): unknown {
    return html`<div role="status">
      ${
        this.text === ''
          ? nothing
          : html`<div class="line ${this.kind}">
              <fs-icon name=${this.kind === 'info' ? 'info' : 'warning'}></fs-icon>
              <p>${this.text}</p>
              <slot></slot>
              <button
                class="icon-button small"
                aria-label=${t('Dismiss')}
                @click=${() => this.emit('dismiss')}
              >
                <fs-icon name="close"></fs-icon>
              </button>
            </div>`
      }
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-notice': FsNotice
  }
}
