/** Grey bars in the shape of what is being loaded. */
import { css, html } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'

@customElement('fs-skeleton')
export class FsSkeleton extends FsElement {
  static override styles = css`
    :host {
      display: grid;
      gap: 14px;
      padding: var(--fs-space-4);
    }
    .bar {
      height: 12px;
      border-radius: var(--fs-radius-s);
      background: var(--fs-line);
      opacity: 0.7;
    }
    @media (prefers-reduced-motion: no-preference) {
      .bar {
        animation: breathe 1.4s ease-in-out infinite alternate;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.35;
      }
    }
  `

  @property({ type: Number }) lines = 6

  protected override render(): unknown {
    const widths = [92, 78, 85, 64, 88, 71]
    return html`${Array.from(
      { length: this.lines },
      (_, index) =>
        html`<div class="bar" style="width:${widths[index % widths.length] ?? 80}%"></div>`,
    )}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-skeleton': FsSkeleton
  }
}
