/** The small drawing of a kind of field; decoration only. */
import { css, html, nothing, svg } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { FsElement } from '../../base/element.ts'
import { kindDrawing } from '../../setup/kind-icons.ts'
import type { KindIcon } from '../../setup/kind-icons.ts'

@customElement('fs-setup-kind-icon')
export class FsSetupKindIcon extends FsElement {
  static override styles = css`
    :host {
      display: inline-flex;
      flex: none;
      width: var(--fs-icon-size, 32px);
      height: var(--fs-icon-size, 32px);
    }
    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: var(--fs-text-faint);
      stroke-width: 1.6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    .accent {
      stroke: var(--fs-accent);
      stroke-width: 2;
    }
  `

  @property({ attribute: false }) icon: KindIcon | undefined

  protected override render(): unknown {
    if (this.icon === undefined) return nothing
    const { line, accent } = kindDrawing(this.icon)
    return html`<svg viewBox="0 0 32 32" aria-hidden="true">
      ${svg`<path d=${line}></path><path class="accent" d=${accent}></path>`}
    </svg>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fs-setup-kind-icon': FsSetupKindIcon
  }
}
