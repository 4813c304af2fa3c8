/** Says why there is nothing here and what can be done. Slot: the actions. */
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import '../icon/icon.ts'
import type { IconName } from '../icon/icon.ts'

@customElement('fs-empty-state')
export class FsEmptyState extends FsElement {
  static override styles = css`
    :host {
      display: grid;
      justify-items: center;
      gap: var(--fs-space-2);
      padding: var(--fs-space-12) var(--fs-space-4);
      text-align: center;
      color: var(--fs-text-soft);
    }
    fs-icon {
      --fs-icon-size: 28px;
      color: var(--fs-text-faint);
    }
    h2 {
      color: var(--fs-text);
    }
    p {
      max-width: 48ch;
    }
    ::slotted(*) {
      margin-top: var(--fs-space-2);
    }
  `

  @property() icon: IconName = 'document'
  @property() heading = ''
  @property() text = ''

  protected override render(): unknown {
    return html`<fs-icon name=${this.icon}></fs-icon>
      <h2>${this.heading}</h2>
      <p>${this.text}</p>
      <slot></slot>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-empty-state': FsEmptyState
  }
}
