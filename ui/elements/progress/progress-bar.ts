/** How far something is, as a bar as wide as its place; drawn for paper too. What it is about stands beside it. */
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { percentText } from './percent-text.ts'

@customElement('fs-progress-bar')
export class FsProgressBar extends FsElement {
  static override styles = css`
    :host {
      display: block;
      height: 8px;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      border-radius: 4px;
    }
    .all {
      fill: var(--fs-line);
    }
    .done {
      fill: var(--fs-accent);
    }
    .done.reached {
      fill: var(--fs-success);
    }
  `

  /** From 0 to 1. */
  @property({ type: Number }) value = 0
  /** Of what. */
  @property() label = ''

  protected override render(): unknown {
    const part = Math.min(1, Math.max(0, this.value))
    return html`<svg
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      role="img"
      aria-label="${this.label}: ${percentText(part)}"
    >
      <rect class="all" width="100" height="8"></rect>
      <rect class="done ${part === 1 ? 'reached' : ''}" width=${part * 100} height="8"></rect>
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-progress-bar': FsProgressBar
  }
}
