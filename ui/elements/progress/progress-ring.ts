/** How far something is, as a ring with the figure in it; drawn for paper too, where backgrounds are left out. */
import { css, html, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { percentText } from './percent-text.ts'

const radius = 42
const round = 2 * Math.PI * radius

@customElement('fs-progress-ring')
export class FsProgressRing extends FsElement {
  static override styles = css`
    :host {
      display: block;
      width: 96px;
      height: 96px;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
    }
    circle {
      fill: none;
      stroke: var(--fs-line);
      stroke-width: 10;
    }
    .done {
      stroke: var(--fs-accent);
      stroke-linecap: round;
    }
    .done.reached {
      stroke: var(--fs-success);
    }
    text {
      fill: var(--fs-text);
      font-size: 22px;
      font-weight: var(--fs-weight-strong);
      text-anchor: middle;
      dominant-baseline: central;
    }
  `

  /** From 0 to 1. */
  @property({ type: Number }) value = 0
  /** Of what. */
  @property() label = ''

  protected override render(): unknown {
    const part = Math.min(1, Math.max(0, this.value))
    const text = percentText(part)
    const dash = `${part * round} ${round}`
    // A round end of no length would be a dot.
    const done =
      part === 0
        ? undefined
        : svg`<circle class="done ${part === 1 ? 'reached' : ''}" cx="50" cy="50" r=${radius}
            transform="rotate(-90 50 50)" stroke-dasharray=${dash}></circle>`
    return html`<svg viewBox="0 0 100 100" role="img" aria-label="${this.label}: ${text}">
      <circle cx="50" cy="50" r=${radius}></circle>
      ${done}
      <text x="50" y="50">${text}</text>
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-progress-ring': FsProgressRing
  }
}
